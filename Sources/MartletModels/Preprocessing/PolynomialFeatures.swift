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
