@preconcurrency import CMartletRuntime
import MartletDisplay
import MartletWidgets
import Synchronization

/// Stands in for worker and frontend: keeps what is sent, and sends what a test wants.
///
/// Callbacks run at once, on the thread that takes messages in.
enum Frontend {
  struct Sent: Sendable, Equatable {
    var kind: Int
    var id: String
    var target: String
    var message: Comm.Message
  }

  static let sent = Mutex<[Sent]>([])

  /// What is sent while `body` runs.
  static func listen(_ body: () throws -> Void) rethrows -> [Sent] {
    martlet_runtime_comm_hooks.send = { kind, bytes, count in
      guard let comm = CommWire.decoded(Array(UnsafeBufferPointer(start: bytes, count: count))) else { return }
      Frontend.sent.withLock {
        $0.append(Sent(kind: Int(kind), id: comm.id, target: comm.target, message: comm.message))
      }
    }
    defer { martlet_runtime_comm_hooks.send = nil }
    sent.withLock { $0 = [] }
    try body()
    return sent.withLock { $0 }
  }

  static func send(_ kind: Int, _ id: String, target: String = "", _ data: JSON.Value, buffers: [[UInt8]] = []) {
    let bytes = CommWire.encoded(id: id, target: target, Comm.Message(data: data, buffers: buffers))
    bytes.withUnsafeBufferPointer { _martletCommReceive(UInt8(kind), $0.baseAddress!, $0.count) }
  }

  /// The identifier of a widget's model, which is made known by that where it is not.
  static func id(of widget: Widget) -> String {
    guard case .json(let view)? = widget.displayBundle()["application/vnd.jupyter.widget-view+json"] else { return "" }
    return JSON.Value(parsing: view)?["model_id"]?.string ?? ""
  }

  static func update(_ widget: Widget, _ state: JSON.Value) {
    send(MARTLET_COMM_MESSAGE, Frontend.id(of: widget), ["method": "update", "state": state, "buffer_paths": []])
  }
}
