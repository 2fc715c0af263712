import JSON
import JupyterWire

/// An `execute_request` that waits for its turn.
struct ExecutionJob: Sendable {
  let request: Message
  /// Where its reply goes.
  let mailbox: Mailbox
  /// The subshell that it came to; `nil` for the main shell.
  var subshell: String?

  /// - Parameter started: when the cell began, which frontends show beside it.
  func reply(_ content: JSONValue, started: String? = nil, session: String) {
    let metadata: JSONValue = started.map { ["started": .string($0)] } ?? [:]
    mailbox.send(request.reply("execute_reply", session: session, metadata: metadata, content: content))
  }
}
