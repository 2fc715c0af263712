/// Where a cell's `readLine()` gets its lines from: the frontend's prompt, or the terminal.
package protocol InputSource: AnyObject, Sendable {
  /// Asks for one line; `reply` is called once, from any thread, unless the request is cancelled.
  func requestLine(prompt: String, isPassword: Bool, reply: @escaping @Sendable (InputReply) -> Void)
  /// The cell that asked was interrupted or has ended.
  func cancelRequest()
}

package enum InputReply: Sendable, Equatable {
  /// A line, without its line break.
  case line(String)
  case endOfFile
}
