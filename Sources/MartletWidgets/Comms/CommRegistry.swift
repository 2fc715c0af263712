import CMartletRuntime
import MartletDisplay

/// Every comm that is open, and every target that a frontend can open one to.
///
/// `@unchecked Sendable`: everything is used under `lock` only.
final class CommRegistry: @unchecked Sendable {
  static let shared = CommRegistry()

  typealias Target = (Comm, Comm.Message) -> Void

  private let lock = Lock()
  private var comms: [String: Comm] = [:]
  private var targets: [String: Target] = [:]
  /// Comms whose messages the toolkit takes in itself, before and beside any callback.
  private var receivers: [String: (Comm, Comm.Message) -> Void] = [:]

  func add(_ comm: Comm, receiver: ((Comm, Comm.Message) -> Void)? = nil) {
    lock {
      comms[comm.id] = comm
      if let receiver { receivers[comm.id] = receiver }
    }
  }

  func remove(_ id: String) {
    lock {
      comms[id] = nil
      receivers[id] = nil
    }
  }

  func register(_ name: String, _ target: Target?) { lock { targets[name] = target } }

  /// Takes in what a frontend has done to a comm; on the worker's thread for that.
  func receive(kind: Int, id: String, target: String, _ message: Comm.Message) {
    switch kind {
    case MARTLET_COMM_OPEN: receiveOpen(id: id, target: target, message)
    case MARTLET_COMM_MESSAGE:
      let (comm, receiver) = lock { (comms[id], receivers[id]) }
      guard let comm else { return }
      if let receiver { receiver(comm, message) } else { comm.receive(message) }
    case MARTLET_COMM_CLOSE:
      let comm = lock { comms[id] }
      remove(id)
      comm?.receiveClose(message)
    default: break
    }
  }

  private func receiveOpen(id: String, target: String, _ message: Comm.Message) {
    let comm = Comm(id: id, target: target)
    if target == WidgetControl.target { return add(comm, receiver: WidgetControl.receive) }
    guard let handler = lock({ targets[target] }) else { return comm.close() }
    add(comm)
    Callback.start {
      handler(comm, message)
    } failed: { _ in
      comm.close()
    }
  }
}
