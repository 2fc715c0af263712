import Foundation
import MartletNumerics

/// Trees, forests and boosting.
enum ClassicalTreeOperators {
  static let table: [String: ONNXOperator] = [
    "ai.onnx.ml.TreeEnsembleRegressor": regress, "ai.onnx.ml.TreeEnsembleClassifier": classify,
    "ai.onnx.ml.TreeEnsemble": ensemble,
  ]

  private static func regress(_ call: OperatorCall) throws -> [ONNXValue] {
    let forest = try Forest(call, prefix: "target")
    let targets = call.integer("n_targets", 1)
    let sums = try forest.answers(try ClassicalOperators.rows(call), targets, call.text("aggregate_function", "SUM"))
    return [ClassicalOperators.single(PostTransform(call).apply(try based(call, sums)))]
  }

  private static func based(_ call: OperatorCall, _ sums: Matrix) throws -> Matrix {
    let base = try call.numbers("base_values") ?? call.tensor("base_values_as_tensor")?.numbers().scalars ?? []
    guard base.isEmpty || base.count == sums.shape[1] else {
      throw ONNXError("There are \(base.count) base values for \(sums.shape[1]) sums.")
    }
    return base.isEmpty ? sums : sums + Matrix(base)
  }

  private static func classify(_ call: OperatorCall) throws -> [ONNXValue] {
    let labels = try ClassLabels(call)
    let forest = try Forest(call, prefix: "class")
    let transform = PostTransform(call)
    let x = try ClassicalOperators.rows(call)
    if labels.count == 2, Set(forest.leafTargets).count <= 1 {
      // One score stands for both classes; a vote between 0 and 1 where no weight is negative.
      let place = forest.leafTargets.first ?? 0
      guard (0...1).contains(place) else { throw ONNXError("The trees answer for class \(place) of two.") }
      let sums = try forest.answers(x, place + 1, "SUM")
      let base = try call.numbers("base_values") ?? call.tensor("base_values_as_tensor")?.numbers().scalars ?? []
      let start = base.count == 1 ? base[0] : place < base.count ? base[place] : 0
      let scores = (0..<x.shape[0]).map { sums[$0, place].scalar + start }
      let isVote = forest.leafWeights.allSatisfy { $0 >= 0 } && transform.name == "NONE"
      let chosen = scores.map { $0 > (isVote ? 0.5 : 0) ? 1 : 0 }
      let both = isVote ? Matrix(scores.flatMap { [1 - $0, $0] }, shape: [scores.count, 2]) : transform.binary(scores)
      return [labels.tensor(chosen), ClassicalOperators.single(both)]
    }
    let scores = try based(call, try forest.answers(x, labels.count, "SUM"))
    return [labels.tensor(scores), ClassicalOperators.single(transform.apply(scores))]
  }

  private static func ensemble(_ call: OperatorCall) throws -> [ONNXValue] {
    let forest = try Forest(call)
    let names = ["AVERAGE", "SUM", "MIN", "MAX"]
    let join = call.integer("aggregate_function", 1)
    guard names.indices.contains(join) else { throw ONNXError("There is no way \(join) to join trees.") }
    let x = try call.tensor(0)
    let sums = try forest.answers(try ClassicalOperators.rows(call), call.integer("n_targets", 1), names[join])
    return call.result(PostTransform(call.integer("post_transform", 0)).apply(sums), like: x)
  }
}

/// Trees as flat lists of nodes.
private struct Forest {
  enum Mode {
    case atMost, less, atLeast, greater, equal, unequal
    case member(Set<Double>)
  }
  struct Node {
    var feature = 0
    var threshold = 0.0
    var mode: Mode?
    var yes = -1, no = -1
    var missingGoesYes = false
    /// The leaf's answers, in `leafTargets` and `leafWeights`.
    var answers: Range<Int> = 0..<0
  }

  var nodes: [Node] = []
  var roots: [Int] = []
  var leafTargets: [Int] = []
  var leafWeights: [Double] = []

