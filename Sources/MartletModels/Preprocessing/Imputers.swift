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

/// Fills in missing values (NaN) by those of the most similar samples. (scikit-learn: `KNNImputer`)
///
/// The distance of two samples is over the features that both have, scaled up for those that they have not.
///
/// Reference: Troyanskaya et al. (2001), Missing value estimation methods for DNA microarrays.
public struct KNNImputer: UnsupervisedEstimator {
  /// How many similar samples; at least 1. (scikit-learn: `n_neighbors`)
  public var neighbours: Int
  /// Whether nearer samples count more, by one over the distance. (scikit-learn: `weights="distance"`)
  public var weighsByDistance: Bool

  /// - Parameters:
  ///   - neighbours: at least 1.
  ///   - weighsByDistance: `false` counts all neighbours the same.
  public init(neighbours: Int = 5, weighsByDistance: Bool = false) {
    self.neighbours = neighbours
    self.weighsByDistance = weighsByDistance
  }

  /// - Parameter x: shape `[n, d]`; NaN is missing. A feature with no value at all is left out of the result.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  public func fit(_ x: Matrix) throws(FitError) -> Model {
    try SampleChecks.parameter(neighbours > 0, "neighbours", "above 0", neighbours)
    try SampleChecks.features(x, allowingMissing: true)
    let means = PresentValues.columns(x).map { $0.isEmpty ? nil : mean($0) }
    guard means.contains(where: { $0 != nil }) else {
      throw FitError(
        .tooFewSamples, expected: "at least one value that is there", found: "none",
        advice: "Give features with values.")
    }
    return Model(
      samples: x.scalars.map { $0.isNaN ? nil : $0 }, means: means, neighbours: neighbours,
      weighsByDistance: weighsByDistance)
  }

  /// What `KNNImputer` has learned: the samples themselves.
  public struct Model: Transformer, Codable, Equatable {
    /// The training samples, row by row; `nil` is missing.
    let samples: [Double?]
    /// The mean of each feature, for a sample that shares no feature with another; `nil` for a feature left out.
    public let means: [Double?]
    /// How many similar samples are asked.
    public let neighbours: Int
    /// Whether nearer samples count more.
    public let weighsByDistance: Bool

    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    /// - Complexity: O(n · training samples · d) time for the samples with something missing.
    public func transform(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: means.count, allowingMissing: true)
      let (scalars, width) = (x.scalars, means.count)
      let known = samples.map { $0 ?? .nan }
      let kept = means.indices.filter { means[$0] != nil }
      let rows = Parallel.mapRanges(x.shape[0], length: 16) { range in
        range.flatMap { row -> [Double] in
          let sample = Array(scalars[row * width..<(row + 1) * width])
          guard kept.contains(where: { sample[$0].isNaN }) else { return kept.map { sample[$0] } }
          let distances = distances(from: sample, known)
          return kept.map { sample[$0].isNaN ? filling($0, distances, known) : sample[$0] }
        }
      }
      return Matrix(rows.flatMap { $0 }, shape: [x.shape[0], kept.count])
    }

    /// Euclidean over the features that both have, times the root of (all over shared); NaN where they share none.
    private func distances(from sample: [Double], _ known: [Double]) -> [Double] {
      let width = means.count
      return (0..<known.count / width).map { row in
        var (sum, shared) = (0.0, 0)
        for feature in 0..<width {
          let difference = sample[feature] - known[row * width + feature]
          if !difference.isNaN {
            sum += difference * difference
            shared += 1
          }
        }
        return shared == 0 ? .nan : (sum * Double(width) / Double(shared)).squareRoot()
      }
    }

    private func filling(_ feature: Int, _ distances: [Double], _ known: [Double]) -> Double {
      let donors = distances.indices.filter {
        !distances[$0].isNaN && !known[$0 * means.count + feature].isNaN
      }
      let nearest = donors.sorted { (distances[$0], $0) < (distances[$1], $1) }.prefix(neighbours)
      guard !nearest.isEmpty else { return means[feature] ?? 0 }
      let values = nearest.map { known[$0 * means.count + feature] }
      guard weighsByDistance else { return mean(values) }
      let hasExact = nearest.contains { distances[$0] == 0 }
      let weights = nearest.map { hasExact ? (distances[$0] == 0 ? 1 : 0) : 1 / distances[$0] }
      return WeightedMeans.mean(values, weights)
    }
  }
}

extension KNNImputer.Model: FeatureNaming {
  public func outputNames(for inputs: [String]) -> [String] {
    inputs.indices.filter { means[$0] != nil }.map { inputs[$0] }
  }

  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    samples = try file.decode([Double?].self, forKey: .samples)
    means = try file.decode([Double?].self, forKey: .means)
    neighbours = try file.decode(Int.self, forKey: .neighbours)
    weighsByDistance = try file.decode(Bool.self, forKey: .weighsByDistance)
    try ModelChecks.fits(neighbours > 0, file, .neighbours, "at least one neighbour")
    try ModelChecks.fits(
      means.contains { $0 != nil } && samples.count % max(means.count, 1) == 0, file, .samples,
      "rows of \(means.count) values")
  }
}
