import JSON
import JupyterWire

/// Stopping a cell, and stopping the kernel.
enum Lifecycle {
  static func interrupt(_ request: Message, _ kernel: KernelServices) -> Answer {
    kernel.evaluator.interrupt()
    return .ok()
  }

  /// Every frontend is told, not only the one that asked. A restart is the launcher's work: it starts another process.
  static func shutdown(_ request: Message, _ kernel: KernelServices) -> Answer {
    let content: JSONValue = ["status": "ok", "restart": .bool(request.content["restart"]?.bool ?? false)]
    kernel.publisher.publish("shutdown_reply", content, parent: request)
    return .ok(content, afterwards: kernel.requestShutdown)
  }
}
