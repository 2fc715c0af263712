/// What makes a feature important to trees.
public enum TreeImportance: Sendable, Equatable {
  /// How much its questions lower the criterion together.
  case gain
  /// The weight of the samples that its questions are asked about: in second-order boosting, their second derivatives.
  case cover
  /// How many questions ask about it.
  case splits
}

extension DecisionTree {
  /// The sum over all questions about each feature.
  func importances(_ kind: TreeImportance) -> [Double] {
    var sums = [Double](repeating: 0, count: featureCount)
    for (node, step) in steps.enumerated() where step.feature >= 0 {
      switch kind {
      case .gain: sums[Int(step.feature)] += gains[node]
      case .cover: sums[Int(step.feature)] += weights[node]
      case .splits: sums[Int(step.feature)] += 1
      }
    }
    return sums
  }

  /// How much the questions about each feature lower the impurity, as shares that add up to 1; zeros where nothing was
  /// asked. (scikit-learn: `feature_importances_`)
  ///
  /// Features with many distinct values get more than they deserve, since they offer more borders to choose from, and so
  /// does noise that the tree has learned by heart. Permuting features of samples that were held out shows what counts
  /// for new ones.
  public var featureImportances: [Double] { Self.shares(importances(.gain)) }

  static func shares(_ sums: [Double]) -> [Double] {
    let total = sums.reduce(0, +)
    return total > 0 ? sums.map { $0 / total } : sums
  }

  /// The mean of the trees' shares, as shares again. A tree of one leaf says nothing. (scikit-learn's forests)
  static func meanImportances(_ trees: [DecisionTree], featureCount: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: featureCount)
    for tree in trees where tree.nodeCount > 1 {
      for (feature, share) in tree.featureImportances.enumerated() { sums[feature] += share }
    }
    return shares(sums)
  }

  static func sumOfImportances(_ trees: [DecisionTree], _ kind: TreeImportance, featureCount: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: featureCount)
    for tree in trees { for (feature, sum) in tree.importances(kind).enumerated() { sums[feature] += sum } }
    return sums
  }
}
