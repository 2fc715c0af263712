import Cells
import Foundation

/// What is known of a package that was built: enough to use it again without asking SwiftPM.
struct PackageRecord: Codable, Sendable, Equatable {
  /// The modules that cells can import.
  var modules: [String]
  /// The folders whose content went into the build: the package and those that it depends on by path.
  var folders: [String]
  /// What the content was.
  var contentKey: String
  var compilerArguments: [String]
  /// The libraries to load, in this order.
  var libraries: [String]

  /// Whether everything is still there.
  var isComplete: Bool { libraries.allSatisfy { FileManager.default.fileExists(atPath: $0) } }

  init(
    modules: [String], folders: [String], contentKey: String, compilerArguments: [String], libraries: [String]
  ) {
    self.modules = modules
    self.folders = folders
    self.contentKey = contentKey
    self.compilerArguments = compilerArguments
    self.libraries = libraries
  }

  init?(contentsOf file: URL) {
    guard let data = try? Data(contentsOf: file),
      let record = try? JSONDecoder().decode(PackageRecord.self, from: data)
    else { return nil }
    self = record
  }

  func write(to file: URL) throws {
    try JSONEncoder().encode(self).write(to: file, options: .atomic)
  }
}

extension Libraries {
  /// Adds a package's modules and libraries.
  mutating func add(_ record: PackageRecord) {
    compilerArguments += record.compilerArguments
    paths += record.libraries.filter { !paths.contains($0) }
  }
}
