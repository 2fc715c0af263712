import Foundation
import MartletFrames

/// Why a bundled data set could not be given.
public struct DatasetError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was looked for, where, and what to do.
  public let description: String
}

/// Finds the files that are installed beside the library.
///
/// SwiftPM's own `Bundle.module` remembers the folder of the build, which is gone on the machine where Martlet is installed.
enum BundledData {
  /// Where files may lie: what `MARTLET_DATA` names, then beside the library or program that holds this code.
  static var folders: [URL] {
    var folders: [URL] = []
    if let named = ProcessInfo.processInfo.environment["MARTLET_DATA"], !named.isEmpty {
      folders.append(URL(fileURLWithPath: named))
    }
    if let library = Self.libraryFolder {
      folders.append(library.appendingPathComponent("Martlet_MartletDatasets.resources/Data"))
      folders.append(library.appendingPathComponent("data"))
    }
    return folders
  }

  /// The folder of the library or program that this code was loaded from: the file that is mapped at its address.
  private static var libraryFolder: URL? {
    let here = UInt(bitPattern: #dsohandle)
    guard let maps = try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8) else { return nil }
    for line in maps.split(separator: "\n") {
      let ends = line.prefix { $0 != " " }.split(separator: "-").compactMap { UInt($0, radix: 16) }
      guard ends.count == 2, ends[0]..<ends[1] ~= here, let path = line.firstIndex(of: "/") else { continue }
      return URL(fileURLWithPath: String(line[path...])).resolvingSymlinksInPath().deletingLastPathComponent()
    }
    return nil
  }

  static func frame(_ name: String) throws(DatasetError) -> DataFrame {
    let files = folders.map { $0.appendingPathComponent("\(name).csv").path }
    guard let file = files.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
      throw DatasetError(
        description: """
          \(name).csv is not where Martlet's data should be: \(files.joined(separator: ", ")). \
          Set MARTLET_DATA to the folder that holds it.
          """)
    }
    do {
      return try DataFrame(csv: file)
    } catch {
      throw DatasetError(description: "\(file) is damaged. \(error)")
    }
  }
}
