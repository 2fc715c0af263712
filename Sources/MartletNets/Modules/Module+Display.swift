import MartletDisplay
import MartletModels

extension Module {
  /// What is learned, parameter by parameter: how a model introduces itself. ``Layer/summary(input:)`` has the shapes between
  /// the layers.
  public var parameterTable: ModelTable {
    let parameters = parameters
    // Models whose numbers are all learned need no column that says so.
    let areAlike = parameters.allSatisfy { $0.parameter.isLearned }
    // Quantised layers keep their numbers apart from parameters.
    let bytes =
      (self as? any Layer<Scalar>).map { LayerTree.bytes($0) }
      ?? parameters.reduce(0) { $0 + $1.parameter.count * MemoryLayout<Scalar>.stride }
    return ModelTable(
      title: "\(LayerWalk.name(Self.self)): \(parameterCount) learned numbers, \(ByteText.text(bytes))", facts: [],
      header: ["parameter", "shape", "numbers"] + (areAlike ? [] : ["role"]),
      rows: parameters.map { name, parameter in
        [name, "\(parameter.shape)", "\(parameter.count)"] + (areAlike ? [] : [parameter.roleText])
      })
  }

  /// The parameters' names and shapes.
  public var description: String { parameterTable.text }

  /// The parameters' names and shapes.
  public func displayBundle() -> DisplayBundle { parameterTable.displayBundle() }
}

extension Parameter: CustomStringConvertible {
  var roleText: String { isLearned ? "learned" : role == .state ? "state" : "frozen" }

  /// The shape and the role; ``value`` has the numbers.
  public var description: String { "Parameter \(shape), \(roleText)" }
}
