import MartletNumerics

/// Bends each feature so that it looks as normal as a power can make it, then standardises it. (scikit-learn:
/// `PowerTransformer`)
///
/// The power of each feature is the one with the largest likelihood.
///
/// Reference: Yeo and Johnson (2000), A new family of power transformations; Box and Cox (1964).
public struct PowerTransformer: UnsupervisedEstimator {
  /// Which family of powers.
  public enum Method: String, Sendable, Codable {
    /// For any number.
    case yeoJohnson
    /// For numbers above 0.
    case boxCox
  }

  /// Which family of powers. (scikit-learn: `method`)
  public var method: Method
  /// Whether mean 0 and standard deviation 1 follow. (scikit-learn: `standardize`)
  public var standardizes: Bool

  /// - Parameters:
  ///   - method: `.boxCox` needs numbers above 0.
  ///   - standardizes: `false` leaves what the power makes.
  public init(_ method: Method = .yeoJohnson, standardizes: Bool = true) {
    self.method = method
    self.standardizes = standardizes
  }

  /// - Parameter x: shape `[n, d]`; NaN is passed over.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  public func fit(_ x: Matrix) throws(FitError) -> Model {
    try SampleChecks.features(x, allowingMissing: true)
    let columns = PresentValues.columns(x)
    try Model.checkRange(method, x)
    let powers = columns.map { column -> Double in
      guard (column.max() ?? 0) > (column.min() ?? 0) else { return 1 }
      return findMinimum(in: -10...10) { -PowerCurve(method, $0).logLikelihood(column) }
    }
    let bent = Model(method: method, powers: powers, scaling: nil)
    guard standardizes else { return bent }
    return Model(method: method, powers: powers, scaling: try StandardScaler().fit(try bent.transform(x)))
  }

  /// What `PowerTransformer` has learned.
  public struct Model: Transformer, Codable, Equatable {
    /// Which family of powers.
    public let method: Method
    /// The power of each feature (λ).
    public let powers: [Double]
    /// What standardises afterwards.
    public let scaling: StandardScaler.Model?

    static func checkRange(_ method: Method, _ x: Matrix) throws(FitError) {
      guard method == .boxCox, let wrong = x.scalars.first(where: { $0 <= 0 }) else { return }
      throw FitError(
        .parameter, expected: "numbers above 0 for Box-Cox", found: "\(wrong)", advice: "Take .yeoJohnson.")
    }

    /// - Throws: ``FitError`` of kind `shape`, `notFinite` or `parameter`.
    public func transform(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: powers.count, allowingMissing: true)
      try Self.checkRange(method, x)
      let curves = powers.map { PowerCurve(method, $0) }
      var scalars = x.scalars
      for i in scalars.indices { scalars[i] = curves[i % powers.count].value(scalars[i]) }
      let bent = Matrix(scalars, shape: x.shape)
      guard let scaling else { return bent }
      return try scaling.transform(bent)
    }

    /// Takes bent features back to their own units; NaN for numbers that no value is bent to.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func inverseTransform(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: powers.count, allowingMissing: true)
      let curves = powers.map { PowerCurve(method, $0) }
      var scalars = (try scaling?.inverseTransform(x) ?? x).scalars
      for i in scalars.indices { scalars[i] = curves[i % powers.count].inverse(scalars[i]) }
      return Matrix(scalars, shape: x.shape)
    }
  }
}

extension PowerTransformer.Model {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    method = try file.decode(PowerTransformer.Method.self, forKey: .method)
    powers = try ModelChecks.numbers(file, .powers)
    scaling = try file.decodeIfPresent(StandardScaler.Model.self, forKey: .scaling)
    try ModelChecks.fits(
      scaling.map { $0.means.count == powers.count } ?? true, file, .scaling, "a scale for each power")
  }
}

/// The curve of one power.
private struct PowerCurve {
  private let method: PowerTransformer.Method
  private let power: Double

  init(_ method: PowerTransformer.Method, _ power: Double) {
    self.method = method
    self.power = power
  }

  /// `((x + 1)^λ − 1) / λ`, exact near λ = 0, of `log(x + 1)`.
  private func raised(_ logarithm: Double, _ power: Double) -> Double {
    Swift.abs(power) < 1e-12 ? logarithm : expm1(power * logarithm) / power
  }

  func value(_ x: Double) -> Double {
    if method == .boxCox { return raised(log(x), power) }
    return x >= 0 ? raised(log1p(x), power) : -raised(log1p(-x), 2 - power)
  }

  func inverse(_ y: Double) -> Double {
    func logarithm(_ y: Double, _ power: Double) -> Double {
      Swift.abs(power) < 1e-12 ? y : log1p(power * y) / power
    }
    if method == .boxCox { return exp(logarithm(y, power)) }
    return y >= 0 ? expm1(logarithm(y, power)) : -expm1(logarithm(-y, 2 - power))
  }

  /// The likelihood of the bent values under the normal distribution that fits them best, up to a constant.
  func logLikelihood(_ values: [Double]) -> Double {
    let slopes = values.reduce(0) { sum, x in
      sum + (method == .boxCox ? log(x) : (x >= 0 ? log1p(x) : -log1p(-x)))
    }
    let spread = variance(values.map(value), degreesOfFreedom: 0)
    return -Double(values.count) / 2 * log(max(spread, .leastNormalMagnitude)) + (power - 1) * slopes
  }
}
