import Foundation
import MartletModels
import MartletNumerics

/// Methods that group samples and methods that notice unusual ones, one line each.
extension BatteryCase {
  static let groupings: [BatteryCase] = [
    .grouping("KMeans", KMeans(clusters: 3, seed: 1), [.dependsOnOrder]),
    .grouping("StandardScaler → KMeans", StandardScaler().then(KMeans(clusters: 3, seed: 1)), [.dependsOnOrder]),
    .grouping("MiniBatchKMeans", MiniBatchKMeans(clusters: 3, batchSize: 20, seed: 1), [.dependsOnOrder]),
    .grouping("MeanShift", MeanShift(bandwidth: 3)),
    .grouping("GaussianMixture", GaussianMixture(components: 3, covariance: .diagonal, seed: 1), [.dependsOnOrder]),
    .partition("AgglomerativeClustering", AgglomerativeClustering(clusters: 3)) { $0.labels },
    .partition("DBSCAN", DBSCAN(radius: 1.7, minimumSamples: 4)) { $0.labels },
    .partition("OPTICS", OPTICS(minimumSamples: 4), [.dependsOnOrder]) { $0.labels(radius: 1.7) },
    .partition("HDBSCAN", HDBSCAN(minimumClusterSize: 5), [.dependsOnOrder]) { $0.labels },
    .partition("SpectralClustering", SpectralClustering(clusters: 3, affinity: .rbf(gamma: 0.2), seed: 1)) {
      $0.labels
    },
  ]

  static let detectors: [BatteryCase] = [
    .detector("IsolationForest", forest, [.dependsOnOrder, .weightsAreNotRepetition]) {
      try forest.fit($0, weights: $1)
    },
    .detector("LocalOutlierFactor", LocalOutlierFactor(neighbors: 8)),
    .detector("StandardScaler → LocalOutlierFactor", StandardScaler().then(LocalOutlierFactor(neighbors: 8))),
    .detector("EllipticEnvelope", EllipticEnvelope(seed: 1), [.dependsOnOrder, .needsVaryingFeatures]),
    .detector("OneClassSVM", oneClass) { try oneClass.fit($0, weights: $1) },
  ]
  private static let forest = IsolationForest(trees: 3, samplesPerTree: 16, seed: 1)
  private static let oneClass = OneClassSVM(outlierFraction: 0.2, kernel: .rbf(gamma: 0.05), tolerance: 1e-8)

  /// A method whose model tells the group of new samples.
  private static func grouping<E>(_ name: String, _ estimator: E, _ traits: Set<Trait> = []) -> BatteryCase
  where
    E: UnsupervisedEstimator<Matrix, E.Model>, E.Model: Predictor & Codable, E.Model.Features == Matrix,
    E.Model.Prediction == [Int]
  {
    @Sendable func seen(_ model: E.Model) -> FittedCase {
      FittedCase(
        answers: { x in
          let labels = firstComeFirst(try model.predict(x))
          return Matrix(labels, shape: [labels.count, 1])
        }, predictions: { try model.predict($0).map(Double.init) }, classes: [],
        encoded: { try JSONEncoder().encode(model) },
        decoded: { seen(try JSONDecoder().decode(E.Model.self, from: $0)) }, summary: { model as? any ModelSummary })
    }
    return BatteryCase(
      name: name, kind: .grouping, traits: traits.union([.answersDependOnOthers]),
      fit: { x, _, _ in seen(try estimator.fit(x)) }, takesWeights: false, labelProblems: { [] })
  }

  /// A method that groups the samples of fitting alone; it answers with the sizes of its groups, the largest first.
  private static func partition<E>(
    _ name: String, _ estimator: E, _ traits: Set<Trait> = [], labels: @escaping @Sendable (E.Model) -> [Int]
  ) -> BatteryCase
  where E: UnsupervisedEstimator<Matrix, E.Model>, E.Model: Codable {
    @Sendable func seen(_ model: E.Model) -> FittedCase {
      FittedCase(
        answers: { _ in
          let sizes = Dictionary(grouping: labels(model)) { $0 }.values.map { Double($0.count) }.sorted(by: >)
          return Matrix(sizes, shape: [sizes.count, 1])
        }, predictions: { _ in labels(model).map(Double.init) }, classes: [],
        encoded: { try JSONEncoder().encode(model) },
        decoded: { seen(try JSONDecoder().decode(E.Model.self, from: $0)) }, summary: { model as? any ModelSummary })
    }
    return BatteryCase(
      name: name, kind: .grouping, traits: traits.union([.answersForItsOwnSamples]),
      fit: { x, _, _ in seen(try estimator.fit(x)) }, takesWeights: false, labelProblems: { [] })
  }

  /// A method that notices unusual samples, with weights where it takes them.
  private static func detector<E>(
    _ name: String, _ estimator: E, _ traits: Set<Trait> = [],
    weighted: (@Sendable (Matrix, [Double]) throws -> E.Model)? = nil
  ) -> BatteryCase
  where E: UnsupervisedEstimator<Matrix, E.Model>, E.Model: AnomalyModel & Codable {
    @Sendable func seen(_ model: E.Model) -> FittedCase {
      FittedCase(
        answers: { x in
          let scores = try model.scores(x)
          return Matrix(scores, shape: [scores.count, 1])
        }, predictions: { try model.isAnomaly($0).map { $0 ? 1 : 0 } }, classes: [],
        encoded: { try JSONEncoder().encode(model) },
        decoded: { seen(try JSONDecoder().decode(E.Model.self, from: $0)) }, summary: { model as? any ModelSummary })
    }
    return BatteryCase(
      name: name, kind: .detector, traits: traits,
      fit: { x, _, weights in
        guard let weights, let weighted else { return seen(try estimator.fit(x)) }
        return seen(try weighted(x, weights))
      }, takesWeights: weighted != nil, labelProblems: { [] })
  }

  /// The groups numbered in the order of their first samples: their own numbers mean nothing.
  private static func firstComeFirst(_ labels: [Int]) -> [Double] {
    var numbers: [Int: Double] = [:]
    return labels.map { label in
      let number = numbers[label] ?? Double(numbers.count)
      numbers[label] = number
      return number
    }
  }
}
