import CMartletRuntime
import MartletDisplay

/// A connection between code in cells and an object in the frontend, over which both send messages.
///
/// Either side opens it: a cell by making a `Comm`, which the frontend must have a target for; a frontend by naming a
/// target that a cell has registered with ``registerCommTarget(_:_:)``.
///
///     let comm = Comm(target: "map", data: ["zoom": 4])
///     comm.onMessage { message in
///       print("the reader looks at", message.data["place"]?.string ?? "nothing")
///     }
///     comm.send(["zoom": 5], buffers: [tile])
///
/// **Threads.** Handlers run one after the other on a thread of their own, at once, also while a cell runs; nothing
/// that a handler does can end the session. A variable that a handler and a running cell change at the same time is a
/// data race, as it would be between any two threads: keep what both use in a widget's value, behind a lock or in an
/// actor. What a handler prints belongs to the message that it answers, as in ipykernel; JupyterLab shows it in its log.
///
/// A comm is closed by either side, and when the kernel's worker is started anew.
public final class Comm: @unchecked Sendable {
  /// What travels over a comm.
  public struct Message: Sendable, Hashable {
    /// What is said.
    public var data: JSON.Value
    /// What is said about the data.
    public var metadata: JSON.Value
    /// Bytes that travel beside the data as they are.
    public var buffers: [[UInt8]]

    package init(data: JSON.Value = [:], metadata: JSON.Value = [:], buffers: [[UInt8]] = []) {
      self.data = data
      self.metadata = metadata
      self.buffers = buffers
    }
  }

  /// What distinguishes it from every other comm.
  public let id: String
  /// The kind of object at the other end.
  public let target: String

  // `@unchecked Sendable`: everything below is used under `lock` only.
  private let lock = Lock()
  private var isClosed = false
  private var messageHandlers: [(Message) -> Void] = []
  private var closeHandlers: [(Message) -> Void] = []

  /// Opens a comm; the frontend closes it again at once where it knows no such target.
  ///
  /// - Parameters:
  ///   - target: the name under which the frontend makes the object at the other end.
  ///   - data: what that object starts from.
  ///   - metadata: what is said about the data.
  ///   - buffers: bytes that travel beside the data.
  public convenience init(
    target: String, data: JSON.Value = [:], metadata: JSON.Value = [:], buffers: [[UInt8]] = []
  ) {
    self.init(id: Identifier.random(), target: target)
    open(Message(data: data, metadata: metadata, buffers: buffers))
  }

  init(id: String, target: String) {
    self.id = id
    self.target = target
  }

  /// Makes the comm known on both sides.
  func open(_ message: Message) {
    CommRegistry.shared.add(self)
    CommWire.send(MARTLET_COMM_OPEN, id: id, target: target, message)
  }

  /// Whether messages still arrive.
  public var isOpen: Bool { lock { !isClosed } }

  /// Sends a message; nothing happens once the comm is closed.
  public func send(_ data: JSON.Value, metadata: JSON.Value = [:], buffers: [[UInt8]] = []) {
    if isOpen {
      CommWire.send(MARTLET_COMM_MESSAGE, id: id, Message(data: data, metadata: metadata, buffers: buffers))
    }
  }

  /// Closes the comm on both sides; what is closed stays so.
  public func close(_ data: JSON.Value = [:]) {
    guard markClosed() else { return }
    CommRegistry.shared.remove(id)
    CommWire.send(MARTLET_COMM_CLOSE, id: id, Message(data: data))
  }

  /// Calls `handler` with every message that arrives from now on, after the handlers that were there before.
  public func onMessage(_ handler: @escaping (Message) -> Void) { lock { messageHandlers.append(handler) } }

  /// Calls `handler` when the frontend closes the comm.
  public func onClose(_ handler: @escaping (Message) -> Void) { lock { closeHandlers.append(handler) } }

  private func markClosed() -> Bool {
    lock {
      defer { isClosed = true }
      return !isClosed
    }
  }

  /// A message has arrived: the handlers that there are when it is their turn hear of it.
  func receive(_ message: Message) {
    Callback.start { [self] in for handler in lock({ messageHandlers }) { handler(message) } }
  }

  /// The frontend has closed the comm.
  func receiveClose(_ message: Message) {
    guard markClosed() else { return }
    Callback.start { [self] in for handler in lock({ closeHandlers }) { handler(message) } }
  }
}
