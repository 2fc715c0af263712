import MartletFrames
import MartletNumerics

/// What a scaler has learned: each feature becomes `(x − centre) / scale`. Missing values (NaN) stay missing.
public struct FeatureScaling: Transformer, Codable, Equatable {
  /// The name of the scaler.
  public let method: String
  /// What each feature is moved by.
  public let centres: [Double]
  /// What each feature is then divided by; not 0.
  public let scales: [Double]
  /// The range that values are cut to, where they are.
  public let limits: ClosedRange<Double>?

  init(_ method: String, centres: [Double], scales: [Double], limits: ClosedRange<Double>? = nil) {
    self.method = method
    self.centres = centres
    self.scales = scales
    self.limits = limits
  }

  /// `(x − centre) / scale`, cut to the limits.
  /// - Parameter x: shape `[n, d]` with the `d` features of fitting.
  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  public func transform(_ x: Matrix) throws(FitError) -> Matrix {
    try SampleChecks.features(x, count: centres.count, allowingMissing: true)
    let scaled = (x - Matrix(centres)) / Matrix(scales)
    guard let limits else { return scaled }
    return scaled.map { $0.isNaN ? $0 : min(max($0, limits.lowerBound), limits.upperBound) }
  }

  /// `x · scale + centre`: takes scaled features back to their own units.
  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  public func inverseTransform(_ x: Matrix) throws(FitError) -> Matrix {
    try SampleChecks.features(x, count: centres.count, allowingMissing: true)
    return x * Matrix(scales) + Matrix(centres)
  }
}

extension FeatureScaling {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    method = try file.decode(String.self, forKey: .method)
    centres = try ModelChecks.numbers(file, .centres)
    scales = try ModelChecks.numbers(file, .scales, count: centres.count)
    try ModelChecks.fits(!scales.contains(0), file, .scales, "scales other than 0")
    limits = try file.decodeIfPresent(ClosedRange<Double>.self, forKey: .limits)
  }
}

extension FeatureScaling: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let names = features ?? centres.indices.map { "feature \($0)" }
    let columns = [FrameNumberFormat.texts(centres), FrameNumberFormat.texts(scales)]
    return ModelTable(
      title: method, facts: ["\(centres.count) features"], header: ["feature", "centre", "scale"],
      rows: names.indices.map { [names[$0], columns[0][$0], columns[1][$0]] })
  }
}

/// Moves and scales each feature to a range, by its smallest and largest value. (scikit-learn: `MinMaxScaler`)
///
///     try MinMaxScaler().fit(Matrix([[1], [3], [5]])).transform(Matrix([[2]]))      // [[0.25]]
///
/// One extreme value squeezes all others: see ``RobustScaler``.
public struct MinMaxScaler: UnsupervisedEstimator {
  public typealias Model = FeatureScaling
  /// Where the smallest and the largest value go. (scikit-learn: `feature_range`)
  public var range: ClosedRange<Double>
  /// Whether later values beyond those seen are cut to the range. (scikit-learn: `clip`)
  public var clips: Bool

  /// - Parameters:
  ///   - range: of a width above 0.
  ///   - clips: `true` keeps later values in the range.
  public init(range: ClosedRange<Double> = 0...1, clips: Bool = false) {
    self.range = range
    self.clips = clips
  }

  /// - Parameter x: shape `[n, d]`; NaN is passed over.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  public func fit(_ x: Matrix) throws(FitError) -> FeatureScaling {
    let width = range.upperBound - range.lowerBound
    try SampleChecks.parameter(width > 0 && width.isFinite, "range", "of a finite width above 0", range)
    try SampleChecks.features(x, allowingMissing: true)
    let columns = PresentValues.columns(x)
    let spreads = columns.map { ($0.max() ?? 0) - ($0.min() ?? 0) }
    let scales = spreads.map { ($0 == 0 ? 1 : $0) / width }
    let centres = zip(columns, scales).map { ($0.min() ?? 0) - range.lowerBound * $1 }
    return FeatureScaling("Min-max scaler", centres: centres, scales: scales, limits: clips ? range : nil)
  }
}

