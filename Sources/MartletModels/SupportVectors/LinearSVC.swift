import MartletNumerics

/// Tells classes apart by straight borders with wide margins; for many more samples than ``SVC`` can take.
///
/// For each class against all others, minimises `½(‖w‖² + b²) + C ∑ᵢ vᵢ max(0, 1 − yᵢ(w · xᵢ + b))²` by ``LBFGS``, where
/// `vᵢ` is how much a sample counts. The problem is smooth and has one minimum.
///
///     let digits = try Datasets.digits()
///     let scaled = try StandardScaler().fit(digits.features).transform(digits.features)
///     let model = try LinearSVC<Int>().fit(scaled, digits.labels)
///     model.coefficients.shape      // [10, 64]
///
/// Scale features of different units first.
///
/// Reference: Fan and others (2008), LIBLINEAR: a library for large linear classification.
public struct LinearSVC<Label: Hashable & Sendable>: WeightedEstimator {
  public typealias Features = Matrix
  public typealias Target = [Label]

  /// How much a sample within the margin costs; above 0. (scikit-learn: `C`)
  public var inverseRegularization: Double
  /// Whether each class has an intercept. (scikit-learn: `fit_intercept`)
  public var fitsIntercept: Bool
  /// How much the classes count: of several, each against all others, which count 1 there. (scikit-learn: `class_weight`)
  public var classWeights: ClassWeights<Label>
  /// It has arrived when no component of the gradient of the mean loss is larger than this.
  public var tolerance: Double
  /// The most steps for each class.
  public var maximumIterations: Int

  /// - Parameters:
  ///   - inverseRegularization: above 0.
  ///   - fitsIntercept: `false` puts every border through the origin.
  ///   - classWeights: how much the classes count.
  ///   - tolerance: at least 0.
  ///   - maximumIterations: at least 1.
  public init(
    inverseRegularization: Double = 1, fitsIntercept: Bool = true, classWeights: ClassWeights<Label> = .equal,
    tolerance: Double = 1e-7, maximumIterations: Int = 10_000
  ) {
    self.inverseRegularization = inverseRegularization
    self.fitsIntercept = fitsIntercept
    self.classWeights = classWeights
    self.tolerance = tolerance
    self.maximumIterations = maximumIterations
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: `n` labels of at least two classes.
  ///   - weights: how much each sample counts.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `tooFewClasses`, `notFinite` or `parameter`.
  /// - Complexity: O(n · d) a step.
  public func fit(_ x: Matrix, _ y: [Label], weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.features(x)
    try SampleChecks.pairs(x, targets: y.count)
    return try learn(x, y, weights)
  }

  /// What both kinds of samples share, which have been checked.
  private func learn<Samples: LinearSamples>(
    _ x: Samples, _ y: [Label], _ weights: [Double]?
  ) throws(FitError) -> Model {
    try SampleChecks.parameter(
      inverseRegularization > 0 && inverseRegularization.isFinite, "inverseRegularization", "above 0 and finite",
      inverseRegularization)
    try SampleChecks.parameter(tolerance >= 0, "tolerance", "of at least 0", tolerance)
    try SampleChecks.parameter(maximumIterations > 0, "maximumIterations", "above 0", maximumIterations)
    let coding = try SampleChecks.classes(y, try classWeights.weights(of: y, and: weights))
    let ofClass = try classWeights.weightsOfClasses(y, weights)
    let search = LBFGS(gradientTolerance: tolerance, maximumIterations: maximumIterations)
    let positives = coding.classes.count == 2 ? [1] : Array(coding.classes.indices)
    let found = positives.map { positive in
      let costs = ClassWeights.weights(
        of: coding.codes, ofClass, coding.classes, and: weights, against: positives.count == 1 ? nil : positive)
      let loss = SquaredHingeLoss(
        features: x, signs: coding.codes.map { $0 == positive ? 1 : -1 }, costs: costs,
        inverseRegularization: inverseRegularization, fitsIntercept: fitsIntercept)
      return search.minimize(from: [Double](repeating: 0, count: loss.parameterCount)) { loss.evaluate($0) }
    }
    let width = x.shape[1]
    return Model(
      classes: coding.classes,
      coefficients: Matrix(found.flatMap { $0.point[..<width] }, shape: [positives.count, width]),
      intercepts: found.map { fitsIntercept ? $0.point[width] : 0 },
      hasConverged: found.allSatisfy(\.hasConverged), sampleCount: y.count)
  }

  /// What `LinearSVC` has learned.
  public struct Model: LinearClassifier {
    public typealias Features = Matrix
    public typealias Prediction = [Label]
    public let classes: [Label]
    /// The weights: shape `[classes, features]`, or `[1, features]` for two classes (those of the second).
    public let coefficients: Matrix
    /// One for each row of weights.
    public let intercepts: [Double]
    /// Whether every class arrived within the steps it was given.
    public let hasConverged: Bool
    /// How many samples it has learned from.
    public let sampleCount: Int

    public static var title: String { "Linear support vector classifier" }
    public func facts(_ subject: String) -> [String] {
      ["\(subject) from \(sampleCount) samples" + (hasConverged ? "" : ", not settled")]
    }

    enum CodingKeys: String, CodingKey { case classes, coefficients, intercepts, hasConverged, sampleCount }
  }
}

extension LinearSVC: SparseEstimator {
  /// - Parameters:
  ///   - x: sparse, `[n, d]`, every value finite.
  ///   - y: `n` labels of at least two classes.
  ///   - weights: how much each sample counts.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `tooFewClasses`, `notFinite` or `parameter`.
  /// - Complexity: O(stored) a step and class.
  public func fit(_ x: SparseMatrix, _ y: [Label], weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.features(x)
    try SampleChecks.pairs(x, targets: y.count)
    return try learn(x, y, weights)
  }
}

extension LinearSVC.Model: SparseClassifier {}
extension LinearSVC.Model: Encodable where Label: Encodable {}
extension LinearSVC.Model: Decodable where Label: Decodable {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    classes = try ModelChecks.classes(file, .classes)
    let rows = classes.count == 2 ? 1 : classes.count
    coefficients = try ModelChecks.matrix(file, .coefficients, rows: rows)
    intercepts = try ModelChecks.numbers(file, .intercepts, count: rows)
    hasConverged = try file.decode(Bool.self, forKey: .hasConverged)
    sampleCount = try file.decode(Int.self, forKey: .sampleCount)
  }
}

