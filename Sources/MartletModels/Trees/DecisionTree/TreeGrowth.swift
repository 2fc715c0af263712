import MartletNumerics

/// What a tree's impurity is when it tells classes apart.
public enum ClassificationCriterion: Sendable, Equatable, Codable {
  /// `1 − ∑ pₖ²`.
  case gini
  /// `−∑ pₖ log₂ pₖ`, in bits. (scikit-learn: `entropy` and `log_loss`)
  case entropy
}

/// What a tree's impurity is when it predicts numbers.
public enum RegressionCriterion: Sendable, Equatable, Codable {
  /// The variance; leaves answer the mean. Friedman's criterion chooses the same questions.
  case squaredError
  /// The mean distance from the median; leaves answer the median. Slower: O(n log n) a feature and node.
  case absoluteError
  /// Half the Poisson deviance, for counts; leaves answer the mean. Targets are at least 0.
  case poisson
}

/// Grows single trees of either kind from ranked features.
enum TreeGrowth {
  static func classifier(
    _ features: RankedFeatures, _ codes: [Int32], classCount: Int, weights: [Double]?,
    _ criterion: ClassificationCriterion, _ limits: TreeLimits, _ rule: SplitRule, _ random: PCG64
  ) -> GrownTree {
    switch criterion {
    case .gini where classCount == 2 && TwoClassGini.takes(weights):
      TreeGrower(
        features, GrowingRows(codes.count, weights) { ClassPair(isSecond: codes[$0] == 1, weight: $1) },
        criterion: TwoClassGini(), limits: limits, rule: rule, random: random
      ).grow()
    case .gini:
      TreeGrower(
        features, GrowingRows(codes, weights), criterion: GiniCriterion(classCount: classCount), limits: limits,
        rule: rule,
        random: random
      ).grow()
    case .entropy:
      TreeGrower(
        features, GrowingRows(codes, weights), criterion: EntropyCriterion(classCount: classCount), limits: limits,
        rule: rule,
        random: random
      ).grow()
    }
  }

  static func regressor(
    _ features: RankedFeatures, _ targets: [Double], weights: [Double]?, _ criterion: RegressionCriterion,
    _ limits: TreeLimits, _ rule: SplitRule, _ random: PCG64
  ) -> GrownTree {
    switch criterion {
    case .squaredError:
      TreeGrower(
        features, GrowingRows(targets, weights), criterion: SquaredErrorCriterion(), limits: limits, rule: rule,
        random: random
      ).grow()
    case .absoluteError:
      TreeGrower(
        features, GrowingRows(targets, weights), criterion: AbsoluteErrorCriterion(), limits: limits, rule: rule,
        random: random
      ).grow()
    case .poisson:
      TreeGrower(
        features, GrowingRows(targets, weights), criterion: PoissonCriterion(), limits: limits, rule: rule,
        random: random
      ).grow()
    }
  }

  /// Targets are finite, and not negative where they are counts.
  static func check(_ targets: [Double], for criterion: RegressionCriterion) throws(FitError) {
    try SampleChecks.finite(targets, "target", width: 1)
    guard criterion == .poisson else { return }
    try CountChecks.targets(targets)
  }

  /// A seed of one's own where none was given.
  static func generator(_ seed: UInt64?) -> PCG64 { PCG64(seed: seed ?? Random.nextSeed()) }
}

/// What models of counts ask of their targets.
enum CountChecks {
  static func targets(_ targets: [Double]) throws(FitError) {
    if let place = targets.firstIndex(where: { $0 < 0 }) {
      throw FitError(
        .parameter, expected: "targets of at least 0 for counts", found: "\(targets[place]) as target of row \(place)",
        advice: "Use the squared error for targets that may be negative.")
    }
    if !targets.contains(where: { $0 > 0 }) {
      throw FitError(
        .parameter, expected: "a target above 0 for counts", found: "\(targets.count) targets of 0",
        advice: "A rate of 0 needs no model.")
    }
  }
}
