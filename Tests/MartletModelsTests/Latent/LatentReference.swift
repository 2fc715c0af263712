import MartletNumerics

/// What scikit-learn makes of signals, texts and answers; see Tests/Reference/make_latent.py.
struct LatentReference: Decodable {
  struct Sources: Decodable {
    let components, mixing, whitening, first: [[Double]]
    let iterations: Int
  }
  struct Factors: Decodable {
    let components, first: [[Double]]
    let noise, likelihoods, densities, covariance: [Double]
    let iterations: Int
  }
  struct Allocation: Decodable {
    let components, shares: [[Double]]
    let perplexity, score, bound: Double
    let iterations: Int
  }
  struct Process: Decodable {
    let likelihood: Double
    let gradient, means, variances, probabilities: [Double]
    let labels: [Int]
  }
  struct Learned: Decodable { let likelihood: Double, parameters, probabilities: [Double] }
  struct Several: Decodable { let likelihood: Double, probabilities: [[Double]] }

  let recordings, start, white, plain, counts, others: [[Double]]
  let ica: [String: Sources]
  let factors: [String: Factors]
  let allocations: [String: Allocation]
  let places: [Double]
  let answers: [Int]
  let fixed: [String: Process]
  let learned: Learned
  let many, kept: Several

  static func read() throws -> LatentReference { try ReferenceFile.read("latent") }
}

/// Whether a matrix has these rows, to a relative error.
func agree(_ a: Matrix, _ rows: [[Double]], within tolerance: Double) -> Bool {
  a.shape == [rows.count, rows.first?.count ?? 0] && agree(a.scalars, rows.flatMap { $0 }, within: tolerance)
}