/// The squared hinge loss of one class against the others, and its gradient, divided by what all samples cost.
struct SquaredHingeLoss<Samples: LinearSamples> {
  private let features: Samples
  private let signs: [Double]
  private let costs: [Double]?
  private let penalty: Double
  private let total: Double
  private let fitsIntercept: Bool

  init(features: Samples, signs: [Double], costs: [Double]?, inverseRegularization: Double, fitsIntercept: Bool) {
    self.features = features
    self.signs = signs
    self.costs = costs
    self.fitsIntercept = fitsIntercept
    total = costs?.reduce(0, +) ?? Double(signs.count)
    penalty = 1 / (inverseRegularization * total)
  }

  var parameterCount: Int { features.shape[1] + (fitsIntercept ? 1 : 0) }

  func evaluate(_ parameters: [Double]) -> (value: Double, gradient: [Double]) {
    let width = features.shape[1]
    var scores = (features • Matrix(Array(parameters[..<width]))).scalars
    let intercept = fitsIntercept ? parameters[width] : 0
    var loss = 0.0
    for sample in scores.indices {
      let cost = costs?[sample] ?? 1
      let short = max(0, 1 - signs[sample] * (scores[sample] + intercept))
      loss += cost * short * short
      scores[sample] = -2 * cost * signs[sample] * short / total
    }
    var gradient = (Matrix(scores) • features).scalars
    if fitsIntercept { gradient.append(scores.reduce(0, +)) }
    var size = 0.0
    for place in parameters.indices {
      gradient[place] += penalty * parameters[place]
      size += parameters[place] * parameters[place]
    }
    return (loss / total + penalty / 2 * size, gradient)
  }
}
