import Glibc
import Synchronization

/// The processes that commands have started and that still write somewhere, by their groups.
final class ProcessGroups: Sendable {
  /// Told of a group that has begun (`true`) or ended.
  typealias Guardian = @Sendable (pid_t, Bool) -> Void

  private let state = Mutex<(groups: Set<pid_t>, guardian: Guardian?)>(([], nil))

  func insert(_ group: pid_t) {
    state.withLock {
      $0.groups.insert(group)
      $0.guardian?(group, true)
    }
  }

  func remove(_ group: pid_t) {
    state.withLock {
      $0.groups.remove(group)
      $0.guardian?(group, false)
    }
  }

  /// Tells someone else of the groups, those that there are and those to come: it ends them when this process cannot.
  func tell(_ guardian: @escaping Guardian) {
    state.withLock { state in
      state.guardian = guardian
      for group in state.groups { guardian(group, true) }
    }
  }

  /// Ends them all, with what they have started.
  func end() {
    for group in state.withLock({ $0.groups }) { kill(-group, SIGKILL) }
  }
}
