import JSON
import JupyterWire
import Session

/// Connections between objects in a frontend and objects in cells.
enum Comms {
  /// The messages that travel over comms; they get no reply.
  static let messageTypes: [String: CommMessage.Kind] = [
    "comm_open": .open, "comm_msg": .message, "comm_close": .close,
  ]

  /// Which comms are open: all, or those with one target.
  static func information(_ request: Message, _ kernel: KernelServices) -> Answer {
    let wanted = request.content["target_name"]?.string
    let found = kernel.evaluator.commTargets.filter { wanted == nil || $0.value == wanted }
    return .ok(["comms": .object(found.mapValues { ["target_name": .string($0)] })])
  }

  /// Passes a message on to the cells. Returns at once; `idle` is published when its callbacks have ended.
  static func relay(_ kind: CommMessage.Kind, _ request: Message, _ kernel: KernelServices) throws(RequestError) {
    let message = try CommMessage(kind, request)
    let (publisher, end) = (kernel.publisher, kernel.publisher.beginBusy(with: request))
    kernel.evaluator.deliver(message) { event in
      publisher.publish(event, number: 0, parent: request)
    } completion: { failure in
      if let failure { publisher.publish("error", failure.content, parent: request) }
      end()
    }
  }
}

extension CommMessage {
  init(_ kind: Kind, _ request: Message) throws(RequestError) {
    let content = request.content
    guard let identifier = content["comm_id"]?.string else { throw RequestError("'comm_id' is not text.") }
    let target = content["target_name"]?.string
    if kind == .open && target == nil { throw RequestError("'target_name' is not text.") }
    self.init(
      kind, identifier: identifier, target: target ?? "", data: content["data"] ?? [:], metadata: request.metadata,
      buffers: request.buffers)
  }

  /// The message as it is published.
  var published: (type: String, content: JSONValue) {
    switch kind {
    case .open:
      ("comm_open", ["comm_id": .string(identifier), "target_name": .string(target), "data": data])
    case .message: ("comm_msg", ["comm_id": .string(identifier), "data": data])
    case .close: ("comm_close", ["comm_id": .string(identifier), "data": data])
    }
  }
}