  /// From the lists of the first versions: nodes are named by tree and number.
  init(_ call: OperatorCall, prefix: String) throws {
    func whole(_ name: String) -> [Int] { call.integers(name) ?? [] }
    func numbers(_ name: String) throws -> [Double] {
      if let values = call.numbers(name) { return values }
      return try call.tensor(name + "_as_tensor")?.numbers().scalars ?? []
    }
    let (trees, ids, features) = (whole("nodes_treeids"), whole("nodes_nodeids"), whole("nodes_featureids"))
    let (yes, no, modes) = (whole("nodes_truenodeids"), whole("nodes_falsenodeids"), call.texts("nodes_modes") ?? [])
    let thresholds = try numbers("nodes_values")
    let missing = whole("nodes_missing_value_tracks_true")
    let count = trees.count
    guard [ids.count, features.count, yes.count, no.count, modes.count, thresholds.count].allSatisfy({ $0 == count })
    else {
      throw ONNXError("The lists of the trees' nodes differ in length.")
    }
    struct Name: Hashable { let tree, node: Int }
    var places: [Name: Int] = [:]
    for i in 0..<count { places[Name(tree: trees[i], node: ids[i])] = i }
    var leaves: [Int: [(Int, Double)]] = [:]
    let (leafTrees, leafNodes) = (whole(prefix + "_treeids"), whole(prefix + "_nodeids"))
    let (targets, weights) = (whole(prefix + "_ids"), try numbers(prefix + "_weights"))
    guard leafNodes.count == leafTrees.count, targets.count == leafTrees.count, weights.count == leafTrees.count else {
      throw ONNXError("The lists of the trees' answers differ in length.")
    }
    for i in leafTrees.indices {
      guard let place = places[Name(tree: leafTrees[i], node: leafNodes[i])] else {
        throw ONNXError("Node \(leafNodes[i]) of tree \(leafTrees[i]) has an answer and is not there.")
      }
      leaves[place, default: []].append((targets[i], weights[i]))
    }
    var seen: Set<Int> = []
    for i in 0..<count {
      var node = Node(feature: features[i], threshold: thresholds[i])
      node.mode = try Self.mode(modes[i])
      if node.mode != nil {
        guard let left = places[Name(tree: trees[i], node: yes[i])],
          let right = places[Name(tree: trees[i], node: no[i])]
        else {
          throw ONNXError("Node \(ids[i]) of tree \(trees[i]) leads to a node that is not there.")
        }
        (node.yes, node.no) = (left, right)
      }
      node.missingGoesYes = i < missing.count && missing[i] == 1
      add(&node, leaves[i] ?? [])
      nodes.append(node)
      // The first node of a tree is its root.
      if seen.insert(trees[i]).inserted { roots.append(i) }
    }
  }

  private mutating func add(_ node: inout Node, _ answers: [(Int, Double)]) {
    node.answers = leafTargets.count..<leafTargets.count + answers.count
    leafTargets += answers.map(\.0)
    leafWeights += answers.map(\.1)
  }

  private static func mode(_ name: String) throws -> Mode? {
    switch name {
    case "LEAF": return nil
    case "BRANCH_LEQ": return .atMost
    case "BRANCH_LT": return .less
    case "BRANCH_GTE": return .atLeast
    case "BRANCH_GT": return .greater
    case "BRANCH_EQ": return .equal
    case "BRANCH_NEQ": return .unequal
    default: throw ONNXError("A node asks '\(name)', which is not known.")
    }
  }

