import JSON
import JupyterWire

/// Connections between objects in a frontend and objects in cells. No cell can open one so far.
enum Comms {
  static func information(_ request: Message, _ kernel: KernelServices) -> Answer { .ok(["comms": [:]]) }

  /// A target that nobody has registered: the protocol wants the comm closed at once.
  static func open(_ request: Message, _ kernel: KernelServices) throws(RequestError) -> Answer {
    guard let identifier = request.content["comm_id"]?.string else { throw RequestError("'comm_id' is not text.") }
    kernel.publisher.publish("comm_close", ["comm_id": .string(identifier), "data": [:]], parent: request)
    return .none
  }
}
