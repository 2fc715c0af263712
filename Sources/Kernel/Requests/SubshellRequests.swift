import JSON
import JupyterWire

/// Making and ending subshells, by requests on the control channel.
enum SubshellRequests {
  static func create(_ request: Message, _ kernel: KernelServices) throws(RequestError) -> Answer {
    guard let identifier = kernel.subshells.create() else {
      throw RequestError("There are \(Subshells.most) subshells already; delete those that nobody needs.")
    }
    return .ok(["subshell_id": .string(identifier)])
  }

  static func delete(_ request: Message, _ kernel: KernelServices) throws(RequestError) -> Answer {
    guard let identifier = request.content["subshell_id"]?.string else {
      throw RequestError("'subshell_id' is not text.")
    }
    guard kernel.subshells.delete(identifier) else { throw .unknownSubshell(identifier) }
    return .ok()
  }

  static func list(_ request: Message, _ kernel: KernelServices) -> Answer {
    .ok(["subshell_id": .array(kernel.subshells.identifiers.map { .string($0) })])
  }
}

extension RequestError {
  /// A message for a subshell that is not there.
  static func unknownSubshell(_ identifier: String) -> RequestError {
    RequestError("There is no subshell '\(identifier)'.", name: "UnknownSubshellError")
  }
}
