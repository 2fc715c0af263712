import Foundation
import MartletFrames
import MartletNumerics

/// Why a bundled data set could not be given.
public struct DatasetError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was looked for, where, and what to do.
  public let description: String
}

/// Finds the files that are installed beside the library.
///
/// SwiftPM's own `Bundle.module` remembers the folder of the build, which is gone on the machine where Martlet is
/// installed.
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

  /// The folder of the library or program that this code was loaded from.
  private static var libraryFolder: URL? {
    // `dladdr` is hidden from Swift's view of the C library; its answer is four pointers, the first being the file's
    // path. (The list of mappings in /proc cannot stand in: it may change while it is read, and then has gaps.)
    typealias FindLibrary = @convention(c) (UnsafeRawPointer, UnsafeMutablePointer<UnsafeRawPointer?>) -> CInt
    guard let symbol = dlsym(nil, "dladdr") else { return nil }
    let findLibrary = unsafeBitCast(symbol, to: FindLibrary.self)
    var answer = [UnsafeRawPointer?](repeating: nil, count: 4)
    guard findLibrary(#dsohandle, &answer) != 0, let path = answer[0] else { return nil }
    let file = String(cString: path.assumingMemoryBound(to: CChar.self))
    return URL(fileURLWithPath: file).resolvingSymlinksInPath().deletingLastPathComponent()
  }

  static func frame(_ name: String) throws(DatasetError) -> DataFrame {
    let file = try file("\(name).csv")
    do {
      return try DataFrame(csv: file)
    } catch {
      throw DatasetError(description: "\(file) is damaged. \(error)")
    }
  }

  static func image(_ name: String) throws(DatasetError) -> Image {
    do {
      return try Image(contentsOf: try file(name))
    } catch let error as DatasetError {
      throw error
    } catch {
      throw DatasetError(description: "\(name) is damaged. \(error)")
    }
  }

  /// The path of a bundled file.
  private static func file(_ name: String) throws(DatasetError) -> String {
    let files = folders.map { $0.appendingPathComponent(name).path }
    guard let file = files.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
      throw DatasetError(
        description: """
          \(name) is not where Martlet's data should be: \(files.joined(separator: ", ")). \
          Set MARTLET_DATA to the folder that holds it.
          """)
    }
    return file
  }
}
