import Foundation
import MartletModels
import MartletNumerics
import Testing

/// One estimator under the battery of checks that hold for all: its types are hidden behind matrices and numbers.
struct BatteryCase: Sendable, CustomTestStringConvertible {
  /// What sets an estimator apart, so that a check does not apply or is looser.
  enum Trait: Hashable, Sendable {
    /// What it learns depends on the order of the samples, as with stochastic steps or bootstrap.
    case dependsOnOrder
    /// A weight does not act as repetition does, as with bootstrap or quantised features.
    case weightsAreNotRepetition
    /// NaN stands for a missing value.
    case acceptsMissing
    /// It answers for one class alone.
    case acceptsOneClass
    /// Features have to be at least 0.
    case needsNonNegative
    /// It cannot say more about a sample without its neighbours, so that answers for parts differ.
    case answersDependOnOthers
    /// Its most probable class is not always its answer, as with a decision threshold or voting.
    case answersDifferFromProbabilities
    /// It never looks at the features.
    case ignoresFeatures
    /// What it may answer is limited, so that it cannot learn these samples well.
    case isHeldBack
    /// It says something of the samples of fitting, and nothing of others.
    case answersForItsOwnSamples
    /// A feature that never varies is refused.
    case needsVaryingFeatures
  }

  enum Kind: Sendable {
    case classifier, regressor, transformer, grouping, detector

    /// Whether it learns from answers.
    var isSupervised: Bool { self == .classifier || self == .regressor }
  }

  let name: String
  let kind: Kind
  let traits: Set<Trait>
  /// Fits to features, numbers (for classes their codes) and weights. `nil` weights use the plain `fit`.
  let fit: @Sendable (Matrix, [Double], [Double]?) throws -> FittedCase
  /// Whether `fit` takes weights.
  let takesWeights: Bool
  /// Fits to labels of other types, and says what is wrong with the outcome.
  let labelProblems: @Sendable () throws -> [String]

  var testDescription: String { name }
  func has(_ trait: Trait) -> Bool { traits.contains(trait) }
}

/// A fitted model, seen through numbers.
struct FittedCase: Sendable {
  /// Probabilities, predictions as one column, or transformed features: shape `[samples, k]`.
  let answers: @Sendable (Matrix) throws -> Matrix
  /// The predictions as numbers, where there are any.
  let predictions: @Sendable (Matrix) throws -> [Double]
  /// The classes as numbers, for a classifier.
  let classes: [Double]
  /// The model as JSON.
  let encoded: @Sendable () throws -> Data
  /// The model that such JSON stands for.
  let decoded: @Sendable (Data) throws -> FittedCase
  /// What the model says of itself, where it says anything.
  let summary: @Sendable () -> (any ModelSummary)?
}

/// Labels of an enum that cannot be compared.
enum Size: String, Codable, CaseIterable, Sendable { case small, medium, large }

extension BatteryCase {
  /// A method that tells classes apart, for four types of labels.
  static func classifier<I, S, B, Z>(
    _ name: String, _ integers: I, _ texts: S, _ flags: B, _ sizes: Z, _ traits: Set<Trait> = []
  ) -> BatteryCase
  where
    I: SupervisedEstimator<Matrix, [Int], I.Model>, I.Model: Classifier & Codable, I.Model.Label == Int,
    S: SupervisedEstimator<Matrix, [String], S.Model>, S.Model: Classifier & Codable, S.Model.Label == String,
    B: SupervisedEstimator<Matrix, [Bool], B.Model>, B.Model: Classifier & Codable, B.Model.Label == Bool,
    Z: SupervisedEstimator<Matrix, [Size], Z.Model>, Z.Model: Classifier & Codable, Z.Model.Label == Size
  {
    let weighted = integers as? any WeightedEstimator<Matrix, [Int], I.Model>
    return BatteryCase(
      name: name, kind: .classifier, traits: traits,
      fit: { x, y, weights in
        let labels = y.map { Int($0) }
        guard let weights, let weighted else { return seen(try integers.fit(x, labels)) }
        return seen(try weighted.fit(x, labels, weights: weights))
      }, takesWeights: weighted != nil,
      labelProblems: {
        try problems(texts, ["a", "b", "c"]) + problems(flags, [false, true]) + problems(sizes, Size.allCases)
      })
  }

  /// A method that predicts numbers.
  static func regressor<E>(_ name: String, _ estimator: E, _ traits: Set<Trait> = []) -> BatteryCase
  where E: SupervisedEstimator<Matrix, [Double], E.Model>, E.Model: Regressor & Codable {
    let weighted = estimator as? any WeightedEstimator<Matrix, [Double], E.Model>
    return BatteryCase(
      name: name, kind: .regressor, traits: traits,
      fit: { x, y, weights in
        guard let weights, let weighted else { return seen(try estimator.fit(x, y)) }
        return seen(try weighted.fit(x, y, weights: weights))
      }, takesWeights: weighted != nil, labelProblems: { [] })
  }

