import Foundation
import Glibc

/// Notices that the process which started the kernel is gone, so that no kernel is left behind.
package enum ParentWatcher {
  /// Calls `parentDied` once, at most a second after the parent has ended.
  ///
  /// Only if `JPY_PARENT_PID` is set: a launcher that wants its kernels to outlive it does not set it.
  ///
  /// - Parameter parent: what tells the number of this process's parent.
  package static func start(
    environment: [String: String] = ProcessInfo.processInfo.environment,
    parent: @escaping @Sendable () -> pid_t = { getppid() }, parentDied: @escaping @Sendable () -> Void
  ) {
    guard let launcher = environment["JPY_PARENT_PID"].flatMap(Int32.init), launcher > 0 else { return }
    // The parent is not the launcher when there is a script in between; it is enough that it stays the same. Process 1
    // takes over orphans, so it is a parent to believe in only if it is the launcher itself.
    let first = parent()
    if first == 1 && launcher != 1 { return parentDied() }
    _ = OwnedThread(named: "martlet-parent") {
      while parent() == first { sleep(1) }
      parentDied()
    }
  }
}
