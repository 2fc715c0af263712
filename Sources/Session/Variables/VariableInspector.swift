import Cells
import MartletDisplay
import Synchronization
import WorkerLink

/// Answers a session's questions about variables, whether a cell runs or not.
///
/// Values are read between cells only. While a cell runs, the answers are those of the last quiet moment; they are
/// collected after each cell as soon as somebody has asked, and never in a session in which nobody does.
final class VariableInspector: Sendable {
  struct State {
    var engine: Engine?
    var surroundings: CellSurroundings?
    var memory = VariableMemory()
    /// Whether somebody has asked since the last time that values were collected.
    var isAsked = false
    var list: CachedList?
  }

  /// What was answered last.
  struct CachedList {
    var variables: [VariableDescription]
    var runningCell: UInt32?
    var time: ContinuousClock.Instant
  }

  /// JupyterLab asks anew at every message that a cell sends.
  private static let freshness = Duration.milliseconds(250)
  /// Longer than the worker takes at worst.
  private static let timeLimit = Duration.seconds(8)

  let state = Mutex(State())

  /// Takes note of what there is, after a cell or with a new engine.
  func update(_ surroundings: CellSurroundings, engine: Engine) {
    let isAsked = state.withLock { state in
      if state.engine !== engine { state.memory = VariableMemory() }
      (state.engine, state.surroundings, state.list) = (engine, surroundings, nil)
      defer { state.isAsked = false }
      return state.isAsked
    }
    if isAsked { collect(engine) }
  }

  /// Reads all values for later, without waiting for them.
  private func collect(_ engine: Engine) {
    engine.inspect(items(of: engine, runningCell: nil)) { [weak self] answers in
      guard let self, let answers else { return }
      state.withLock { state in
        if state.engine === engine { _ = state.describe(answers) }
      }
    }
  }

  /// Every variable, in the order of the names.
  func list() -> [VariableDescription] {
    guard let engine = state.withLock({ $0.engine }) else { return [] }
    let runningCell = engine.run.runningCell
    let cached = state.withLock { state -> [VariableDescription]? in
      state.isAsked = true
      guard let list = state.list, list.runningCell == runningCell, list.time.duration(to: .now) < Self.freshness else {
        return nil
      }
      return list.variables
    }
    if let cached { return cached }
    let answers = ask(engine, items(of: engine, runningCell: runningCell))
    return state.withLock { state in
      guard state.engine === engine else { return [] }
      let variables = answers.map { state.describe($0) } ?? state.rememberedVariables
      state.list = CachedList(variables: variables, runningCell: runningCell, time: .now)
      return variables
    }
  }

  /// Some of the parts of what a reference stands for; `nil` for a reference that is not known.
  func children(of reference: Int, range: Range<Int>) -> [VariableDescription]? {
    let (engine, place) = state.withLock { ($0.engine, $0.memory.references.place(of: reference)) }
    guard let engine, let place else { return nil }
    let question = _InspectionQuestion.children(path: place.path, range: range)
    let answer = ask(engine, [InspectionItem(cell: place.cell, name: place.name, question: question)])?.first
    return state.withLock { state in state.memory.children(of: place, range: range, answer: answer) }
  }

  /// A variable, or the part that an expression of an earlier answer names, as a notebook shows it; `nil` when there is
  /// none of that name.
  func richDescription(of name: String) -> DisplayOutput? {
    let (engine, place) = state.withLock { ($0.engine, $0.place(of: name)) }
    guard let engine, let place else { return nil }
    let question = _InspectionQuestion.display(path: place.path)
    let answer = ask(engine, [InspectionItem(cell: place.cell, name: place.name, question: question)])?.first
    return state.withLock { state in state.memory.display(of: place, answer: answer) }
  }

  private func items(of engine: Engine, runningCell: UInt32?) -> [InspectionItem] {
    var items = state.withLock { state in
      (state.surroundings?.variables ?? []).map { variable in
        InspectionItem(
          cell: UInt32(variable.sequence), name: variable.name, question: variable.isWeak ? .type : .value)
      }
    }
    if let runningCell { items.append(InspectionItem(cell: runningCell, name: "", question: .type)) }
    return items
  }

  /// Asks the worker and waits; `nil` when it does not answer.
  private func ask(_ engine: Engine, _ items: [InspectionItem]) -> [InspectionAnswer]? {
    let waiter = InspectionWaiter()
    engine.inspect(items) { waiter.conclude($0) }
    return waiter.wait(atMost: Self.timeLimit)
  }
}
