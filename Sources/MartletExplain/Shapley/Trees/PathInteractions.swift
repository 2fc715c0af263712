import MartletNumerics

/// Shapley interaction values of a tree: how much two features together do that neither does alone.
///
/// As in ``PathShapley``, with the factors of both features taken out: for features `i ≠ j` half of
/// `(oᵢ − zᵢ)(oⱼ − zⱼ) ∫₀¹ ∏_{l≠i,j} (t·oₗ + (1−t)·zₗ) dt`, leaf by leaf. The diagonal has what is left of each feature's
/// own contribution, so that rows add up to it.
///
/// Reference: Fujimoto, Kojadinovic and Marichal (2006), Axiomatic characterizations of probabilistic and
/// cardinal-probabilistic interaction indices.
struct PathInteractions {
  let tree: WalkedTree
  private let points, weights: [Double]
  private let leaves: [Int]

  init(_ tree: WalkedTree) {
    self.tree = tree
    let rule = GaussLegendre(points: max((tree.width + 1) / 2, 1))
    points = rule.points.map { ($0 + 1) / 2 }
    weights = rule.weights.map { $0 / 2 }
    leaves = tree.nodes.indices.filter { tree.nodes[$0].feature < 0 }
  }

  /// Adds the interactions for one sample to `sums`, `[features, features]` for one output of the tree.
  /// - Complexity: O(leaves · features² · points) for the features on a way.
  func add(_ sample: UnsafePointer<Double>, features: Int, output: Int, to sums: UnsafeMutablePointer<Double>) {
    let isTowards = tree.isTowards(sample)
    for leaf in leaves {
      let value = tree.values[leaf * tree.outputCount + output]
      let edges = tree.edges(to: leaf)
      for (t, weight) in zip(points, weights) {
        let factors = edges.map { (isTowards[$0] ? t : 0) + (1 - t) * tree.nodes[$0].share }
        let product = factors.reduce(value * weight / 2, *)
        let changes = zip(edges, factors).map { ((isTowards[$0] ? 1 : 0) - tree.nodes[$0].share) / $1 }
        for (i, first) in edges.enumerated() {
          let row = sums + tree.question(before: first) * features
          for (j, second) in edges.enumerated() where i != j {
            row[tree.question(before: second)] += product * changes[i] * changes[j]
          }
        }
      }
    }
  }
}

extension WalkedTree {
  /// The feature that leads to a node, which is not the root.
  func question(before node: Int) -> Int { Int(nodes[Int(nodes[node].parent)].feature) }

  /// The lowest node of each feature on the way to a leaf.
  func edges(to leaf: Int) -> [Int] {
    var (node, edges, seen) = (leaf, [Int](), Set<Int>())
    while nodes[node].parent >= 0 {
      if seen.insert(question(before: node)).inserted { edges.append(node) }
      node = Int(nodes[node].parent)
    }
    return edges
  }

  /// Whether the sample goes all the ways that its feature takes to each node.
  func isTowards(_ sample: UnsafePointer<Double>) -> [Bool] {
    var isTowards = [Bool](repeating: true, count: nodes.count)
    for node in nodes where node.feature >= 0 {
      let goesLeft = goesLeft(node, sample[Int(node.feature)])
      let upper = nodes[Int(node.left)].upper
      let wasTowards = upper < 0 || isTowards[Int(upper)]
      isTowards[Int(node.left)] = wasTowards && goesLeft
      isTowards[Int(node.right)] = wasTowards && !goesLeft
    }
    return isTowards
  }
}
