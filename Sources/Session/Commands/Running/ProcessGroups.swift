import Glibc
import Synchronization

/// The processes that commands have started and that still write somewhere, by their groups.
final class ProcessGroups: Sendable {
  private let groups = Mutex<Set<pid_t>>([])

  func insert(_ group: pid_t) { groups.withLock { _ = $0.insert(group) } }
  func remove(_ group: pid_t) { groups.withLock { _ = $0.remove(group) } }

  /// Ends them all, with what they have started.
  func end() {
    for group in groups.withLock({ $0 }) { kill(-group, SIGKILL) }
  }
}
