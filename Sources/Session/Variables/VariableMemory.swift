import Cells
import MartletDisplay
import WorkerLink

/// What was last known of variables, and how what the worker says becomes what lists show.
struct VariableMemory: Sendable {
  struct Key: Hashable { var cell: UInt32, name: String }

  var references = VariableReferences()
  /// The last complete answers.
  private(set) var values: [Key: _InspectedValue] = [:]
  private var parts: [VariablePlace: [VariableDescription]] = [:]
  private var displays: [VariablePlace: DisplayOutput] = [:]

  static let running = "(a cell is running)"

  /// - Parameter variable: what the chain of cells knows of the variable; `nil` for one of the cell that runs.
  mutating func describe(_ answer: InspectionAnswer, _ variable: CellVariable?) -> VariableDescription {
    let key = Key(cell: answer.cell, name: answer.name)
    let isComplete = answer.status == .complete && answer.value?.text.isEmpty == false
    if isComplete { values[key] = answer.value }
    let canBeOlder = answer.status == .cellRuns || answer.status == .skipped
    if isComplete || canBeOlder, let value = values[key] {
      let place = VariablePlace(cell: answer.cell, name: answer.name, expression: answer.name)
      return description(of: value, name: answer.name, at: place, cell: variable?.number)
    }
    let type = answer.value?.typeName ?? variable?.typeText ?? "(unknown)"
    let text = variable?.isWeak == true ? "(weak references are not followed)" : Self.reason(answer)
    return VariableDescription(
      name: answer.name, type: type, value: text, childCount: 0, reference: 0, cell: variable?.number,
      expression: answer.name)
  }

  private static func reason(_ answer: InspectionAnswer) -> String {
    switch answer.status {
    case .complete, .cellRuns: running
    case .trapped where answer.message.isEmpty: "(its description crashed)"
    case .trapped: "(its description crashed: \(answer.message))"
    case .tooLong: "(its description takes too long)"
    case .skipped: "(not read: the descriptions of other variables take too long)"
    // The compiler gives no place to values that take no memory.
    case .unknown: "(no stored properties)"
    }
  }

  private mutating func description(
    of value: _InspectedValue, name: String, at place: VariablePlace, cell: Int?
  ) -> VariableDescription {
    VariableDescription(
      name: name, type: value.typeName, shape: value.shape, value: value.text, byteCount: value.byteCount,
      childCount: value.childCount, reference: value.childCount > 0 ? references.number(of: place) : 0, cell: cell,
      expression: place.expression)
  }

  /// Forgets what is not among the variables any more.
  mutating func keep(_ keys: Set<Key>) {
    values = values.filter { keys.contains($0.key) }
    parts = parts.filter { keys.contains(Key(cell: $0.key.cell, name: $0.key.name)) }
    displays = displays.filter { keys.contains(Key(cell: $0.key.cell, name: $0.key.name)) }
  }

  /// The parts at a place: those of the answer, or those of the last one, or the reason why there are none.
  mutating func children(
    of place: VariablePlace, range: Range<Int>, answer: InspectionAnswer?
  ) -> [VariableDescription] {
    if let answer, answer.status == .complete, let children = _InspectedChild.decode(answer.bytes) {
      let known = zip(range, children).map { number, child in
        description(of: child.value, name: child.label, at: place.child(number, label: child.label), cell: nil)
      }
      parts[place] = known
      return known
    }
    if let known = parts[place] { return known }
    let reason = answer.map(Self.reason) ?? "(no answer)"
    return [
      VariableDescription(
        name: "…", type: "", value: reason, childCount: 0, reference: 0, cell: nil, expression: place.expression)
    ]
  }

  /// How a place looks: by the answer, or by the last one, or the reason why it cannot be told.
  mutating func display(of place: VariablePlace, answer: InspectionAnswer?) -> DisplayOutput {
    if let answer, answer.status == .complete,
      case .display(let bundle, _)? = _DisplayMessage(decoding: answer.bytes)
    {
      let output = DisplayOutput(bundle)
      displays[place] = output
      return output
    }
    if let known = displays[place] { return known }
    return DisplayOutput(data: ["text/plain": .string(answer.map(Self.reason) ?? "(no answer)")])
  }
}
