import MartletNumerics

/// A supervised estimator for which some samples may count more than others.
///
/// A weight of 2 stands for the sample being there twice; one of 0, for its being absent.
public protocol WeightedEstimator<Features, Target, Model>: SupervisedEstimator {
  // Named again so that they can be inferred from the `fit` with weights.
  associatedtype Features
  associatedtype Target
  associatedtype Model
  /// Learns from examples of which each counts as much as its weight.
  ///
  /// - Parameter weights: one for each sample, finite and not negative, with a positive sum; `nil` for all equal.
  ///   (scikit-learn: `sample_weight`)
  /// - Throws: ``FitError`` when the data or the weights cannot be learned from.
  func fit(_ x: Features, _ y: Target, weights: [Double]?) throws(FitError) -> Model
}

extension WeightedEstimator {
  /// Learns from examples that all count the same.
  /// - Throws: ``FitError`` when the data cannot be learned from.
  public func fit(_ x: Features, _ y: Target) throws(FitError) -> Model { try fit(x, y, weights: nil) }
}

extension SupervisedEstimator {
  /// Learns with weights where there are any and the estimator takes them.
  /// - Throws: ``FitError`` of kind `parameter` where it does not.
  func fit(_ x: Features, _ y: Target, countingBy weights: [Double]?) throws(FitError) -> Model {
    guard let weights else { return try fit(x, y) }
    guard let weighted = self as? any WeightedEstimator<Features, Target, Model> else {
      throw .takesNoWeights(Self.self)
    }
    return try weighted.fit(x, y, weights: weights)
  }
}

extension FitError {
  static func takesNoWeights(_ estimator: Any.Type) -> FitError {
    FitError(
      .parameter, expected: "an estimator that takes weights", found: ModelFile.typeName(estimator),
      advice: "Leave the weights out, or take another estimator.")
  }
}

/// How much the classes count, when some are rarer than others or worse to miss. (scikit-learn: `class_weight`)
public enum ClassWeights<Label: Hashable & Sendable>: Sendable, Equatable {
  /// Every sample counts the same.
  case equal
  /// Every class counts the same: a sample of a class with `m` of `n` samples counts `n / (classes · m)`. Where samples have
  /// weights, `m` and `n` are sums of these, so that a weight of 2 still stands for the sample being there twice.
  case balanced
  /// A sample counts as its class does here, 1 where the class is absent; finite and not negative.
  case given([Label: Double])

  /// The weight of each sample: its own times its class's; `nil` when all are 1.
  func weights(of labels: [Label], and own: [Double]?) throws(FitError) -> [Double]? {
    guard let ofClass = try weightsOfClasses(labels, own) else { return own }
    return labels.indices.map { (own?[$0] ?? 1) * (ofClass[labels[$0]] ?? 1) }
  }

  /// The weights of samples where one class is told from all others: of several classes the others count 1, whatever each of
  /// them counts by itself. So it is in LIBLINEAR, and in scikit-learn's stochastic descent.
  ///
  /// - Parameters:
  ///   - codes: the samples' places among the classes.
  ///   - positive: the class that is told from the others; `nil` where there are two, which both count as they do.
  static func weights(
    of codes: [Int], _ ofClass: [Label: Double]?, _ classes: [Label], and own: [Double]?, against positive: Int?
  ) -> [Double]? {
    guard let ofClass else { return own }
    let factors = classes.indices.map { positive == nil || $0 == positive ? ofClass[classes[$0]] ?? 1 : 1 }
    return codes.indices.map { (own?[$0] ?? 1) * factors[codes[$0]] }
  }

  /// What a sample of each class counts, 1 for those absent; `nil` when all count the same.
  func weightsOfClasses(_ labels: [Label], _ own: [Double]?) throws(FitError) -> [Label: Double]? {
    try SampleChecks.weights(own, count: labels.count)
    switch self {
    case .equal: return nil
    case .given(let given):
      if let wrong = given.first(where: { !($0.value.isFinite && $0.value >= 0) }) {
        throw FitError(
          .parameter, expected: "class weights that are finite and not negative",
          found: "\(wrong.value) for \(wrong.key)",
          advice: "Change it and fit again.")
      }
      return given
    case .balanced:
      let sums = Dictionary(zip(labels, own ?? labels.map { _ in 1 }), uniquingKeysWith: +).filter { $0.value > 0 }
      // Added up in the order of the samples, so that the last digit does not depend on that of a dictionary.
      let total = own?.reduce(0, +) ?? Double(labels.count)
      return sums.mapValues { total / (Double(sums.count) * $0) }
    }
  }
}

extension SampleChecks {
  /// Weights are usable: one for each sample, finite, not negative, and not all zero.
  package static func weights(_ weights: [Double]?, count: Int) throws(FitError) {
    guard let weights else { return }
    guard weights.count == count else {
      throw FitError(
        .shape, expected: "one weight for each of the \(count) samples", found: "\(weights.count) weights",
        advice: "Cut features, targets and weights from the same rows.")
    }
    if let place = weights.firstIndex(where: { !($0.isFinite && $0 >= 0) }) {
      throw FitError(
        .parameter, expected: "weights that are finite and not negative",
        found: "\(weights[place]) for sample \(place)",
        advice: "A weight of 0 leaves a sample out.")
    }
    if !weights.contains(where: { $0 > 0 }) {
      throw FitError(
        .parameter, expected: "a positive weight for at least one sample", found: "weights that are all 0",
        advice: "Leave the weights out to count all samples the same.")
    }
  }
}

/// Means in which some values count more than others.
enum WeightedMeans {
  static func mean(_ values: [Double], _ weights: [Double]?) -> Double {
    guard let weights else { return MartletNumerics.mean(values) }
    return Matrix(values).dot(Matrix(weights)) / weights.reduce(0, +)
  }

  /// The mean squared distance from the mean.
  static func spread(_ values: [Double], _ weights: [Double]?) -> Double {
    let level = mean(values, weights)
    return mean(values.map { ($0 - level) * ($0 - level) }, weights)
  }

  /// The mean of each column of a matrix.
  static func columns(_ x: Matrix, _ weights: [Double]?) -> Matrix {
    guard let weights else { return x.mean(axis: 0) }
    return Matrix(weights) • x / weights.reduce(0, +)
  }
}
