import Foundation
import Glibc

/// Where history is kept, for its owner's eyes only.
package enum HistoryFile {
  /// The usual place, `$XDG_DATA_HOME/martlet/history.sqlite`; `nil` where `MARTLET_HISTORY` is `off`.
  ///
  /// `XDG_DATA_HOME` is `~/.local/share` unless it is set to an absolute path.
  package static func usual(environment: [String: String] = ProcessInfo.processInfo.environment) -> URL? {
    if environment["MARTLET_HISTORY"] == "off" { return nil }
    let home = environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? NSHomeDirectory()
    let data = environment["XDG_DATA_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home + "/.local/share"
    return URL(fileURLWithPath: data).appendingPathComponent("martlet/history.sqlite")
  }

  /// Makes the file where it is missing, so that nobody else can read it even for a moment; SQLite gives the files beside
  /// it the same permissions. What is wrong shows when the file is opened.
  static func prepare(_ file: URL) {
    try? FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let descriptor = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    fchmod(descriptor, 0o600)
    close(descriptor)
  }
}
