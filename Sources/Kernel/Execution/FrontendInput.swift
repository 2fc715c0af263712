import JupyterWire
import Session
import Synchronization

/// The frontend that runs a cell, as the cell's source of lines; empty once the cell has ended.
final class FrontendInput: InputSource {
  private let request: Message
  private let broker: InputBroker
  private let mailbox: Mailbox
  private let isOver = Atomic(false)

  init(request: Message, broker: InputBroker, mailbox: Mailbox) {
    self.request = request
    self.broker = broker
    self.mailbox = mailbox
  }

  func requestLine(prompt: String, isPassword: Bool, reply: @escaping @Sendable (InputReply) -> Void) {
    // Background work must not ask in the middle of another cell.
    if isOver.load(ordering: .acquiring) { return reply(.endOfFile) }
    broker.ask(prompt, isPassword: isPassword, for: request, mailbox: mailbox, reply: reply)
  }

  func cancelRequest() { broker.cancel() }

  /// The cell has ended: nobody is asked any more.
  func end() {
    isOver.store(true, ordering: .releasing)
    broker.cancel()
  }
}
