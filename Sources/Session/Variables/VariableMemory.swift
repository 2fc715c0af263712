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

  /// - Parameter cell: the number by which messages call the cell.
  mutating func describe(_ answer: InspectionAnswer, cell: Int?) -> VariableDescription {
    let key = Key(cell: answer.cell, name: answer.name)
    let place = VariablePlace(cell: answer.cell, name: answer.name, expression: answer.name)
    guard answer.status != .unknown else { return Self.withoutMemory(answer.name, cell: cell) }
    let isComplete = answer.status == .complete && answer.value?.text.isEmpty == false
    if isComplete { values[key] = answer.value }
    let canBeOlder = answer.status == .cellRuns || answer.status == .skipped
    guard isComplete || canBeOlder, let value = values[key] else {
      return VariableDescription(
        name: answer.name, type: answer.value?.typeName ?? "?", value: Self.reason(answer), childCount: 0, reference: 0,
        cell: cell, expression: answer.name)
    }
    return description(of: value, name: answer.name, at: place, cell: cell)
  }

  /// The compiler gives no place to values of types that have only one, such as `Void` and metatypes.
  private static func withoutMemory(_ name: String, cell: Int?) -> VariableDescription {
    VariableDescription(
      name: name, type: "(takes no memory)", value: "(the only value of its type)", childCount: 0, reference: 0,
      cell: cell, expression: name)
  }

  private static func reason(_ answer: InspectionAnswer) -> String {
    switch answer.status {
    case .complete, .cellRuns: running
    case .trapped where answer.message.isEmpty: "(its description crashed)"
    case .trapped: "(its description crashed: \(answer.message))"
    case .tooLong: "(its description takes too long)"
    case .skipped: "(not read: the descriptions of other variables take too long)"
    case .unknown: "(not found)"
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

extension VariableInspector.State {
  /// The variables by the worker's answers, in the order of their names.
  mutating func describe(_ answers: [InspectionAnswer]) -> [VariableDescription] {
    var numbers: [VariableMemory.Key: Int] = [:]
    for variable in variables {
      numbers[VariableMemory.Key(cell: UInt32(variable.sequence), name: variable.name)] = variable.number
    }
    memory.keep(Set(numbers.keys))
    var found: [String: VariableDescription] = [:]
    for answer in answers where !answer.name.isEmpty && !answer.name.hasPrefix("_martlet") {
      let number = numbers[VariableMemory.Key(cell: answer.cell, name: answer.name)]
      // What the running cell declares anew comes last, and only adds what was not there before.
      guard number != nil || found[answer.name] == nil else { continue }
      found[answer.name] = memory.describe(answer, cell: number)
    }
    return found.values.sorted { $0.name < $1.name }
  }

  /// What is known of the variables when the worker does not answer.
  var rememberedVariables: [VariableDescription] {
    var memory = memory
    return variables.map { variable in
      let answer = InspectionAnswer(
        cell: UInt32(variable.sequence), name: variable.name, status: .cellRuns)
      return memory.describe(answer, cell: variable.number)
    }.sorted { $0.name < $1.name }
  }

  /// The place that a name stands for.
  func place(of name: String) -> VariablePlace? {
    if let variable = variables.first(where: { $0.name == name }) {
      return VariablePlace(cell: UInt32(variable.sequence), name: name, expression: name)
    }
    return memory.references.place(named: name)
  }
}
