import JSON

/// A request whose content cannot be understood. The frontend is told, and nothing else happens.
struct RequestError: Error, Sendable {
  let problem: String

  init(_ problem: String) { self.problem = problem }

  /// The content of the reply.
  var content: JSONValue {
    [
      "status": "error", "ename": "BadRequest", "evalue": .string(problem),
      "traceback": [.string("BadRequest: \(problem)")],
    ]
  }
}
