import Foundation
import MartletNumerics

/// The folder in which fetched files are kept, each under a name that begins with its hash.
struct FileCache {
  let folder: URL

  /// - Parameter folder: `nil` for the user's own.
  init(folder: String?) {
    let environment = ProcessInfo.processInfo.environment
    func named(_ variable: String) -> String? { environment[variable].flatMap { $0.isEmpty ? nil : $0 } }
    let path =
      folder ?? named("MARTLET_CACHE") ?? named("XDG_CACHE_HOME").map { $0 + "/martlet" }
      ?? NSHomeDirectory() + "/.cache/martlet"
    self.folder = URL(fileURLWithPath: path)
  }

  /// The name ends as the address does, with only letters, digits and `.-_` left of it.
  func place(of url: URL, hash: String) -> URL {
    let safe = url.lastPathComponent.unicodeScalars.filter {
      $0.isASCII
        && ($0.properties.isAlphabetic || $0.properties.numericType != nil || "._-".unicodeScalars.contains($0))
    }
    return folder.appendingPathComponent("\(hash)-\(String(String.UnicodeScalarView(safe.suffix(80))))")
  }

  /// Whether a file is there and is what it should be.
  func holds(_ file: URL, hash: String) -> Bool {
    guard let handle = try? FileHandle(forReadingFrom: file) else { return false }
    defer { try? handle.close() }
    var found = SHA256()
    while let part = try? handle.read(upToCount: 1 << 20), !part.isEmpty { found.update(part) }
    return found.finished() == hash
  }

  /// A new, empty file in the folder.
  func newFile() throws(DatasetError) -> URL {
    let file = folder.appendingPathComponent("download-\(UUID().uuidString)")
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data().write(to: file)
    } catch {
      throw DatasetError(
        description: """
          Files cannot be kept in \(folder.path): \(error.localizedDescription) \
          Set MARTLET_CACHE to a folder that can be written to.
          """)
    }
    return file
  }

  /// Takes the place of what was there before, in one step: another process sees the old file or the new one.
  func keep(_ file: URL, as kept: URL) throws(DatasetError) {
    guard rename(file.path, kept.path) == 0 else {
      throw DatasetError(description: "\(kept.path) cannot be written: \(String(cString: strerror(errno))).")
    }
  }
}
