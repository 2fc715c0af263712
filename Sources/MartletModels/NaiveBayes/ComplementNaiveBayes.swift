import MartletNumerics

/// Tells classes apart by how often each feature occurs in all the others: steadier than ``MultinomialNaiveBayes`` where
/// some classes have few samples.
///
///     let model = try ComplementNaiveBayes<String>().fit(counts, topics)
///     model.mostInformativeFeatures(3, names: words)
///
/// Reference: Rennie, Shih, Teevan and Karger (2003), Tackling the poor assumptions of naive Bayes text classifiers.
public struct ComplementNaiveBayes<Label: Hashable & Sendable>: WeightedEstimator {
  public typealias Features = Matrix
  public typealias Target = [Label]

  /// Added to every count, so that what was never seen is not impossible; above 0. (scikit-learn: `alpha`)
  public var smoothing: Double
  /// How probable each class is beforehand. (scikit-learn: `fit_prior`, `class_prior`)
  public var priors: ClassPriors<Label>
  /// Whether each class's weights are divided by their sum. (scikit-learn: `norm`)
  public var normalizes: Bool

  /// - Parameters:
  ///   - smoothing: added to every count.
  ///   - priors: how probable each class is beforehand.
  ///   - normalizes: whether each class's weights are divided by their sum.
  public init(smoothing: Double = 1, priors: ClassPriors<Label> = .observed, normalizes: Bool = false) {
    self.smoothing = smoothing
    self.priors = priors
    self.normalizes = normalizes
  }

  /// What it has learned.
  public typealias Model = CountModel<Label>

  private var event: CountEvent { .complement(isNormalized: normalizes) }

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

extension ComplementNaiveBayes: SparseEstimator {
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
