import MartletNumerics

/// ``RidgeClassifier`` with the regularization that predicts left-out samples best, found as by ``RidgeCV``.
///
///     let iris = try Datasets.iris()
///     let (x, y) = (try iris.matrix(except: "species"), try iris["species", String.self].values())
///     let model = try RidgeClassifierCV<String>(regularizations: [0.001, 0.01, 0.1, 1]).fit(x, y)
///     model.regularization      // 1.0
///
/// Reference: Rifkin and Lippert (2007), Notes on regularized least squares. (scikit-learn: `RidgeClassifierCV`)
public struct RidgeClassifierCV<Label: Hashable & Sendable>: WeightedEstimator {
  public typealias Features = Matrix
  public typealias Target = [Label]

  /// What is tried; each above 0. (scikit-learn: `alphas`)
  public var regularizations: [Double]
  /// Whether each class has an intercept. (scikit-learn: `fit_intercept`)
  public var fitsIntercept: Bool
  /// How much the classes count. (scikit-learn: `class_weight`)
  public var classWeights: ClassWeights<Label>

  /// - Parameters:
  ///   - regularizations: at least one, each above 0.
  ///   - fitsIntercept: `false` puts every border through the origin.
  ///   - classWeights: how much the classes count.
  public init(
    regularizations: [Double] = [0.1, 1, 10], fitsIntercept: Bool = true, classWeights: ClassWeights<Label> = .equal
  ) {
    self.regularizations = regularizations
    self.fitsIntercept = fitsIntercept
    self.classWeights = classWeights
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: `n` labels of at least two classes.
  ///   - weights: how much each sample counts.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `tooFewClasses`, `notFinite`, `parameter` or `notConverged`.
  /// - Complexity: O(n · d · min(n, d)) time, and O(n · min(n, d) · classes) for each value that is tried.
  public func fit(_ x: Matrix, _ y: [Label], weights: [Double]?) throws(FitError) -> Model {
    try LeftOutErrors.check(regularizations)
    let targets = try RidgeTargets(x, y, weights, classWeights, fitsIntercept)
    let leftOut = try LeftOutErrors(targets.samples, weights: targets.weights, fitsIntercept: fitsIntercept)
    let (best, errors) = leftOut.best(of: regularizations)
    let base = try RidgeClassifier<Label>(regularization: best).fit(targets)
    return Model(base: base, regularizations: regularizations, errors: errors)
  }

  /// What `RidgeClassifierCV` has learned.
  public struct Model: LinearClassifier {
    public typealias Features = Matrix
    public typealias Prediction = [Label]
    let base: RidgeClassifier<Label>.Model
    /// What was tried.
    public let regularizations: [Double]
    /// The mean squared error of the targets −1 and 1 over samples that were left out, for each of ``regularizations``.
    public let errors: [Double]

    /// The regularization with the smallest error.
    public var regularization: Double { base.regularization }
    public var classes: [Label] { base.classes }
    public var coefficients: Matrix { base.coefficients }
    public var intercepts: [Double] { base.intercepts }
    public static var title: String { "Ridge classifier, regularization by leaving one out" }
    public func facts(_ subject: String) -> [String] { base.facts(subject) }
  }
}

extension RidgeClassifierCV.Model: Encodable where Label: Encodable {}
extension RidgeClassifierCV.Model: Decodable where Label: Decodable {}
