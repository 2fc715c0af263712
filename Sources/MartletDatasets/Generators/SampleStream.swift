import MartletNumerics

/// The random numbers that scikit-learn's generators of data draw: those of NumPy's `RandomState`.
struct SampleStream {
  var random: MT19937

  /// - Parameter seed: 0 up to 2³² − 1; `nil` draws one from ``Random``.
  init(seed: UInt64?) throws(DatasetError) {
    let seed = seed ?? Random.nextSeed()
    try check(seed <= UInt32.max, "seed", "a number up to 4294967295", seed)
    random = MT19937(seed: seed)
  }

  /// The rows and what belongs to each, in the same random order.
  mutating func shuffle<Label>(_ features: inout Matrix, _ labels: inout [Label]) {
    let order = random.permutation(labels.count)
    features = features[rows: order]
    labels = order.map { labels[$0] }
  }

  /// The columns in a random order, and that order.
  mutating func shuffleColumns(of features: inout Matrix) -> [Int] {
    let order = random.permutation(features.shape[1])
    features = features.gathered(Tensor(order), axis: 1)
    return order
  }

  /// A matrix of normal numbers around zero.
  mutating func noise(_ rows: Int, _ columns: Int, standardDeviation: Double) -> Matrix {
    random.normals(shape: [rows, columns], standardDeviation: standardDeviation)
  }
}

/// - Throws: ``DatasetError`` that names the parameter, what it should be and what it is.
func check<Value>(_ holds: Bool, _ name: String, _ expected: String, _ found: Value) throws(DatasetError) {
  guard holds else { throw DatasetError(description: "\(name) should be \(expected); it is \(found).") }
}

/// Numbers of samples and how far they scatter: what every generator checks.
func checkSamples(_ samples: Int, noise: Double = 0) throws(DatasetError) {
  try check(samples > 0, "samples", "at least 1", samples)
  try check(noise >= 0 && noise.isFinite, "noise", "a finite standard deviation of at least 0", noise)
}
