import MartletNumerics

/// Fills in missing values (NaN) by those of the most similar samples. (scikit-learn: `KNNImputer`)
///
/// The distance of two samples is over the features that both have, scaled up for those that they have not.
///
/// Reference: Troyanskaya et al. (2001), Missing value estimation methods for DNA microarrays.
public struct KNNImputer: UnsupervisedEstimator {
  /// How many similar samples; at least 1. (scikit-learn: `n_neighbors`)
  public var neighbors: Int
  /// Whether nearer samples count more, by one over the distance. (scikit-learn: `weights="distance"`)
  public var weighsByDistance: Bool

  /// - Parameters:
  ///   - neighbors: at least 1.
  ///   - weighsByDistance: `false` counts all neighbours the same.
  public init(neighbors: Int = 5, weighsByDistance: Bool = false) {
    self.neighbors = neighbors
    self.weighsByDistance = weighsByDistance
  }

  /// - Parameter x: shape `[n, d]`; NaN is missing. A feature with no value at all is left out of the result.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  public func fit(_ x: Matrix) throws(FitError) -> Model {
    try SampleChecks.parameter(neighbors > 0, "neighbors", "above 0", neighbors)
    try SampleChecks.features(x, allowingMissing: true)
    let means = PresentValues.columns(x).map { $0.isEmpty ? nil : mean($0) }
    guard means.contains(where: { $0 != nil }) else {
      throw FitError(
        .tooFewSamples, expected: "at least one value that is there", found: "none",
        advice: "Give features with values.")
    }
    return Model(
      samples: x.scalars.map { $0.isNaN ? nil : $0 }, means: means, neighbors: neighbors,
      weighsByDistance: weighsByDistance)
  }

  /// What `KNNImputer` has learned: the samples themselves.
  public struct Model: Transformer, Codable, Equatable {
    /// The training samples, row by row; `nil` is missing.
    let samples: [Double?]
    /// The mean of each feature, for a sample that shares no feature with another; `nil` for a feature left out.
    public let means: [Double?]
    /// How many similar samples are asked.
    public let neighbors: Int
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
      let nearest = donors.sorted { (distances[$0], $0) < (distances[$1], $1) }.prefix(neighbors)
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
    neighbors = try file.decode(Int.self, forKey: .neighbors)
    weighsByDistance = try file.decode(Bool.self, forKey: .weighsByDistance)
    try ModelChecks.fits(neighbors > 0, file, .neighbors, "at least one neighbour")
    try ModelChecks.fits(
      means.contains { $0 != nil } && samples.count % max(means.count, 1) == 0, file, .samples,
      "rows of \(means.count) values")
  }
}
