import MartletNumerics

/// Adds products of features: a straight line in them is a curve in the features. (scikit-learn: `PolynomialFeatures`)
///
///     try PolynomialFeatures(degree: 2).fit(x).transform(Matrix([[2, 3]]))      // [[1, 2, 3, 4, 6, 9]]
public struct PolynomialFeatures: UnsupervisedEstimator {
  /// The most factors of a product; at least 0.
  public var degree: Int
  /// Whether a feature occurs at most once in a product. (scikit-learn: `interaction_only`)
  public var onlyInteractions: Bool
  /// Whether the first column is 1. (scikit-learn: `include_bias`)
  public var includesBias: Bool
  /// More columns than this are refused.
  static let limit = 100_000

  /// - Parameters:
  ///   - degree: at least 1, or 0 with the bias.
  ///   - onlyInteractions: leaves squares out.
  ///   - includesBias: `false` where the model has an intercept.
  public init(degree: Int = 2, onlyInteractions: Bool = false, includesBias: Bool = true) {
    self.degree = degree
    self.onlyInteractions = onlyInteractions
    self.includesBias = includesBias
  }

  /// - Parameter x: shape `[n, d]`, every value finite.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  public func fit(_ x: Matrix) throws(FitError) -> Model {
    try SampleChecks.parameter(degree > 0 || degree == 0 && includesBias, "degree", "above 0", degree)
    try SampleChecks.features(x)
    var products: [[Int]] = includesBias ? [[]] : []
    var last: [[Int]] = [[]]
    for _ in 0..<degree {
      var longer: [[Int]] = []
      for product in last {
        let first = product.last.map { onlyInteractions ? $0 + 1 : $0 } ?? 0
        for feature in first..<max(x.shape[1], first) { longer.append(product + [feature]) }
        try SampleChecks.parameter(
          products.count + longer.count <= Self.limit, "degree", "of which there are at most \(Self.limit) products",
          degree)
      }
      products += longer
      last = longer
    }
    return Model(featureCount: x.shape[1], products: products)
  }

  /// What `PolynomialFeatures` makes.
  public struct Model: Transformer, Codable, Equatable {
    /// How many features there are.
    public let featureCount: Int
    /// The features that are multiplied for each column, by their places.
    public let products: [[Int]]

    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func transform(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: featureCount)
      let scalars = x.scalars
      var result: [Double] = []
      result.reserveCapacity(x.shape[0] * products.count)
      for row in 0..<x.shape[0] {
        for product in products { result.append(product.reduce(1) { $0 * scalars[row * featureCount + $1] }) }
      }
      return Matrix(result, shape: [x.shape[0], products.count])
    }
  }
}

extension PolynomialFeatures.Model: FeatureNaming {
  public func outputNames(for inputs: [String]) -> [String] {
    products.map { product in
      guard !product.isEmpty else { return "1" }
      let different = product.reduce(into: [Int]()) { if $0.last != $1 { $0.append($1) } }
      return different.map { feature in
        let power = product.count { $0 == feature }
        return power == 1 ? inputs[feature] : "\(inputs[feature])^\(power)"
      }.joined(separator: " ")
    }
  }

  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    featureCount = try file.decode(Int.self, forKey: .featureCount)
    products = try file.decode([[Int]].self, forKey: .products)
    try ModelChecks.fits(
      !products.isEmpty && products.allSatisfy { $0.allSatisfy { $0 >= 0 && $0 < featureCount } }, file, .products,
      "products of \(featureCount) features")
  }
}

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
