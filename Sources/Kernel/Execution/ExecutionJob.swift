import JSON
import JupyterWire

/// An `execute_request` that waits for its turn.
struct ExecutionJob: Sendable {
  let request: Message
  /// Where its reply goes.
  let mailbox: Mailbox

  func reply(_ content: JSONValue, session: String) {
    mailbox.send(request.reply("execute_reply", session: session, content: content))
  }
}
