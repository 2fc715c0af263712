import MartletFrames

/// The families of methods for tables, from the simplest to the most complex.
public enum ModelFamily: String, Sendable, Codable, CaseIterable, Comparable {
  /// Looks at no feature.
  case baseline
  /// Weighted sums of features.
  case linear
  /// One tree, or many that vote.
  case trees
  /// Trees that correct each other.
  case boosting
  /// Neural networks.
  case network

  public static func < (a: ModelFamily, b: ModelFamily) -> Bool { a.place < b.place }
  private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// A method on the ladder of a ``ModelAdvisor``.
///
///     let net = AdvisorRung("network", .network, AnyClassifier(TablePreparation().then(network)))
public struct AdvisorRung<Estimator: SupervisedEstimator>: Sendable {
  /// What the leaderboard calls it.
  public let name: String
  /// How complex it is.
  public let family: ModelFamily
  /// Whether a person can follow how it comes to an answer.
  public let isExplainable: Bool
  /// The method.
  public let estimator: Estimator

  /// - Parameters:
  ///   - name: what the leaderboard calls it.
  ///   - family: how complex it is.
  ///   - estimator: the method.
  ///   - isExplainable: whether a person can follow how it comes to an answer.
  public init(_ name: String, _ family: ModelFamily, _ estimator: Estimator, isExplainable: Bool = false) {
    self.name = name
    self.family = family
    self.isExplainable = isExplainable
    self.estimator = estimator
  }
}

/// The ladders for tables.
enum AdvisorLadder {
  static func classification<Label: Hashable & Sendable>(
    seed: UInt64
  ) -> [AdvisorRung<AnyClassifier<DataFrame, Label>>] {
    let table = TablePreparation()
    return [
      AdvisorRung(
        "baseline", .baseline, AnyClassifier(table.then(DummyClassifier<Label>())), isExplainable: true),
      AdvisorRung(
        "logistic regression", .linear, AnyClassifier(table.then(LogisticRegression<Label>())), isExplainable: true),
      AdvisorRung(
        "decision tree", .trees,
        AnyClassifier(table.then(DecisionTreeClassifier<Label>(maximumDepth: 4, minimumLeafSamples: 5))),
        isExplainable: true),
      AdvisorRung("random forest", .trees, AnyClassifier(table.then(RandomForestClassifier<Label>(seed: seed)))),
      AdvisorRung(
        "boosted trees", .boosting,
        AnyClassifier(table.then(HistogramGradientBoostingClassifier<Label>(seed: seed)))),
    ]
  }

  static func regression(seed: UInt64) -> [AdvisorRung<AnyRegressor<DataFrame>>] {
    let table = TablePreparation()
    return [
      AdvisorRung("baseline", .baseline, AnyRegressor(table.then(DummyRegressor())), isExplainable: true),
      AdvisorRung("ridge regression", .linear, AnyRegressor(table.then(Ridge())), isExplainable: true),
      AdvisorRung(
        "decision tree", .trees,
        AnyRegressor(table.then(DecisionTreeRegressor(maximumDepth: 4, minimumLeafSamples: 5))), isExplainable: true),
      AdvisorRung("random forest", .trees, AnyRegressor(table.then(RandomForestRegressor(seed: seed)))),
      AdvisorRung(
        "boosted trees", .boosting, AnyRegressor(table.then(HistogramGradientBoostingRegressor(seed: seed)))),
    ]
  }
}