/// Divides each feature by its largest absolute value: zeros stay zero. (scikit-learn: `MaxAbsScaler`)
public struct MaxAbsScaler: UnsupervisedEstimator {
  public typealias Model = FeatureScaling
  /// A scaler with nothing to choose.
  public init() {}

  /// - Parameter x: shape `[n, d]`; NaN is passed over.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples` or `notFinite`.
  public func fit(_ x: Matrix) throws(FitError) -> FeatureScaling {
    try SampleChecks.features(x, allowingMissing: true)
    let largest = PresentValues.columns(x).map { $0.reduce(0) { max($0, abs($1)) } }
    return FeatureScaling(
      "Max-abs scaler", centres: largest.map { _ in 0 }, scales: largest.map { $0 == 0 ? 1 : $0 })
  }
}

/// Moves each feature by its median and scales it by the distance of two quantiles: extreme values change neither.
/// (scikit-learn: `RobustScaler`)
public struct RobustScaler: UnsupervisedEstimator {
  public typealias Model = FeatureScaling
  /// The quantiles whose distance is the scale, from 0 to 1. (scikit-learn: `quantile_range`, in per cent)
  public var quantileRange: ClosedRange<Double>
  /// Whether features are moved to a median of 0. (scikit-learn: `with_centering`)
  public var centres: Bool
  /// Whether features are scaled. (scikit-learn: `with_scaling`)
  public var scales: Bool

  /// - Parameters:
  ///   - quantileRange: within 0 to 1.
  ///   - centres: `false` leaves features where they are.
  ///   - scales: `false` leaves their spread.
  public init(quantileRange: ClosedRange<Double> = 0.25...0.75, centres: Bool = true, scales: Bool = true) {
    self.quantileRange = quantileRange
    self.centres = centres
    self.scales = scales
  }

  /// - Parameter x: shape `[n, d]`; NaN is passed over.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  public func fit(_ x: Matrix) throws(FitError) -> FeatureScaling {
    let isInRange = quantileRange.lowerBound >= 0 && quantileRange.upperBound <= 1
    try SampleChecks.parameter(isInRange, "quantileRange", "within 0 to 1", quantileRange)
    try SampleChecks.features(x, allowingMissing: true)
    let columns = PresentValues.columns(x)
    let spreads = columns.map { column in
      guard scales, !column.isEmpty else { return 1.0 }
      let edges = quantiles(column, [quantileRange.lowerBound, quantileRange.upperBound])
      // scikit-learn's bound: a spread that is only rounding is none.
      return edges[1] - edges[0] < 10 * Double.ulpOfOne ? 1 : edges[1] - edges[0]
    }
    return FeatureScaling(
      "Robust scaler", centres: columns.map { centres && !$0.isEmpty ? median($0) : 0 }, scales: spreads)
  }
}

/// Scales each sample to length 1. (scikit-learn: `Normalizer`)
public struct Normalizer: UnsupervisedEstimator {
  /// What is length.
  public enum Norm: String, Sendable, Codable {
    /// The sum of absolute values.
    case l1
    /// The root of the sum of squares.
    case l2
    /// The largest absolute value.
    case maximum
  }

  /// What is length. (scikit-learn: `norm`)
  public var norm: Norm
  /// - Parameter norm: what is length.
  public init(_ norm: Norm = .l2) { self.norm = norm }

  /// - Parameter x: shape `[n, d]`, every value finite. Nothing is learned but the number of features.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples` or `notFinite`.
  public func fit(_ x: Matrix) throws(FitError) -> Model {
    try SampleChecks.features(x)
    return Model(norm: norm, featureCount: x.shape[1])
  }

  /// What `Normalizer` needs to know.
  public struct Model: Transformer, Codable, Equatable {
    /// What is length.
    public let norm: Norm
    /// How many features there are.
    public let featureCount: Int

    /// Each row over its length; a row of zeros stays.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func transform(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: featureCount)
      let sizes = x.map { Swift.abs($0) }
      let lengths =
        switch norm {
        case .l1: sizes.sum(axis: 1)
        case .l2: (x * x).sum(axis: 1).map { $0.squareRoot() }
        case .maximum: x.shape[0] == 0 ? .zeros(0) : sizes.max(axis: 1)
        }
      return x / lengths.map { $0 == 0 ? 1 : $0 }.reshaped(-1, 1)
    }
  }
}
