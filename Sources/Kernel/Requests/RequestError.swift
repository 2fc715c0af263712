import JSON

/// A request whose content cannot be understood. The frontend is told, and nothing else happens.
struct RequestError: Error, Sendable {
  let problem: String
  /// The error's name, as a frontend shows it.
  let name: String

  init(_ problem: String, name: String = "BadRequest") {
    self.problem = problem
    self.name = name
  }

  /// The content of the reply.
  var content: JSONValue {
    [
      "status": "error", "ename": .string(name), "evalue": .string(problem),
      "traceback": [.string("\(name): \(problem)")],
    ]
  }
}
