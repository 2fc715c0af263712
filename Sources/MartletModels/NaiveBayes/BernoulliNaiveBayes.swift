import MartletNumerics

/// Tells classes apart by which features are there, and which are not.
///
/// The probability that feature `j` is there in a class is `(samples with j + α) / (samples + 2α)`.
///
///     let digits = try Datasets.digits()
///     let model = try BernoulliNaiveBayes<Int>(threshold: 8).fit(digits.features, digits.labels)
///     try model.score(digits.features, digits.labels)      // 0.8953811908736784
///
/// Reference: Manning, Raghavan and Schütze (2008), Introduction to information retrieval, section 13.3.
public struct BernoulliNaiveBayes<Label: Hashable & Sendable>: WeightedEstimator {
  public typealias Features = Matrix
  public typealias Target = [Label]

  /// Added to every count, so that what was never seen is not impossible; above 0. (scikit-learn: `alpha`)
  public var smoothing: Double
  /// How probable each class is beforehand. (scikit-learn: `fit_prior`, `class_prior`)
  public var priors: ClassPriors<Label>
  /// A feature is there when it is above this. (scikit-learn: `binarize`)
  public var threshold: Double

  /// - Parameters:
  ///   - smoothing: added to every count.
  ///   - priors: how probable each class is beforehand.
  ///   - threshold: a feature is there when it is above this.
  public init(smoothing: Double = 1, priors: ClassPriors<Label> = .observed, threshold: Double = 0) {
    self.smoothing = smoothing
    self.priors = priors
    self.threshold = threshold
  }

  /// What it has learned.
  public typealias Model = CountModel<Label>

  private var event: CountEvent { .bernoulli(threshold: threshold) }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: `n` labels of at least two classes.
  ///   - weights: how much each sample counts.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `tooFewClasses`, `notFinite` or `parameter`.
  /// - Complexity: O(n · d · classes).
  public func fit(_ x: Matrix, _ y: [Label], weights: [Double]?) throws(FitError) -> Model {
    try CountModelChecks.fit(x, y, weights, priors: priors, smoothing: smoothing, event: event)
  }

  /// Learns from more samples of the same classes: the same as one fit to all. (scikit-learn: `partial_fit`)
  /// - Throws: ``FitError`` as in fitting, and of kind `parameter` for a label that is none of the model's classes.
  public func update(_ model: inout Model, _ x: Matrix, _ y: [Label], weights: [Double]? = nil) throws(FitError) {
    model = try model.updated(x, y, weights, priors)
  }
}

extension BernoulliNaiveBayes: SparseEstimator {
  /// - Parameters:
  ///   - x: sparse, `[n, d]`; the threshold is then to be at least 0.
  ///   - y: `n` labels of at least two classes.
  ///   - weights: how much each sample counts.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `tooFewClasses`, `notFinite` or `parameter`.
  /// - Complexity: O(stored · classes).
  public func fit(_ x: SparseMatrix, _ y: [Label], weights: [Double]?) throws(FitError) -> Model {
    try CountModelChecks.fit(x, y, weights, priors: priors, smoothing: smoothing, event: event)
  }
}
