import MartletNumerics

/// Fills in missing values (NaN) by one number for each feature. (scikit-learn: `SimpleImputer`)
///
///     let x = Matrix([[1, 2], [.nan, 4], [3, 6]])
///     try SimpleImputer(.mean).fit(x).transform(x)      // [[1, 2], [2, 4], [3, 6]]
public struct SimpleImputer: UnsupervisedEstimator {
  /// What is filled in.
  public enum Strategy: Sendable, Equatable {
    /// The mean of the values that are there.
    case mean
    /// Their median.
    case median
    /// The commonest, of several the smallest.
    case mostFrequent
    /// The same number everywhere.
    case constant(Double)
  }

  /// What is filled in. (scikit-learn: `strategy`)
  public var strategy: Strategy
  /// Whether a column of 0 and 1 is added for each feature that had missing values. (scikit-learn: `add_indicator`)
  public var addsIndicators: Bool

  /// - Parameters:
  ///   - strategy: what is filled in.
  ///   - addsIndicators: `true` tells a model which values were missing.
  public init(_ strategy: Strategy = .mean, addsIndicators: Bool = false) {
    self.strategy = strategy
    self.addsIndicators = addsIndicators
  }

  /// - Parameter x: shape `[n, d]`; NaN is missing. A feature with no value at all is left out of the result, unless the
  ///   filling is constant.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  public func fit(_ x: Matrix) throws(FitError) -> Model {
    try SampleChecks.features(x, allowingMissing: true)
    if case .constant(let value) = strategy {
      try SampleChecks.parameter(value.isFinite, "constant", "that is finite", value)
    }
    let columns = PresentValues.columns(x)
    let fillings = columns.map(filling)
    guard fillings.contains(where: { $0 != nil }) else {
      throw FitError(
        .tooFewSamples, expected: "at least one value that is there", found: "none",
        advice: "Fill in a constant, or give features with values.")
    }
    return Model(
      fillings: fillings,
      indicators: addsIndicators ? columns.indices.filter { columns[$0].count < x.shape[0] } : [])
  }

  private func filling(_ values: [Double]) -> Double? {
    if case .constant(let value) = strategy { return value }
    guard !values.isEmpty else { return nil }
    switch strategy {
    case .mean: return mean(values)
    case .median: return median(values)
    default:
      let unique = Matrix(values).unique()
      let most = unique.counts.max() ?? 0
      return unique.counts.firstIndex(of: most).map { unique.values[$0] }
    }
  }

  /// What `SimpleImputer` has learned.
  public struct Model: Transformer, Codable, Equatable {
    /// What is filled in for each feature; `nil` for one without values, which is left out.
    public let fillings: [Double?]
    /// The features that have an indicator at the end.
    public let indicators: [Int]

    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func transform(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: fillings.count, allowingMissing: true)
      let kept = fillings.indices.filter { fillings[$0] != nil }
      let (scalars, width) = (x.scalars, fillings.count)
      var result: [Double] = []
      result.reserveCapacity(x.shape[0] * (kept.count + indicators.count))
      for row in 0..<x.shape[0] {
        for feature in kept {
          let value = scalars[row * width + feature]
          result.append(value.isNaN ? fillings[feature] ?? value : value)
        }
        for feature in indicators { result.append(scalars[row * width + feature].isNaN ? 1 : 0) }
      }
      return Matrix(result, shape: [x.shape[0], kept.count + indicators.count])
    }
  }
}

extension SimpleImputer.Model: FeatureNaming {
  public func outputNames(for inputs: [String]) -> [String] {
    inputs.indices.filter { fillings[$0] != nil }.map { inputs[$0] } + indicators.map { "\(inputs[$0]) missing" }
  }

  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    fillings = try file.decode([Double?].self, forKey: .fillings)
    indicators = try file.decode([Int].self, forKey: .indicators)
    try ModelChecks.fits(
      fillings.contains { $0 != nil } && fillings.allSatisfy { $0?.isFinite ?? true }, file, .fillings,
      "finite fillings, at least one")
    try ModelChecks.fits(indicators.allSatisfy(fillings.indices.contains), file, .indicators, "features that exist")
  }
}
