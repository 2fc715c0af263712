import JSON
import JupyterWire
import Session
import Synchronization

/// Brings a cell's question to the frontend that runs the cell, and the answer back.
final class InputBroker: Sendable {
  private struct Question {
    let identifier: Int
    let reply: @Sendable (InputReply) -> Void
    /// The frontend has been asked; what came before answers something else.
    var isAsked = false
  }
  private struct State {
    var question: Question?
    var questions = 0
  }

  private let publisher: Publisher
  private let state = Mutex(State())

  init(publisher: Publisher) { self.publisher = publisher }

  /// Asks the frontend that sent `request`; an earlier question is forgotten.
  func ask(
    _ prompt: String, isPassword: Bool, for request: Message, mailbox: Mailbox,
    reply: @escaping @Sendable (InputReply) -> Void
  ) {
    let identifier = state.withLock { state in
      state.questions += 1
      state.question = Question(identifier: state.questions, reply: reply)
      return state.questions
    }
    let content: JSONValue = ["prompt": .string(prompt), "password": .bool(isPassword)]
    let message = request.reply("input_request", session: publisher.session, content: content)
    // Text that the cell wrote is on its way before the question is.
    publisher.flush(within: 200)
    // Replies that nobody waits for any more are taken away first.
    mailbox.post(
      .whenDrained { [self] in
        let isWanted = state.withLock { state in
          guard state.question?.identifier == identifier else { return false }
          state.question?.isAsked = true
          return true
        }
        if isWanted { mailbox.send(message) }
      })
  }

  /// Nobody waits for the answer any more.
  func cancel() { state.withLock { $0.question = nil } }

  /// Handles a message on the stdin channel.
  func receive(_ message: Message) {
    guard message.header.type == "input_reply" else { return }
    let question = state.withLock { state -> Question? in
      guard state.question?.isAsked == true else { return nil }
      defer { state.question = nil }
      return state.question
    }
    let value = message.content["value"]?.string
    question?.reply(value.map { $0 == "\u{04}" ? .endOfFile : .line($0) } ?? .endOfFile)
  }
}
