import MartletNumerics

/// A weighted sum of similarities to some of the samples of fitting.
struct VectorExpansion: Sendable, Codable, Equatable {
  let kernel: FittedKernel
  /// Where among the samples of fitting the support vectors are.
  let indices: [Int]
  /// One a row; without features for a precomputed kernel.
  let vectors: Matrix
  let coefficients: [Double]
  let intercept: Double
  let featureCount: Int

  init(_ x: Matrix, _ kernel: FittedKernel, coefficients: [Double], intercept: Double) {
    self.kernel = kernel
    indices = coefficients.indices.filter { coefficients[$0] != 0 }
    vectors = kernel == .precomputed ? .zeros(indices.count, 0) : x[rows: indices]
    self.coefficients = indices.map { coefficients[$0] }
    self.intercept = intercept
    featureCount = x.shape[1]
  }

  func values(_ x: Matrix) throws(FitError) -> [Double] {
    try SampleChecks.features(x, count: featureCount)
    guard !indices.isEmpty, x.shape[0] > 0 else { return [Double](repeating: intercept, count: x.shape[0]) }
    var values: [Double] = []
    for first in stride(from: 0, to: x.shape[0], by: 1_024) {
      let part = x[first..<min(first + 1_024, x.shape[0]), .all]
      let similar = try kernel.similarities(part, vectors, at: indices)
      values += (similar • Matrix(coefficients) + intercept).scalars
    }
    return values
  }

  private enum CodingKeys: String, CodingKey { case kernel, indices, vectors, coefficients, intercept, featureCount }

  init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    kernel = try file.decode(FittedKernel.self, forKey: .kernel)
    featureCount = try file.decode(Int.self, forKey: .featureCount)
    try ModelChecks.fits(featureCount > 0, file, .featureCount, "at least one feature")
    let isPrecomputed = kernel == .precomputed
    indices = try ModelChecks.places(file, .indices, below: isPrecomputed ? featureCount : Int(Int32.max))
    vectors = try file.decode(Matrix.self, forKey: .vectors)
    try ModelChecks.fits(
      vectors.shape == [indices.count, isPrecomputed ? 0 : featureCount] && vectors.scalars.allSatisfy(\.isFinite),
      file, .vectors, "\(indices.count) support vectors of \(featureCount) features")
    coefficients = try file.decode([Double].self, forKey: .coefficients)
    try ModelChecks.fits(
      coefficients.count == indices.count && coefficients.allSatisfy(\.isFinite), file, .coefficients,
      "\(indices.count) finite numbers")
    intercept = try file.decode(Double.self, forKey: .intercept)
  }
}
