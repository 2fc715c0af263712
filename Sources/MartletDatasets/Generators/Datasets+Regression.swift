import Foundation
import MartletNumerics

extension Datasets {
  /// A linear relation between some of the features and a target. (scikit-learn: `make_regression` with one target)
  ///
  ///     let (x, y, coefficients) = try Datasets.makeRegression(samples: 50, features: 3, informative: 2, noise: 1, seed: 0)
  ///     x.shape      // [50, 3]
  ///
  /// `y = x • coefficients + bias`, and normal noise. The numbers are scikit-learn's for `random_state` = `seed`, up to
  /// rounding in the product.
  /// - Parameters:
  ///   - informative: how many of the features have a coefficient, from 0 to 100; the others' is 0.
  ///   - bias: what is added to every target.
  ///   - effectiveRank: about how many directions explain the features; all of them when `nil`.
  ///   - tailStrength: how much the other directions matter where there is an effective rank, from 0 to 1.
  ///   - noise: the standard deviation of what is added to each target; at least 0.
  ///   - isShuffled: whether rows and columns are in random order; otherwise the informative features come first.
  ///   - seed: 0 up to 2³² − 1; without one, a seed is drawn from ``Random``.
  /// - Returns: features of shape `[samples, features]`, a target for each row and a coefficient for each column.
  /// - Throws: ``DatasetError`` when a parameter is out of its range.
  public static func makeRegression(
    samples: Int = 100, features: Int = 100, informative: Int = 10, bias: Double = 0, effectiveRank: Int? = nil,
    tailStrength: Double = 0.5, noise: Double = 0, isShuffled: Bool = true, seed: UInt64? = nil
  ) throws(DatasetError) -> (features: Matrix, target: [Double], coefficients: [Double]) {
    try checkSamples(samples, noise: noise)
    try check(features > 0, "features", "at least 1", features)
    try check(informative >= 0, "informative", "at least 0", informative)
    try check((0...1).contains(tailStrength), "tailStrength", "from 0 to 1", tailStrength)
    if let effectiveRank { try check(effectiveRank > 0, "effectiveRank", "at least 1", effectiveRank) }
    var stream = try SampleStream(seed: seed)
    var x =
      try effectiveRank.map { rank throws(DatasetError) in
        try stream.lowRankMatrix(samples, features, rank: rank, tailStrength)
      } ?? stream.random.normals(shape: [samples, features])
    var coefficients = [Double](repeating: 0, count: features)
    for i in 0..<min(informative, features) { coefficients[i] = 100 * stream.random.uniform() }
    var y = ((x • Matrix(coefficients)) + bias).scalars
    if noise > 0 { y = y.map { $0 + stream.random.normal(standardDeviation: noise) } }
    if isShuffled {
      stream.shuffle(&x, &y)
      coefficients = stream.shuffleColumns(of: &x).map { coefficients[$0] }
    }
    return (x, y, coefficients)
  }

  /// Friedman's first problem: a target that depends on five of the features, not linearly. (scikit-learn:
  /// `make_friedman1`)
  ///
  ///     let (x, y) = try Datasets.makeFriedman1(samples: 200, noise: 1, seed: 0)      // x.shape is [200, 10]
  ///
  /// `y = 10 sin(π x₀ x₁) + 20 (x₂ − ½)² + 10 x₃ + 5 x₄`, and normal noise; features are uniform between 0 and 1. The
  /// numbers are scikit-learn's for `random_state` = `seed`.
  /// - Parameters:
  ///   - features: at least 5; those after the fifth do not matter.
  ///   - noise: the standard deviation of what is added to each target; at least 0.
  ///   - seed: 0 up to 2³² − 1; without one, a seed is drawn from ``Random``.
  /// - Throws: ``DatasetError`` when a parameter is out of its range.
  ///
  /// Reference: Friedman (1991), Multivariate adaptive regression splines.
  public static func makeFriedman1(
    samples: Int = 100, features: Int = 10, noise: Double = 0, seed: UInt64? = nil
  ) throws(DatasetError) -> (features: Matrix, target: [Double]) {
    try checkSamples(samples, noise: noise)
    try check(features >= 5, "features", "at least 5", features)
    var stream = try SampleStream(seed: seed)
    let x = stream.random.uniforms(shape: [samples, features])
    let target = (0..<samples).map { row in
      let curved = 10 * sin(Double.pi * x[row, 0] * x[row, 1]) + 20 * ((x[row, 2] - 0.5) * (x[row, 2] - 0.5))
      return curved + 10 * x[row, 3] + 5 * x[row, 4] + noise * stream.random.standardNormal()
    }
    return (x, target)
  }
}

extension SampleStream {
  /// A matrix whose singular values fall off like a bell with a fat tail.
  fileprivate mutating func lowRankMatrix(
    _ rows: Int, _ columns: Int, rank: Int, _ tailStrength: Double
  ) throws(DatasetError) -> Matrix {
    let count = min(rows, columns)
    do {
      let left = try random.normals(shape: [rows, count]).qr().q
      let right = try random.normals(shape: [columns, count]).qr().q
      let values = (0..<count).map { i in
        let place = Double(i) / Double(rank)
        return (1 - tailStrength) * exp(-place * place) + tailStrength * exp(-0.1 * Double(i) / Double(rank))
      }
      return (left * Matrix(values)) • right.transposed()
    } catch {
      throw DatasetError(description: "makeRegression: \(error)")
    }
  }
}
