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

/// Replaces each value by the share of the training values below it: any feature becomes uniform, or normal.
/// (scikit-learn: `QuantileTransformer`)
///
/// Values between two quantiles are interpolated; values beyond those seen go to the ends.
public struct QuantileTransformer: UnsupervisedEstimator {
  /// What features become.
  public enum Output: String, Sendable, Codable {
    /// Numbers from 0 to 1.
    case uniform
    /// Normal, from −5.2 to 5.2.
    case normal
  }

  /// How many quantiles are kept; no more than samples. (scikit-learn: `n_quantiles`)
  public var quantileCount: Int
  /// What features become. (scikit-learn: `output_distribution`)
  public var output: Output

  /// - Parameters:
  ///   - quantileCount: at least 2.
  ///   - output: what features become.
  public init(quantileCount: Int = 1000, output: Output = .uniform) {
    self.quantileCount = quantileCount
    self.output = output
  }

  /// - Parameter x: shape `[n, d]`; NaN is passed over. All samples are used.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  public func fit(_ x: Matrix) throws(FitError) -> Model {
    try SampleChecks.parameter(quantileCount > 1, "quantileCount", "of at least 2", quantileCount)
    try SampleChecks.features(x, allowingMissing: true)
    let count = max(2, min(quantileCount, x.shape[0]))
    let fractions = (0..<count).map { Double($0) / Double(count - 1) }
    let learned = PresentValues.columns(x).map { column -> [Double] in
      guard !column.isEmpty else { return fractions.map { _ in 0 } }
      // Rounding must not make a later quantile smaller.
      var largest = -Double.infinity
      return quantiles(column, fractions).map { value in
        largest = max(largest, value)
        return largest
      }
    }
    return Model(quantiles: learned, output: output)
  }

  /// What `QuantileTransformer` has learned.
  public struct Model: Transformer, Codable, Equatable {
    /// The quantiles of each feature at equally spaced fractions from 0 to 1.
    public let quantiles: [[Double]]
    /// What features become.
    public let output: Output

    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func transform(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: quantiles.count, allowingMissing: true)
      var scalars = x.scalars
      for i in scalars.indices where !scalars[i].isNaN {
        scalars[i] = value(scalars[i], quantiles[i % quantiles.count])
      }
      return Matrix(scalars, shape: x.shape)
    }

    private func value(_ x: Double, _ quantiles: [Double]) -> Double {
      let fraction: Double
      if output == .uniform ? x >= quantiles[quantiles.count - 1] : false {
        fraction = x > quantiles[0] ? 1 : 0
      } else {
        // Where several quantiles are equal, the middle of their fractions.
        let below = Interpolation.fraction(of: x, quantiles, takingLast: true)
        let above = Interpolation.fraction(of: x, quantiles, takingLast: false)
        fraction = x < quantiles[0] ? 0 : x > quantiles[quantiles.count - 1] ? 1 : (below + above) / 2
      }
      if output == .uniform { return fraction }
      let limit = 5.199337582605575  // normalQuantile(1 − 1e−7), scikit-learn's bound
      return min(max(fraction <= 0 ? -limit : fraction >= 1 ? limit : normalQuantile(fraction), -limit), limit)
    }
  }
}

extension QuantileTransformer.Model {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    quantiles = try file.decode([[Double]].self, forKey: .quantiles)
    output = try file.decode(QuantileTransformer.Output.self, forKey: .output)
    let rise = quantiles.allSatisfy { column in
      column.count > 1 && column.allSatisfy(\.isFinite) && zip(column, column.dropFirst()).allSatisfy { $0 <= $1 }
    }
    try ModelChecks.fits(rise && !quantiles.isEmpty, file, .quantiles, "two or more rising quantiles of each feature")
  }
}

private enum Interpolation {
  /// Where a value lies among rising quantiles, as a fraction; of equal quantiles, the first or the last.
  static func fraction(of x: Double, _ quantiles: [Double], takingLast: Bool) -> Double {
    let steps = Double(quantiles.count - 1)
    var (low, high) = (0, quantiles.count)
    while low < high {
      let middle = (low + high) / 2
      if takingLast ? quantiles[middle] <= x : quantiles[middle] < x { low = middle + 1 } else { high = middle }
    }
    // `low` is the first quantile above (or not below) the value.
    if takingLast {
      if low == 0 { return 0 }
      if low == quantiles.count { return 1 }
      let (a, b) = (quantiles[low - 1], quantiles[low])
      return (Double(low - 1) + (x - a) / (b - a)) / steps
    }
    if low == quantiles.count { return 1 }
    if low == 0 || quantiles[low] == x { return Double(low) / steps }
    let (a, b) = (quantiles[low - 1], quantiles[low])
    return (Double(low - 1) + (x - a) / (b - a)) / steps
  }
}
