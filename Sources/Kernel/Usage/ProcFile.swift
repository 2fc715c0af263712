import Foundation

/// The files in which Linux says how it is.
enum ProcFile {
  /// The file's text; `nil` when there is none any more, or it is nobody else's business.
  static func text(_ path: String) -> String? {
    guard let file = FileHandle(forReadingAtPath: path), let data = try? file.readToEnd() else { return nil }
    return String(decoding: data, as: UTF8.self)
  }

  /// The names in a folder.
  static func names(in folder: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  }

  /// A figure from lines such as `Pss:      123 kB`.
  static func kilobytes(_ name: String, in text: String) -> Int? {
    for line in text.split(separator: "\n") where line.hasPrefix(name + ":") {
      return line.dropFirst(name.utf8.count + 1).split(separator: " ").first.flatMap { Int($0) }
    }
    return nil
  }
}