  /// From the lists of version 5: inner nodes and leaves apart, by their places.
  init(_ call: OperatorCall) throws {
    func whole(_ name: String) -> [Int] { call.integers(name) ?? [] }
    let splits = try call.tensor("nodes_splits")?.numbers().scalars ?? []
    let modes = try call.tensor("nodes_modes")?.integers().scalars ?? []
    let (features, yes, no) = (whole("nodes_featureids"), whole("nodes_truenodeids"), whole("nodes_falsenodeids"))
    let (yesLeaf, noLeaf) = (whole("nodes_trueleafs"), whole("nodes_falseleafs"))
    let missing = whole("nodes_missing_value_tracks_true")
    let targets = whole("leaf_targetids")
    let weights = try call.tensor("leaf_weights")?.numbers().scalars ?? []
    let count = features.count
    guard [splits.count, modes.count, yes.count, no.count, yesLeaf.count, noLeaf.count].allSatisfy({ $0 == count }),
      weights.count == targets.count
    else { throw ONNXError("The lists of the trees' nodes differ in length.") }
    // Sets of members stand one after the other, NaN between them.
    var members =
      try call.tensor("membership_values")?.numbers().scalars.split(omittingEmptySubsequences: false) { $0.isNaN }[...]
      ?? []
    for i in 0..<count {
      var node = Node(feature: features[i], threshold: splits[i])
      switch modes[i] {
      case 0: node.mode = .atMost
      case 1: node.mode = .less
      case 2: node.mode = .atLeast
      case 3: node.mode = .greater
      case 4: node.mode = .equal
      case 5: node.mode = .unequal
      case 6: node.mode = .member(Set(members.popFirst() ?? []))
      default: throw ONNXError("A node asks in the way \(modes[i]), which is not known.")
      }
      func place(_ number: Int, _ isLeaf: Int) throws -> Int {
        guard (0..<(isLeaf == 1 ? targets.count : count)).contains(number) else {
          throw ONNXError("A node leads to \(number), which is not there.")
        }
        return isLeaf == 1 ? count + number : number
      }
      (node.yes, node.no) = (try place(yes[i], yesLeaf[i]), try place(no[i], noLeaf[i]))
      node.missingGoesYes = i < missing.count && missing[i] == 1
      nodes.append(node)
    }
    for (target, weight) in zip(targets, weights) {
      var leaf = Node()
      add(&leaf, [(target, weight)])
      nodes.append(leaf)
    }
    roots = whole("tree_roots")
    guard roots.allSatisfy({ nodes.indices.contains($0) }) else { throw ONNXError("A tree's root is not there.") }
  }

  /// The trees' answers, joined, for each sample.
  func answers(_ x: Matrix, _ targets: Int, _ join: String) throws -> Matrix {
    let width = x.shape[1]
    guard targets > 0, leafTargets.allSatisfy({ $0 >= 0 && $0 < targets }),
      nodes.allSatisfy({ $0.mode == nil || ($0.feature >= 0 && $0.feature < width) })
    else { throw ONNXError("The trees ask about features, or answer for targets, beyond \(width) and \(targets).") }
    try Extent.count([x.shape[0], targets])
    let scalars = x.scalars
    let start = join == "MIN" ? Double.infinity : join == "MAX" ? -.infinity : 0
    var sums = [Double](repeating: start, count: x.shape[0] * targets)
    for sample in 0..<x.shape[0] {
      for root in roots {
        let leaf = try leaf(from: root) { scalars[sample * width + $0] }
        for answer in nodes[leaf].answers {
          let place = sample * targets + leafTargets[answer]
          switch join {
          case "MIN": sums[place] = min(sums[place], leafWeights[answer])
          case "MAX": sums[place] = max(sums[place], leafWeights[answer])
          default: sums[place] += leafWeights[answer]
          }
        }
      }
    }
    if join == "AVERAGE" { sums = sums.map { $0 / Double(max(roots.count, 1)) } }
    return Matrix(sums.map { $0.isInfinite && $0 == start ? 0 : $0 }, shape: [x.shape[0], targets])
  }

  private func leaf(from root: Int, _ feature: (Int) -> Double) throws -> Int {
    var place = root
    var steps = 0
    while let mode = nodes[place].mode {
      let node = nodes[place]
      let value = feature(node.feature)
      let isYes =
        switch mode {
        case .atMost: value <= node.threshold
        case .less: value < node.threshold
        case .atLeast: value >= node.threshold
        case .greater: value > node.threshold
        case .equal: value == node.threshold
        case .unequal: value != node.threshold
        case .member(let members): members.contains(value)
        }
      place = isYes || (value.isNaN && node.missingGoesYes) ? node.yes : node.no
      steps += 1
      guard steps <= nodes.count else { throw ONNXError("A tree leads in a circle.") }
    }
    return place
  }
}
