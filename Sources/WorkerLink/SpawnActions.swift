import Glibc

/// What a process does before its program begins, beyond what Swift's import of glibc knows.
package enum SpawnActions {
  /// Changes the directory: `posix_spawn_file_actions_addchdir_np`, which the import hides as a GNU extension.
  package static func addDirectoryChange(_ actions: inout posix_spawn_file_actions_t, _ path: String) {
    typealias Function =
      @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, UnsafePointer<CChar>) -> Int32
    guard let symbol = dlsym(nil, "posix_spawn_file_actions_addchdir_np") else { return }
    // The signature is the one that glibc documents.
    _ = unsafeBitCast(symbol, to: Function.self)(&actions, path)
  }
}
