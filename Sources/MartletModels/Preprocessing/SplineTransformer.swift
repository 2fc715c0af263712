import MartletNumerics

/// Turns each feature into smooth bumps along its range: a straight line in them is a smooth curve in the feature.
///
/// The bumps are B-splines, pieces of polynomials that join smoothly at knots; at every place they are at least 0 and sum
/// to 1. Of each feature there are `knots + degree − 1`.
///
///     let curve = SplineTransformer(knots: 8).then(Ridge(regularization: 0.1))
///
/// Unlike high powers (``PolynomialFeatures``) a bump only knows its neighbourhood, so that one end of the data does not
/// shake the other.
///
/// Reference: de Boor (1978), A practical guide to splines. (scikit-learn: `SplineTransformer`)
public struct SplineTransformer: UnsupervisedEstimator {
  /// Where the knots are.
  public enum Placement: String, Sendable, Codable {
    /// At equal distances from the smallest to the largest value.
    case uniform
    /// With equally many samples between them.
    case quantile
  }

  /// What becomes of values beyond the range of fitting.
  public enum Extrapolation: String, Sendable, Codable {
    /// The same as at the end of the range.
    case constant
    /// Straight on from there.
    case linear
    /// They are refused.
    case refuse
  }

  /// How many knots; at least 2. (scikit-learn: `n_knots`)
  public var knots: Int
  /// The degree of the pieces; from 0 to 10.
  public var degree: Int
  /// Where the knots are. (scikit-learn: `knots`)
  public var placement: Placement
  /// What becomes of values beyond the range of fitting.
  public var extrapolation: Extrapolation
  /// Whether all bumps are given; they sum to 1, which a model with an intercept need not be told. (scikit-learn:
  /// `include_bias`)
  public var includesBias: Bool

  /// - Parameters:
  ///   - knots: at least 2.
  ///   - degree: from 0 to 10.
  ///   - placement: where the knots are.
  ///   - extrapolation: what becomes of values beyond the range.
  ///   - includesBias: `false` leaves the last bump of each feature out.
  public init(
    knots: Int = 5, degree: Int = 3, placement: Placement = .uniform, extrapolation: Extrapolation = .constant,
    includesBias: Bool = true
  ) {
    self.knots = knots
    self.degree = degree
    self.placement = placement
    self.extrapolation = extrapolation
    self.includesBias = includesBias
  }

  /// - Parameter x: shape `[n, d]`, every value finite.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  public func fit(_ x: Matrix) throws(FitError) -> Model { try fit(x, weights: nil) }

  /// The same with samples of which each counts as much as its weight; with weights, knots by ``Placement/quantile`` are at
  /// samples and not between them.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  public func fit(_ x: Matrix, weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.parameter((2...10_000).contains(knots), "knots", "from 2 to 10000", knots)
    try SampleChecks.parameter((0...10).contains(degree), "degree", "from 0 to 10", degree)
    try SampleChecks.parameter(
      includesBias || knots + degree > 2, "includesBias", "true where there is one bump", includesBias)
    try SampleChecks.features(x)
    try SampleChecks.weights(weights, count: x.shape[0])
    let bases = (0..<x.shape[1]).map { feature in
      SplineBasis(inner: inner(x.column(feature).scalars, weights), degree: degree)
    }
    return Model(bases: bases, extrapolation: extrapolation, includesBias: includesBias)
  }

  /// The knots within the range; of a feature that never varies an arbitrary range around it.
  private func inner(_ values: [Double], _ weights: [Double]?) -> [Double] {
    let sorted = values.indices.filter { weights?[$0] ?? 1 > 0 }.map { values[$0] }.sorted()
    let (low, high) = (sorted[0], sorted[sorted.count - 1])
    if low == high { return Matrix.linspace(low, low + max(1, abs(low)), count: knots).scalars }
    switch placement {
    case .uniform: return Matrix.linspace(low, high, count: knots).scalars
    case .quantile:
      let fractions = (0..<knots).map { Double($0) / Double(knots - 1) }
      let places =
        weights.map { WeightedQuantile.of(values, $0, fractions, averages: false) } ?? quantiles(sorted, fractions)
      // Knots in one place would leave nothing between them.
      let different = places.enumerated().filter { $0.offset == 0 || $0.element > places[$0.offset - 1] }
      return different.map(\.element)
    }
  }

  /// What `SplineTransformer` has learned.
  public struct Model: Transformer, Codable, Equatable {
    let bases: [SplineBasis]
    /// What becomes of values beyond the range of fitting.
    public let extrapolation: Extrapolation
    /// Whether all bumps are given.
    public let includesBias: Bool

    /// The knots within the range, of each feature.
    public var knots: [[Double]] { bases.map(\.inner) }
    private var widths: [Int] { bases.map { $0.count - (includesBias ? 0 : 1) } }

    /// - Parameter x: shape `[n, d]` with the `d` features of fitting.
    /// - Returns: the bumps of the first feature, then those of the second, and so on.
    /// - Throws: ``FitError`` of kind `shape`, `notFinite`, or `parameter` for a value beyond the range that is refused.
    public func transform(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: bases.count)
      let (scalars, widths) = (x.scalars, widths)
      var result: [Double] = []
      result.reserveCapacity(x.shape[0] * widths.reduce(0, +))
      for row in 0..<x.shape[0] {
        for (feature, basis) in bases.enumerated() {
          let value = scalars[row * bases.count + feature]
          if extrapolation == .refuse, !basis.range.contains(value) {
            throw FitError(
              .parameter, expected: "values of feature \(feature) from \(basis.range)", found: "\(value) in row \(row)",
              advice: "Take .constant or .linear, or leave the row out.")
          }
          result += basis.values(at: value, isLinearOutside: extrapolation == .linear).prefix(widths[feature])
        }
      }
      return Matrix(result, shape: [x.shape[0], widths.reduce(0, +)])
    }
  }
}

