import MartletNumerics

/// How many samples each class has, and the mean and variance of each feature among them.
struct ClassMoments: Sendable, Codable, Equatable {
  /// The sum of the weights of each class's samples.
  let counts: [Double]
  /// Shape `[classes, features]`.
  let means: Matrix
  /// With divisor `n`, shape `[classes, features]`.
  let variances: Matrix

  init(counts: [Double], means: Matrix, variances: Matrix) {
    self.counts = counts
    self.means = means
    self.variances = variances
  }

  init(_ x: Matrix, _ codes: [Int], classCount: Int, _ weights: [Double]?) {
    let shares = ClassShares.matrix(codes, classCount: classCount, weights).transposed()
    let sizes = shares.sum(axis: 1, keepDimensions: true)
    // A class without samples has moments of zero, and no part in anything.
    let divisors = Matrix.maximum(sizes, Matrix(scalar: .leastNormalMagnitude))
    let means = (shares • x) / divisors
    // About the class's own mean: squares about zero would lose digits.
    let centred = x - means[rows: codes]
    self.init(counts: sizes.scalars, means: means, variances: (shares • (centred * centred)) / divisors)
  }

  /// The moments of all samples of both.
  func joined(_ other: ClassMoments) -> ClassMoments {
    let a = Matrix(counts).reshaped(-1, 1)
    let b = Matrix(other.counts).reshaped(-1, 1)
    let both = Matrix.maximum(a + b, Matrix(scalar: .leastNormalMagnitude))
    let apart = other.means - means
    let joinedMeans = means + apart * (b / both)
    let squares = variances * a + other.variances * b + apart * apart * (a * b / both)
    return ClassMoments(counts: (a + b).scalars, means: joinedMeans, variances: squares / both)
  }

  /// Each feature's variance among the samples of all classes.
  var totalVariances: Matrix {
    let shares = Matrix(counts.map { $0 / counts.reduce(0, +) }).reshaped(-1, 1)
    let mean = (means * shares).sum(axis: 0)
    let apart = means - mean
    return ((variances + apart * apart) * shares).sum(axis: 0)
  }

  private enum CodingKeys: String, CodingKey { case counts, means, variances }

  init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    counts = try ModelChecks.numbers(file, .counts)
    try ModelChecks.fits(counts.allSatisfy { $0 >= 0 } && counts.contains { $0 > 0 }, file, .counts, "counts above 0")
    means = try ModelChecks.matrix(file, .means, rows: counts.count)
    variances = try ModelChecks.matrix(file, .variances, rows: counts.count, columns: means.shape[1])
    try ModelChecks.fits(variances.min() >= 0, file, .variances, "variances of at least 0")
  }
}
