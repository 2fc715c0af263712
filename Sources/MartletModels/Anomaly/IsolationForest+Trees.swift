extension IsolationForest.Model {
  /// The trees as questions whose leaves answer with the number of cuts that set a sample apart, those included that were
  /// not made where samples were left together: what explains the scores.
  ///
  /// The weight of a node is the number of samples that the tree was grown from and that came there.
  /// - Complexity: O(nodes).
  public var depthTrees: [DecisionTree] {
    trees.map { $0.decisionTree(featureCount: featureCount, samples: samplesPerTree) }
  }
}

extension IsolationTree {
  fileprivate func decisionTree(featureCount: Int, samples: Int) -> DecisionTree {
    let counts = sampleCounts(of: samples)
    var tree = DecisionTree(featureCount: featureCount, outputCount: 1)
    for node in features.indices {
      _ = tree.appendLeaf(impurity: 0, samples: counts[node], weight: Double(counts[node]))
      tree.values.append(features[node] < 0 ? depths[node] : 0)
      guard features[node] >= 0 else { continue }
      tree.steps[node] = DecisionTree.Step(
        threshold: cuts[node], feature: features[node], left: children[node], right: children[node] + 1,
        categories: -1, missingGoesLeft: false)
    }
    return tree
  }

  /// How many samples came to each node: of a leaf, its depth beyond the cuts on the way to it tells.
  private func sampleCounts(of samples: Int) -> [Int] {
    var cutsBefore = [Int](repeating: 0, count: features.count)
    for node in features.indices where features[node] >= 0 {
      for child in [Int(children[node]), Int(children[node]) + 1] { cutsBefore[child] = cutsBefore[node] + 1 }
    }
    var counts = [Int](repeating: 0, count: features.count)
    for node in features.indices.reversed() {
      counts[node] =
        features[node] < 0
        ? Self.count(ofExpectedDepth: depths[node] - Double(cutsBefore[node]), most: samples)
        : counts[Int(children[node])] + counts[Int(children[node]) + 1]
    }
    return counts
  }

  /// The inverse of ``expectedDepth(_:)``, which grows with the count.
  private static func count(ofExpectedDepth depth: Double, most: Int) -> Int {
    var (low, high) = (1, max(most, 1))
    while low < high {
      let middle = low + (high - low) / 2
      // Far above rounding, and below the steps between counts of millions.
      if expectedDepth(middle) >= depth - 1e-8 { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
