import MartletNumerics

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
