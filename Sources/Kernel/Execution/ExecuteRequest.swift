import JSON
import JupyterWire

/// What an `execute_request` asks for.
struct ExecuteRequest: Sendable {
  var code: String
  /// Nothing is shown and nothing counted.
  var isSilent: Bool
  /// The cell is counted.
  var isStored: Bool
  /// Expressions to be valued after the cell, by the names under which the answers go back, in alphabetical order.
  var userExpressions: [(name: String, expression: String)]
  var allowsInput: Bool
  /// An error aborts the requests that wait.
  var stopsOnError: Bool
  /// The frontend's identifier of the cell.
  var cellIdentifier: String?

  init(_ message: Message) throws(RequestError) {
    let content = message.content
    guard let code = content["code"]?.string else { throw RequestError("'code' is not text.") }
    self.code = code
    isSilent = content["silent"]?.bool ?? false
    isStored = (content["store_history"]?.bool ?? true) && !isSilent
    allowsInput = content["allow_stdin"]?.bool ?? false
    stopsOnError = content["stop_on_error"]?.bool ?? true
    cellIdentifier = message.metadata["cellId"]?.string
    userExpressions = (content["user_expressions"]?.object ?? [:]).sorted { $0.key < $1.key }
      .map { (name: $0.key, expression: $0.value.string ?? "") }
  }

  /// There is nothing to run: an idiom for reading the counter.
  var isBlank: Bool { code.unicodeScalars.allSatisfy { $0.properties.isWhitespace } }
}
