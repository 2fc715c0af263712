import Foundation
import Glibc
import Synchronization

/// The folder with a session's compiled cells: private to the user, removed with the session.
///
/// It is locked as long as the session lives. Other sessions and systemd's tidying of temporary folders leave locked
/// folders alone.
final class SessionFolder: Sendable {
  let url: URL
  private let lock: Mutex<FolderLock?>

  init() throws(SessionError) {
    Self.removeAbandoned()
    var template = Array((Self.parent + "/\(Self.prefix)\(getpid())-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil, Self.mark(template) else {
      throw SessionError(
        "No folder for compiled cells could be made in \(Self.parent): \(String(cString: strerror(errno))). Free some space, or set TMPDIR."
      )
    }
    let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    lock = Mutex(FolderLock(url.path))
  }

  /// Makes the folder again, under its name and empty, after something has removed it.
  func makeAgain() throws(SessionError) {
    try? FileManager.default.removeItem(at: url)
    guard mkdir(url.path, 0o700) == 0, Self.mark(Array(url.path.utf8CString)) else {
      throw SessionError("\(url.path) cannot be made again: \(String(cString: strerror(errno))).")
    }
    lock.withLock { $0 = FolderLock(url.path) }
  }

  func remove() { try? FileManager.default.removeItem(at: url) }

  /// Whether what was in the folder is still there; what tidies up may have removed it.
  var exists: Bool { access(url.appendingPathComponent(Self.markName).path, F_OK) == 0 }

  /// Puts a file into a new folder by which it is seen whether everything there was removed: the folder itself may stay,
  /// or be made again.
  private static func mark(_ folder: [CChar]) -> Bool {
    let path = String(decoding: folder.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    let descriptor = open("\(path)/\(markName)", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    if descriptor >= 0 { close(descriptor) } else { rmdir(path) }
    return descriptor >= 0
  }

  private static let markName = "in-use"

  /// What keeps cells from being compiled here, as a sentence; `nil` when nothing is known to.
  var problem: String? {
    var information = statvfs()
    guard statvfs(url.path, &information) == 0 else { return "\(url.path): \(String(cString: strerror(errno)))." }
    var limit = rlimit()
    if getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0, limit.rlim_cur < Self.leastSpace {
      return "Files may have at most \(limit.rlim_cur) bytes here, which is too little for some cells; see `ulimit -f`."
    }
    let free = UInt64(information.f_bavail) * UInt64(information.f_frsize)
    // Some file systems do not count files and say 0 of 0.
    guard free < Self.leastSpace || (information.f_files > 0 && information.f_favail == 0) else { return nil }
    return "There is no space left in \(url.path). Free some and run the cell again; nothing else is lost."
  }

  /// A cell's files need less, those of large cells included.
  private static let leastSpace: UInt64 = 1 << 20

  private static let prefix = "martlet-"
  private static var parent: String {
    let given = ProcessInfo.processInfo.environment["TMPDIR"] ?? ""
    return given.isEmpty ? "/tmp" : given
  }

  /// Removes the folders of sessions whose process was killed before it could do so itself.
  private static func removeAbandoned() {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] where name.hasPrefix(prefix) {
      // `martlet-1234-abcdef`: a folder of somebody else's may begin with digits as well.
      let parts = name.dropFirst(prefix.count).split(separator: "-", omittingEmptySubsequences: false)
      guard parts.count == 2, let process = pid_t(parts[0]), process > 0 else { continue }
      let path = "\(parent)/\(name)"
      // The lock counts where containers share the folder, but not their processes.
      guard kill(process, 0) != 0, errno == ESRCH, let lock = FolderLock(path) else { continue }
      withExtendedLifetime(lock) { try? FileManager.default.removeItem(atPath: path) }
    }
  }
}

/// A session could not be started.
package struct SessionError: Error, CustomStringConvertible, Sendable {
  package let description: String

  init(_ description: String) { self.description = description }
}
