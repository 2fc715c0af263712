import MartletFrames
import MartletNumerics

/// Tells classes apart by each feature's mean and variance in every class, as if features did not depend on each other.
///
/// The density of a sample in a class is the product of its features' normal densities.
///
///     let iris = try Datasets.iris()
///     let model = try GaussianNaiveBayes<String>().fit(iris, target: "species")
///     try model.score(iris)      // 0.96
///
/// Quick, content with few samples, and usually too sure of itself, since features do depend on each other.
///
/// Reference: Chan, Golub and LeVeque (1979), Updating formulae and a pairwise algorithm for computing sample variances.
public struct GaussianNaiveBayes<Label: Hashable & Sendable>: WeightedEstimator {
  /// How probable each class is beforehand. (scikit-learn: `priors`)
  public var priors: ClassPriors<Label>
  /// The fraction of the largest variance of a feature that is added to all; at least 0. (scikit-learn:
  /// `var_smoothing`)
  public var smoothing: Double

  /// - Parameters:
  ///   - priors: how probable each class is beforehand.
  ///   - smoothing: keeps a feature that does not vary within a class from deciding everything.
  public init(priors: ClassPriors<Label> = .observed, smoothing: Double = 1e-9) {
    self.priors = priors
    self.smoothing = smoothing
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: `n` labels of at least two classes.
  ///   - weights: how much each sample counts.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `tooFewClasses`, `notFinite` or `parameter`.
  /// - Complexity: O(n · d).
  public func fit(_ x: Matrix, _ y: [Label], weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.parameter(smoothing >= 0 && smoothing.isFinite, "smoothing", "of at least 0", smoothing)
    try SampleChecks.features(x)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.weights(weights, count: y.count)
    let coding = try SampleChecks.classes(y, weights)
    let moments = ClassMoments(x, coding.codes, classCount: coding.classes.count, weights)
    return try Model(coding.classes, moments, priors, smoothing)
  }

  /// Learns from more samples of the same classes: the same as one fit to all, and those before need not be kept.
  /// (scikit-learn: `partial_fit`)
  /// - Throws: ``FitError`` as in fitting, and of kind `parameter` for a label that is none of the model's classes.
  public func update(_ model: inout Model, _ x: Matrix, _ y: [Label], weights: [Double]? = nil) throws(FitError) {
    try SampleChecks.features(x, count: model.means.shape[1])
    try SampleChecks.pairs(x, targets: y.count)
    if y.isEmpty { return }
    try SampleChecks.weights(weights, count: y.count)
    let codes = try ClassShares.codes(y, of: model.classes)
    let more = ClassMoments(x, codes, classCount: model.classes.count, weights)
    model = try Model(model.classes, model.moments.joined(more), priors, smoothing)
  }

  /// What `GaussianNaiveBayes` has learned.
  public struct Model: Classifier {
    public let classes: [Label]
    let moments: ClassMoments
    /// How probable each class is beforehand.
    public let priors: [Double]
    /// What is added to every variance.
    public let addedVariance: Double

    /// The features' means in each class, shape `[classes, features]`.
    public var means: Matrix { moments.means }
    /// The features' variances in each class with what is added to them, shape `[classes, features]`.
    public var variances: Matrix { moments.variances + addedVariance }

    init(
      _ classes: [Label], _ moments: ClassMoments, _ priors: ClassPriors<Label>, _ smoothing: Double
    ) throws(FitError) {
      self.classes = classes
      self.moments = moments
      self.priors = try priors.probabilities(classes, counts: moments.counts)
      let added = smoothing * moments.totalVariances.max()
      // Samples that do not differ at all would have infinite densities.
      addedVariance = added > 0 || moments.variances.min() > 0 ? added : max(smoothing, .ulpOfOne)
    }

    /// The logarithm of each class's prior times the sample's density in it, shape `[n, classes]`.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func jointLogLikelihood(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: means.shape[1])
      let variances = self.variances
      let columns = classes.indices.map { code in
        let missed = x - means.row(code)
        let spread = variances.row(code)
        let constant = log(priors[code]) - 0.5 * log(spread * (2 * Double.pi)).sum()
        return (missed * missed / spread).sum(axis: 1) * -0.5 + constant
      }
      return Matrix.stacked(columns, axis: 1)
    }

    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predict(_ x: Matrix) throws(FitError) -> [Label] {
      let joint = try jointLogLikelihood(x)
      return x.shape[0] == 0 ? [] : joint.argMax(axis: 1).scalars.map { classes[$0] }
    }

    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predictProbabilities(_ x: Matrix) throws(FitError) -> Matrix {
      ClassShares.probabilities(try jointLogLikelihood(x))
    }

    enum CodingKeys: String, CodingKey { case classes, moments, priors, addedVariance }
  }
}

extension GaussianNaiveBayes.Model: Encodable where Label: Encodable {}
extension GaussianNaiveBayes.Model: Decodable where Label: Decodable {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    classes = try ModelChecks.classes(file, .classes)
    moments = try file.decode(ClassMoments.self, forKey: .moments)
    try ModelChecks.fits(
      moments.means.shape[0] == classes.count, file, .moments, "moments of \(classes.count) classes")
    priors = try ModelChecks.numbers(file, .priors, count: classes.count)
    try ModelChecks.fits(priors.allSatisfy { $0 >= 0 }, file, .priors, "probabilities of at least 0")
    addedVariance = try file.decode(Double.self, forKey: .addedVariance)
    try ModelChecks.fits(
      addedVariance >= 0 && addedVariance + moments.variances.min() > 0, file, .addedVariance, "variances above 0")
  }
}

extension GaussianNaiveBayes.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let names = features ?? (0..<means.shape[1]).map { "feature \($0)" }
    let spreads = sqrt(variances)
    let columns = classes.indices.flatMap { code in
      [FrameNumberFormat.texts(means.row(code).scalars), FrameNumberFormat.texts(spreads.row(code).scalars)]
    }
    return ModelTable(
      title: "Gaussian naive Bayes",
      facts: ["\(target ?? "label") (\(classes.count) classes), each feature's mean and standard deviation"],
      header: ["feature"] + classes.flatMap { ["\($0)", "±"] },
      rows: names.indices.map { row in [names[row]] + columns.map { $0[row] } })
  }
}
