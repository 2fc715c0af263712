import MartletModels

/// A tree laid out for explaining: what each node asks, and how much of its samples each way takes.
struct WalkedTree: Sendable {
  /// One node, in the tree's order: children come after their parents.
  struct Node: Sendable {
    var threshold = 0.0
    /// The feature asked about; −1 at a leaf.
    var feature: Int32 = -1
    var left: Int32 = -1
    var right: Int32 = -1
    var parent: Int32 = -1
    /// The lowest node above this one that is entered by a question about the same feature; −1 where there is none.
    var upper: Int32 = -1
    /// The place of the set of categories that go left; −1 for numbers.
    var categories: Int32 = -1
    var missingGoesLeft = false
    /// The share of samples that go the way here when the feature that leads here is not known: the product over all
    /// questions about it on the way.
    var share = 1.0
  }

  private(set) var nodes: [Node]
  private(set) var categories: [Set<Int>] = []
  /// `outputCount` answers for each node.
  let values: [Double]
  let outputCount: Int
  /// The first of the model's outputs that it answers for; the others follow.
  let firstOutput: Int
  /// The most different features on a way to a leaf.
  private(set) var width = 0
  /// The mean answer over the samples that the tree has learned from.
  private(set) var expectation: [Double]

  /// A share of no samples at all would divide by zero.
  private static let smallestShare = 1e-12

  /// - Parameters:
  ///   - part: the tree.
  ///   - modelOutputs: how many outputs the model has.
  init(_ part: AdditiveTrees.Part, modelOutputs: Int) {
    let known = part.tree.nodes
    let outputs = part.outputs ?? Array(0..<part.tree.outputCount)
    let isRun = outputs == Array((outputs.first ?? 0)..<(outputs.first ?? 0) + outputs.count)
    firstOutput = isRun ? outputs.first ?? 0 : 0
    outputCount = isRun ? outputs.count : modelOutputs
    values = known.flatMap { node in
      let answers = part.answers(node)
      if isRun { return answers }
      // Answers for outputs here and there are spread over all of them.
      var all = [Double](repeating: 0, count: modelOutputs)
      for (output, answer) in zip(outputs, answers) { all[output] = answer }
      return all
    }
    nodes = [Node](repeating: Node(), count: known.count)
    expectation = [Double](repeating: 0, count: outputCount)
    var reached = [Double](repeating: 1, count: known.count)
    var widths = [Int](repeating: 0, count: known.count)
    for (place, node) in known.enumerated() {
      guard let own = node.feature, let left = node.left, let right = node.right else {
        width = max(width, widths[place])
        for output in 0..<outputCount { expectation[output] += reached[place] * values[place * outputCount + output] }
        continue
      }
      let feature = part.features?[own] ?? own
      nodes[place].feature = Int32(feature)
      nodes[place].threshold = node.threshold ?? .nan
      nodes[place].missingGoesLeft = node.missingGoesLeft
      (nodes[place].left, nodes[place].right) = (Int32(left), Int32(right))
      if let members = node.leftCategories {
        nodes[place].categories = Int32(categories.count)
        categories.append(Set(members))
      }
      let total = known[left].weight + known[right].weight
      let upper = edge(about: Int32(feature), above: place)
      for child in [left, right] {
        let share = total > 0 ? max(known[child].weight / total, Self.smallestShare) : 0.5
        nodes[child].parent = Int32(place)
        nodes[child].upper = upper
        nodes[child].share = share * (upper < 0 ? 1 : nodes[Int(upper)].share)
        reached[child] = reached[place] * share
        widths[child] = widths[place] + (upper < 0 ? 1 : 0)
      }
    }
  }

  /// The lowest node, from this one upwards, that a question about the feature leads to.
  private func edge(about feature: Int32, above node: Int) -> Int32 {
    var node = Int32(node)
    while nodes[Int(node)].parent >= 0 {
      let parent = nodes[Int(node)].parent
      if nodes[Int(parent)].feature == feature { return node }
      node = parent
    }
    return -1
  }

  @inline(__always)
  func goesLeft(_ node: Node, _ value: Double) -> Bool {
    if node.categories < 0 { return value <= node.threshold || node.missingGoesLeft && value.isNaN }
    if value.isNaN { return node.missingGoesLeft }
    return Int(exactly: value.rounded(.towardZero)).map(categories[Int(node.categories)].contains) ?? false
  }
}
