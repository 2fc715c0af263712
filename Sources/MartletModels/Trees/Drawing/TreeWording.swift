import Foundation

/// What a tree's features and classes are called where it is shown.
struct TreeWording {
  let tree: DecisionTree
  private let features: [String]?
  /// The names of the classes; `nil` for a tree that predicts a number.
  let classes: [String]?
  private let decimals: Int
  /// The categories' names by their numbers, by feature.
  private let categories: [Int: [String]]

  init(
    _ tree: DecisionTree, features: [String]?, classes: [String]?, categories: [Int: [String]] = [:], decimals: Int = 2
  ) {
    self.categories = categories
    self.tree = tree
    self.features = features.flatMap { $0.count == tree.featureCount ? $0 : nil }
    self.classes = classes.flatMap { $0.count == tree.outputCount ? $0 : nil }
    self.decimals = max(0, decimals)
  }

  func number(_ value: Double) -> String { String(format: "%.\(decimals)f", value) }

  /// The question of an inner node as it holds on one side.
  func question(_ node: Int, isLeft: Bool) -> String {
    let step = tree.steps[node]
    let name = features?[Int(step.feature)] ?? "feature_\(step.feature)"
    guard step.categories >= 0 else {
      // Two spaces keep the numbers of both sides in one column.
      return "\(name) \(isLeft ? "<=" : "> ") \(number(step.threshold))"
    }
    let names = categories[Int(step.feature)] ?? []
    let members = tree.categories[Int(step.categories)].members.map { names.indices.contains($0) ? names[$0] : "\($0)" }
    let shown = members.prefix(8).joined(separator: ", ") + (members.count > 8 ? ", …" : "")
    return "\(name) \(isLeft ? "in" : "not in") {\(shown)}"
  }

  func values(_ node: Int) -> ArraySlice<Double> {
    tree.values[node * tree.outputCount..<(node + 1) * tree.outputCount]
  }

  /// The class or the number that a node answers.
  func answer(_ node: Int) -> String {
    if let classes { return "class: \(classes[firstLargest(node)])" }
    return "value: [\(values(node).map(number).joined(separator: ", "))]"
  }

  /// As predictions choose: the first of equal shares.
  func firstLargest(_ node: Int) -> Int {
    let values = Array(values(node))
    return values.indices.reduce(0) { values[$1] > values[$0] ? $1 : $0 }
  }
}
