import CMartletRuntime
import MartletDisplay

/// The state that a widget shares with the frontend, in the form that ipywidgets gives it.
///
/// It is opened, with everything it refers to, when it is first shown; from then on both sides tell each other what
/// changes. A value that the frontend sends is there at once, whatever a cell or a callback is busy with.
///
/// `@unchecked Sendable`: what can change is used under `lock` only.
final class WidgetModel: @unchecked Sendable {
  /// Who is called when a member has changed.
  struct Observer {
    let call: () -> Void
    /// Called with the reason when the call traps.
    let failed: (String) -> Void
  }

  let id = Identifier.random()
  /// Models that this one refers to, and that the frontend must know before it.
  private(set) var references: [WidgetModel]
  private let lock = Lock()
  private var state: [String: JSON.Value]
  private var comm: Comm?
  private var observers: [String: [Observer]] = [:]
  private var messageObservers: [(Comm.Message) -> Void] = []
  /// What the frontend has changed and no observer has heard of.
  private var unobserved: Set<String> = []
  /// What the frontend may change, and what of it is taken; `nil` for a value that is not.
  private let accepted: [String: @Sendable (JSON.Value, [String: JSON.Value]) -> JSON.Value?]

  init(
    _ state: [String: JSON.Value], references: [WidgetModel] = [],
    accepting accepted: [String: @Sendable (JSON.Value, [String: JSON.Value]) -> JSON.Value?] = [:]
  ) {
    self.state = state
    self.references = references
    self.accepted = accepted
  }

  /// How other models' states refer to this one.
  var reference: JSON.Value { .string("IPY_MODEL_" + id) }

  /// Whether the frontend knows of it.
  var isOpen: Bool { lock { comm != nil } }

  var currentState: [String: JSON.Value] { lock { state } }

  subscript(key: String) -> JSON.Value { lock { state[key] ?? .null } }

  /// Changes the state on behalf of a cell; observers have heard of it on return.
  func set(_ key: String, _ value: JSON.Value) { set([key: value]) }

  func set(_ changes: [String: JSON.Value]) {
    let heard = lock { () -> [Observer] in
      let changed = changes.filter { state[$0.key] != $0.value }
      state.merge(changed) { $1 }
      // Under the lock, so that the frontend hears of changes in their order.
      if !changed.isEmpty { comm?.send(WidgetProtocol.message("update", state: changed)) }
      return changed.keys.sorted().flatMap { observers[$0] ?? [] }
    }
    if !heard.isEmpty { Callback.run { for observer in heard { observer.call() } } }
  }

  /// Refers to other models from now on; `key` is the member that names them.
  func setReferences(_ key: String, _ models: [WidgetModel]) {
    let isOpen = lock {
      references = references.filter { old in !models.contains { $0 === old } } + models
      return comm != nil
    }
    if isOpen { for model in models { model.open() } }
    set(key, .array(models.map(\.reference)))
  }

  /// Calls an observer, among the callbacks, whenever a member has changed.
  func observe(_ key: String, failed: @escaping (String) -> Void = { _ in }, _ call: @escaping () -> Void) {
    lock { observers[key, default: []].append(Observer(call: call, failed: failed)) }
  }

  /// Calls an observer, among the callbacks, with the widget's own kinds of messages.
  func observeMessages(_ observer: @escaping (Comm.Message) -> Void) { lock { messageObservers.append(observer) } }

  /// Makes the model known to the frontend, after those it refers to; nothing when that has happened.
  func open() {
    let isFirst = lock { comm == nil }
    guard isFirst else { return }
    for reference in lock({ references }) { reference.open() }
    lock {
      // Another thread may have been faster.
      if comm != nil { return }
      let opened = Comm(id: id, target: WidgetProtocol.target)
      comm = opened
      WidgetControl.add(self)
      CommRegistry.shared.add(opened) { [self] _, message in receive(message) }
      CommWire.send(
        MARTLET_COMM_OPEN, id: id, target: WidgetProtocol.target,
        Comm.Message(
          data: ["state": .object(state), "buffer_paths": []], metadata: ["version": .string(WidgetProtocol.version)]))
    }
  }

  /// Removes the model, and what it is shown as, from the frontend; it can be opened again.
  func close() {
    let open = lock {
      defer { comm = nil }
      return comm
    }
    open?.close()
    WidgetControl.remove(self)
  }

  /// Takes in a message of the frontend.
  func receive(_ message: Comm.Message) {
    switch message.data["method"]?.string {
    case "update": update(message.data["state"]?.object ?? [:])
    case "request_state": send(WidgetProtocol.message("update", state: currentState))
    case "custom":
      let content = Comm.Message(
        data: message.data["content"] ?? .null, metadata: message.metadata, buffers: message.buffers)
      Callback.start { [self] in for observer in lock({ messageObservers }) { observer(content) } }
    default: break
    }
  }

  private func send(_ data: JSON.Value) { lock { comm }?.send(data) }

  /// The frontend has changed something. Other frontends are told by an echo, and this one where not all was taken.
  private func update(_ changes: [String: JSON.Value]) {
    let isObserved = lock { () -> Bool in
      var echo: [String: JSON.Value] = [:]
      var corrected: [String: JSON.Value] = [:]
      for (key, value) in changes {
        guard let current = state[key] else { continue }
        echo[key] = value
        let taken = accepted[key]?(value, state) ?? current
        if !taken.isSame(as: value) { corrected[key] = taken }
        guard taken != current else { continue }
        state[key] = taken
        if observers[key] != nil { unobserved.insert(key) }
      }
      if !echo.isEmpty { comm?.send(WidgetProtocol.message("echo_update", state: echo)) }
      if !corrected.isEmpty { comm?.send(WidgetProtocol.message("update", state: corrected)) }
      return !unobserved.isEmpty
    }
    if isObserved { callObservers() }
  }

  /// Observers hear of the newest value only: while one of them is busy, changes gather.
  private func callObservers() {
    var called: Observer?
    Callback.start { [self] in
      let heard = lock { () -> [Observer] in
        defer { unobserved = [] }
        return unobserved.sorted().flatMap { observers[$0] ?? [] }
      }
      for observer in heard {
        called = observer
        observer.call()
      }
    } failed: { message in
      called?.failed(message)
    }
  }
}

extension JSON.Value {
  /// Whether both say the same; `2` and `2.0` do.
  fileprivate func isSame(as other: JSON.Value) -> Bool {
    if let number, let other = other.number { return number == other }
    return self == other
  }
}
