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
    var image = Dl_info()
    // Any address inside this library tells which file it was loaded from.
    if dladdr(#dsohandle, &image) != 0, let path = image.dli_fname {
      let library = URL(fileURLWithPath: String(cString: path)).resolvingSymlinksInPath().deletingLastPathComponent()
      folders.append(library.appendingPathComponent("Martlet_MartletDatasets.resources/Data"))
      folders.append(library.appendingPathComponent("data"))
    }
    return folders
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
