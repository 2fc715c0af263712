import MartletNumerics

/// Cuts each feature into bins. (scikit-learn: `KBinsDiscretizer`)
public struct KBinsDiscretizer: UnsupervisedEstimator {
  /// How bins are cut.
  public enum Strategy: String, Sendable, Codable {
    /// Of equal width.
    case uniform
    /// With about as many samples; equal edges are merged.
    case quantile
  }

  /// What comes out.
  public enum Output: String, Sendable, Codable {
    /// The number of the bin, from 0.
    case ordinal
    /// A column of 0 and 1 for each bin.
    case oneHot
  }

  /// How many bins; at least 2. (scikit-learn: `n_bins`)
  public var bins: Int
  /// How bins are cut.
  public var strategy: Strategy
  /// What comes out. (scikit-learn: `encode`)
  public var output: Output

  /// - Parameters:
  ///   - bins: at least 2.
  ///   - strategy: how bins are cut.
  ///   - output: what comes out.
  public init(bins: Int = 5, strategy: Strategy = .quantile, output: Output = .oneHot) {
    self.bins = bins
    self.strategy = strategy
    self.output = output
  }

  /// - Parameter x: shape `[n, d]`, every value finite.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  public func fit(_ x: Matrix) throws(FitError) -> Model {
    try SampleChecks.parameter(bins > 1, "bins", "of at least 2", bins)
    try SampleChecks.features(x)
    let edges = (0..<x.shape[1]).map { self.edges(of: x.column($0).scalars) }
    return Model(edges: edges, output: output)
  }

  private func edges(of column: [Double]) -> [Double] {
    let (low, high) = (column.min() ?? 0, column.max() ?? 0)
    if low == high { return [-.greatestFiniteMagnitude, .greatestFiniteMagnitude] }
    let fractions = (0...bins).map { Double($0) / Double(bins) }
    if strategy == .uniform { return fractions.map { low + $0 * (high - low) } }
    let sorted = column.sorted()
    var edges: [Double] = []
    for fraction in fractions {
      let edge = averagedQuantile(sorted, fraction)
      if edge - (edges.last ?? -.infinity) > 1e-8 { edges.append(edge) }
    }
    return edges
  }

  /// The inverse of the distribution function, averaged where it steps. (NumPy: `averaged_inverted_cdf`)
  private func averagedQuantile(_ sorted: [Double], _ fraction: Double) -> Double {
    let place = fraction * Double(sorted.count)
    let upper = min(max(Int(place.rounded(.up)) - 1, 0), sorted.count - 1)
    let isStep = place == place.rounded() && Int(place) < sorted.count && place > 0
    return isStep ? (sorted[upper] + sorted[upper + 1]) / 2 : sorted[upper]
  }

  /// What `KBinsDiscretizer` has learned.
  public struct Model: Transformer, Codable, Equatable {
    /// The edges of the bins of each feature, rising; values beyond belong to the outer bins.
    public let edges: [[Double]]
    /// What comes out.
    public let output: Output

    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func transform(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: edges.count)
      let scalars = x.scalars
      var result: [Double] = []
      for (place, value) in scalars.enumerated() {
        let inner = edges[place % edges.count].dropFirst().dropLast()
        let bin = inner.count { $0 <= value }
        switch output {
        case .ordinal: result.append(Double(bin))
        case .oneHot: for other in 0...inner.count { result.append(other == bin ? 1 : 0) }
        }
      }
      let width = output == .ordinal ? edges.count : edges.reduce(0) { $0 + $1.count - 1 }
      return Matrix(result, shape: [x.shape[0], width])
    }
  }
}

extension KBinsDiscretizer.Model: FeatureNaming {
  public func outputNames(for inputs: [String]) -> [String] {
    guard output == .oneHot else { return inputs }
    return inputs.indices.flatMap { feature in
      (0..<edges[feature].count - 1).map { "\(inputs[feature]) bin \($0)" }
    }
  }

  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    edges = try file.decode([[Double]].self, forKey: .edges)
    output = try file.decode(KBinsDiscretizer.Output.self, forKey: .output)
    let rise = edges.allSatisfy { $0.count > 1 && zip($0, $0.dropFirst()).allSatisfy { $0 < $1 } }
    try ModelChecks.fits(rise && !edges.isEmpty, file, .edges, "two or more rising edges of each feature")
  }
}
