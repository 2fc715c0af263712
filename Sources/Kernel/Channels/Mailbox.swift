import Dispatch
import JupyterWire
import Synchronization

/// What other threads ask of the thread that owns a channel's socket.
package final class Mailbox: Sendable {
  enum Order: Sendable {
    case send(Message)
    /// To be called once everything that had arrived on the socket was handled.
    case whenDrained(@Sendable () -> Void)
  }

  let wakeUp = WakeUp()
  private let orders = Mutex<[Order]>([])

  /// Sends a message to whom its identities name, after all that was posted before.
  func send(_ message: Message) { post(.send(message)) }

  func post(_ order: Order) {
    orders.withLock { $0.append(order) }
    wakeUp.signal()
  }

  /// The orders since the last call.
  func take() -> [Order] {
    wakeUp.clear()
    return orders.withLock { orders in
      defer { orders = [] }
      return orders
    }
  }

  /// Waits until all that was posted before is sent, and all that had arrived is handled.
  ///
  /// Not for the thread that owns the channel.
  @discardableResult
  func drain(within milliseconds: Int) -> Bool {
    let drained = DispatchSemaphore(value: 0)
    post(.whenDrained { drained.signal() })
    return drained.wait(timeout: .now() + .milliseconds(milliseconds)) == .success
  }
}