extension SplineTransformer.Model: FeatureNaming {
  public func outputNames(for inputs: [String]) -> [String] {
    zip(inputs, bases).flatMap { name, basis in
      (0..<basis.count - (includesBias ? 0 : 1)).map { "\(name)_sp_\($0)" }
    }
  }

  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    bases = try file.decode([SplineBasis].self, forKey: .bases)
    extrapolation = try file.decode(SplineTransformer.Extrapolation.self, forKey: .extrapolation)
    let includesBias = try file.decode(Bool.self, forKey: .includesBias)
    self.includesBias = includesBias
    try ModelChecks.fits(
      !bases.isEmpty && bases.allSatisfy { $0.isSound && $0.count > (includesBias ? 0 : 1) }, file, .bases,
      "knots in ascending order for at least one feature")
  }
}

/// B-splines over knots within a range, with as many more beyond each end as the degree asks for.
struct SplineBasis: Codable, Equatable, Sendable {
  let inner: [Double]
  let degree: Int

  var isSound: Bool {
    (0...10).contains(degree) && (2...10_000).contains(inner.count) && inner.allSatisfy(\.isFinite)
      && zip(inner, inner.dropFirst()).allSatisfy { $0 < $1 } && (inner[inner.count - 1] - inner[0]).isFinite
  }

  var count: Int { inner.count + degree - 1 }
  var range: ClosedRange<Double> { inner[0]...inner[inner.count - 1] }

  private var knots: [Double] {
    let (first, last) = (inner[0], inner[inner.count - 1])
    let (low, high) = (inner[1] - first, last - inner[inner.count - 2])
    return (0..<degree).map { first - low * Double(degree - $0) } + inner
      + (0..<degree).map { last + high * Double($0 + 1) }
  }

  /// Each spline's value; beyond the range as at its end, or straight on.
  func values(at x: Double, isLinearOutside: Bool) -> [Double] {
    let knots = knots
    let inside = min(max(x, range.lowerBound), range.upperBound)
    let values = splines(at: inside, degree, knots)
    guard isLinearOutside, inside != x, degree > 0 else { return values }
    let lower = splines(at: inside, degree - 1, knots)
    return values.indices.map { i in
      // The slope of a spline is made of two splines of one degree less.
      let left = lower[i] / (knots[i + degree] - knots[i])
      let right = lower[i + 1] / (knots[i + degree + 1] - knots[i + 1])
      return values[i] + (x - inside) * Double(degree) * (left - right)
    }
  }

  /// All splines of a degree at a place within the range, by de Boor's recursion.
  private func splines(at x: Double, _ wanted: Int, _ knots: [Double]) -> [Double] {
    // The piece that the place is in; the end of the range belongs to the last one.
    let last = degree + inner.count - 2
    let piece = min((degree...last).last { knots[$0] <= x } ?? degree, last)
    var values = (0..<knots.count - 1).map { $0 == piece ? 1.0 : 0 }
    for order in stride(from: 1, through: wanted, by: 1) {
      values = (0..<values.count - 1).map { i in
        let rising = values[i] == 0 ? 0 : values[i] * (x - knots[i]) / (knots[i + order] - knots[i])
        let falling =
          values[i + 1] == 0
          ? 0 : values[i + 1] * (knots[i + order + 1] - x) / (knots[i + order + 1] - knots[i + 1])
        return rising + falling
      }
    }
    return values
  }
}
