import Glibc

/// A folder locked for this process as long as the object lives, or the process.
final class FolderLock: Sendable {
  private let descriptor: Int32

  /// Locks a folder; `nil` when another process has locked it, or it cannot be opened.
  init?(_ path: String) {
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      close(descriptor)
      return nil
    }
  }

  deinit { close(descriptor) }
}
