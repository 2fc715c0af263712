import MartletNumerics

/// Cuts each feature into bins. (scikit-learn: `KBinsDiscretizer`)
///
///     let ages = Matrix([[4], [15], [35], [62], [80]])
///     let bins = try KBinsDiscretizer(bins: 2, strategy: .uniform, output: .ordinal).fit(ages)
///     bins.edges                               // [[4.0, 42.0, 80.0]]
///     try bins.transform(ages).scalars         // [0.0, 0.0, 0.0, 1.0, 1.0]
public struct KBinsDiscretizer: UnsupervisedEstimator {
  /// How bins are cut.
  public enum Strategy: String, Sendable, Codable {
    /// Of equal width.
    case uniform
    /// With about as many samples; equal edges are merged.
    case quantile
    /// Half-way between the centres of as many groups, found by ``KMeans`` from the middles of bins of equal width.
    case kMeans
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
  public func fit(_ x: Matrix) throws(FitError) -> Model { try fit(x, weights: nil) }

  /// The same with samples of which each counts as much as its weight.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  public func fit(_ x: Matrix, weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.parameter(bins > 1, "bins", "of at least 2", bins)
    try SampleChecks.features(x)
    try SampleChecks.weights(weights, count: x.shape[0])
    let counts = weights ?? [Double](repeating: 1, count: x.shape[0])
    // A sample that does not count is not there.
    let counted = counts.indices.filter { counts[$0] > 0 }
    var edges: [[Double]] = []
    for feature in 0..<x.shape[1] {
      let column = x.column(feature).scalars
      edges.append(try self.edges(of: counted.map { column[$0] }, counted.map { counts[$0] }))
    }
    return Model(edges: edges, output: output)
  }

  private func edges(of column: [Double], _ weights: [Double]) throws(FitError) -> [Double] {
    let (low, high) = (column.min() ?? 0, column.max() ?? 0)
    if low == high { return [-.greatestFiniteMagnitude, .greatestFiniteMagnitude] }
    let fractions = (0...bins).map { Double($0) / Double(bins) }
    let uniform = fractions.map { low + $0 * (high - low) }
    switch strategy {
    case .uniform: return uniform
    case .quantile: return Self.different(WeightedQuantile.of(column, weights, fractions))
    case .kMeans:
      let middles = zip(uniform, uniform.dropFirst()).map { ($0 + $1) / 2 }
      let groups = KMeans(clusters: bins, start: .given(Matrix(middles, shape: [bins, 1])), seed: 0)
      let centres = try groups.fit(Matrix(column, shape: [column.count, 1]), weights: weights).centres.scalars.sorted()
      return Self.different([low] + zip(centres, centres.dropFirst()).map { ($0 + $1) / 2 } + [high])
    }
  }

  /// The edges that leave room for a bin before them.
  private static func different(_ edges: [Double]) -> [Double] {
    edges.reduce(into: []) { kept, edge in if edge - (kept.last ?? -.infinity) > 1e-8 { kept.append(edge) } }
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
