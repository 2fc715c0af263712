import MartletNumerics

/// Tells classes apart by how often each feature occurs in them: words in texts, clicks on pages.
///
/// The probability of feature `j` in a class is `(count of j + α) / (count of all + α · d)`; a sample's counts are drawn
/// from these, independently of each other.
///
///     let digits = try Datasets.digits()
///     let model = try MultinomialNaiveBayes<Int>().fit(digits.features, digits.labels)
///     try model.score(digits.features, digits.labels)      // 0.9053978853644964
///
/// Reference: Manning, Raghavan and Schütze (2008), Introduction to information retrieval, section 13.2.
public struct MultinomialNaiveBayes<Label: Hashable & Sendable>: WeightedEstimator {
  public typealias Features = Matrix
  public typealias Target = [Label]

  /// Added to every count, so that what was never seen is not impossible; above 0. (scikit-learn: `alpha`)
  public var smoothing: Double
  /// How probable each class is beforehand. (scikit-learn: `fit_prior`, `class_prior`)
  public var priors: ClassPriors<Label>

  /// - Parameters:
  ///   - smoothing: added to every count.
  ///   - priors: how probable each class is beforehand.
  public init(smoothing: Double = 1, priors: ClassPriors<Label> = .observed) {
    self.smoothing = smoothing
    self.priors = priors
  }

  /// What it has learned.
  public typealias Model = CountModel<Label>

  private var event: CountEvent { .multinomial }

  /// - Parameters:
  ///   - x: shape `[n, d]`, counts of at least 0.
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

extension MultinomialNaiveBayes: SparseEstimator {
  /// - Parameters:
  ///   - x: sparse, `[n, d]`, counts of at least 0.
  ///   - y: `n` labels of at least two classes.
  ///   - weights: how much each sample counts.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `tooFewClasses`, `notFinite` or `parameter`.
  /// - Complexity: O(stored · classes).
  public func fit(_ x: SparseMatrix, _ y: [Label], weights: [Double]?) throws(FitError) -> Model {
    try CountModelChecks.fit(x, y, weights, priors: priors, smoothing: smoothing, event: event)
  }
}
