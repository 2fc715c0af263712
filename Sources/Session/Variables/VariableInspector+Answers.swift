import Cells
import WorkerLink

extension VariableInspector.State {
  /// - Complexity: O(variables).
  private var variables: [CellVariable] { surroundings?.variables ?? [] }

  /// The variables by the worker's answers, in the order of their names.
  mutating func describe(_ answers: [InspectionAnswer]) -> [VariableDescription] {
    var known: [VariableMemory.Key: CellVariable] = [:]
    for variable in variables {
      known[VariableMemory.Key(cell: UInt32(variable.sequence), name: variable.name)] = variable
    }
    memory.keep(Set(known.keys))
    var found: [String: VariableDescription] = [:]
    for answer in answers where !answer.name.isEmpty && !answer.name.hasPrefix("_martlet") {
      let variable = known[VariableMemory.Key(cell: answer.cell, name: answer.name)]
      // What the running cell declares anew comes last, and only adds what was not there before.
      guard variable != nil || found[answer.name] == nil else { continue }
      found[answer.name] = memory.describe(answer, variable)
    }
    return found.values.sorted { $0.name < $1.name }
  }

  /// What is known of the variables when the worker does not answer.
  var rememberedVariables: [VariableDescription] {
    var memory = memory
    return variables.map { variable in
      let answer = InspectionAnswer(
        cell: UInt32(variable.sequence), name: variable.name, status: .cellRuns)
      return memory.describe(answer, variable)
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