  /// A method that changes features, with weights where it takes them.
  static func transformer<E>(
    _ name: String, _ estimator: E, _ traits: Set<Trait> = [],
    weighted: (@Sendable (E, Matrix, [Double]) throws -> E.Model)? = nil
  ) -> BatteryCase
  where
    E: UnsupervisedEstimator<Matrix, E.Model>, E.Model: Transformer & Codable, E.Model.Input == Matrix,
    E.Model.Output == Matrix
  {
    BatteryCase(
      name: name, kind: .transformer, traits: traits,
      fit: { x, _, weights in
        guard let weights, let weighted else { return seen(try estimator.fit(x)) }
        return seen(try weighted(estimator, x, weights))
      }, takesWeights: weighted != nil, labelProblems: { [] })
  }

  private static func seen<M: Classifier & Codable>(_ model: M) -> FittedCase
  where M.Features == Matrix, M.Label == Int {
    FittedCase(
      answers: { try model.predictProbabilities($0) }, predictions: { try model.predict($0).map(Double.init) },
      classes: model.classes.map(Double.init), encoded: { try JSONEncoder().encode(model) },
      decoded: { seen(try JSONDecoder().decode(M.self, from: $0)) }, summary: { model as? any ModelSummary })
  }

  private static func seen<M: Regressor & Codable>(_ model: M) -> FittedCase where M.Features == Matrix {
    FittedCase(
      answers: {
        let predictions = try model.predict($0)
        return Matrix(predictions, shape: [predictions.count, 1])
      }, predictions: { try model.predict($0) }, classes: [], encoded: { try JSONEncoder().encode(model) },
      decoded: { seen(try JSONDecoder().decode(M.self, from: $0)) }, summary: { model as? any ModelSummary })
  }

  static func seen<M: Transformer & Codable>(_ model: M) -> FittedCase where M.Input == Matrix, M.Output == Matrix {
    FittedCase(
      answers: { try model.transform($0) }, predictions: { _ in [] }, classes: [],
      encoded: { try JSONEncoder().encode(model) }, decoded: { seen(try JSONDecoder().decode(M.self, from: $0)) },
      summary: { model as? any ModelSummary })
  }

  /// What is wrong with an estimator of such labels: what it predicts, its classes, and its file.
  private static func problems<E, Label: Codable>(_ estimator: E, _ labels: [Label]) throws -> [String]
  where E: SupervisedEstimator<Matrix, [Label], E.Model>, E.Model: Classifier & Codable, E.Model.Label == Label {
    let data = BatteryData.classes(labels.count)
    let y = data.codes.map { labels[$0] }
    let model = try estimator.fit(data.x, y)
    let again = try JSONDecoder().decode(E.Model.self, from: JSONEncoder().encode(model))
    var problems: [String] = []
    if Set(model.classes) != Set(labels) { problems.append("\(Label.self): classes are \(model.classes)") }
    if !(try model.predict(data.x)).allSatisfy(labels.contains) { problems.append("\(Label.self): an unknown label") }
    if try model.predict(data.x) != again.predict(data.x) || model.classes != again.classes {
      problems.append("\(Label.self): the file predicts something else")
    }
    return problems
  }
}

/// The data of the battery: three overlapping groups in four features, and a noisy sum of the features.
enum BatteryData {
  static func classes(_ count: Int = 3, samples: Int = 60) -> (x: Matrix, codes: [Int]) {
    var random = PCG64(seed: 11)
    let codes = (0..<samples).map { $0 * 7 % count }
    let rows: [[Double]] = codes.map { code in
      (0..<4).map { feature in
        let middle = 6 + 1.5 * Double(code * (feature % 2 + 1))
        return middle + random.standardNormal()
      }
    }
    return (Matrix(rows), codes)
  }

  /// Features and what an estimator of that kind learns from: codes of classes, or numbers.
  static func samples(_ kind: BatteryCase.Kind) -> (x: Matrix, y: [Double]) {
    let (x, codes) = classes()
    if kind == .classifier { return (x, codes.map(Double.init)) }
    var random = PCG64(seed: 12)
    return (x, (0..<x.shape[0]).map { x[$0, 0] - 2 * x[$0, 1] + 0.5 * random.standardNormal() })
  }

  /// The features of samples that were not learned from.
  static let fresh: Matrix = {
    var random = PCG64(seed: 13)
    return random.normals(shape: [25, 4], mean: 7, standardDeviation: 2).map { Swift.abs($0) }
  }()
}

/// Runs `work` and gives the kind of the `FitError` that it threw.
func refusal(_ work: () throws -> some Any) -> FitError.Kind? {
  do {
    _ = try work()
    return nil
  } catch { return (error as? FitError)?.kind }
}
