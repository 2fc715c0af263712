import Dispatch
import JSON
import JupyterWire
import Session
import ZeroMQ

import class Foundation.NSCondition

/// The iopub channel: what every frontend sees. ``PublicationOrder`` says in which order.
package final class Publisher: @unchecked Sendable {
  /// The kernel's session, which all its messages carry.
  let session: String
  let wakeUp = WakeUp()
  // `order` and `isClosed` are used with `condition` locked only, which is why this may be shared.
  private let condition = NSCondition()
  private var order = PublicationOrder()
  private var isClosed = false

  init(session: String) { self.session = session }

  /// Publishes a message about a request; about none with `nil`.
  func publish(
    _ type: String, _ content: JSONValue, metadata: JSONValue = [:], buffers: [[UInt8]] = [], parent: Message?
  ) {
    let message = Message(
      identities: [Array("kernel.\(session).\(type)".utf8)], header: MessageHeader(type: type, session: session),
      parentHeader: parent?.header.encoded ?? Message.noParent, metadata: metadata, content: content, buffers: buffers)
    post(.message(message))
  }

  /// Waits while a cell shows more than can be sent.
  func waitForRoom() {
    condition.withLock { while order.isFull && !isClosed { condition.wait() } }
  }

  /// Publishes text that a cell wrote.
  func write(_ text: String, on stream: OutputStream, parent: Message) {
    condition.withLock {
      let isFirst = order.due == nil
      order.append(text, on: stream, parentHeader: parent.header.encoded, now: .now)
      // The thread that publishes knows when the first text is due; longer text is due at once.
      if isFirst || order.textBytes >= PublicationOrder.longestText { wakeUp.signal() }
    }
  }

  /// Waits until all that was published before is sent.
  @discardableResult
  func flush(within milliseconds: Int) -> Bool {
    let sent = DispatchSemaphore(value: 0)
    post(.marker { sent.signal() })
    return sent.wait(timeout: .now() + .milliseconds(milliseconds)) == .success
  }

  private func post(_ publication: PublicationOrder.Publication) {
    condition.withLock { order.append(publication) }
    wakeUp.signal()
  }

  /// What is to be sent now, and when to ask again.
  func takeDue() -> (publications: [PublicationOrder.Publication], next: ContinuousClock.Instant?) {
    condition.withLock {
      let publications = order.takeDue(now: .now)
      condition.broadcast()
      return (publications, order.due)
    }
  }

  /// Nobody sends any more: whoever waits may go on.
  func close() {
    condition.withLock {
      isClosed = true
      condition.broadcast()
    }
  }
}
