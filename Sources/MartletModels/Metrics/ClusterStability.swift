import CMartletRuntime
import MartletFrames
import MartletNumerics

/// Whether a clustering finds the same groups again in samples drawn anew: groups that come and go are not there.
///
///     let stability = try ClusterStability(x, draws: 20, seed: 0) { drawn in
///       try KMeans(clusters: 3, seed: 0).fit(drawn).predict(x)
///     }
///     stability.mean               // 1: always the same groups; 0: no more alike than by chance
///
/// Each draw takes as many samples with replacement; the groups that all samples are put in after learning from two draws are
/// compared by the adjusted Rand index.
///
/// Reference: Ben-Hur, Elisseeff and Guyon (2002), A stability based method for discovering structure in clustered data;
/// von Luxburg (2010), Clustering stability: an overview.
public struct ClusterStability: Sendable, Equatable {
  /// The adjusted Rand index of each pair of draws that follow each other.
  public let agreements: [Double]

  /// - Parameters:
  ///   - x: shape `[n, d]`.
  ///   - draws: how many, at least 2.
  ///   - seed: for the same draws every time; `nil` for others each time.
  ///   - clusters: learns from drawn samples and says the group of each sample of `x`.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples` or `parameter`, and what `clusters` throws.
  /// - Complexity: `draws` calls of `clusters`.
  public init<Cluster: Hashable>(
    _ x: Matrix, draws: Int = 20, seed: UInt64? = nil, _ clusters: (_ drawn: Matrix) throws(FitError) -> [Cluster]
  ) throws(FitError) {
    try SampleChecks.shape(x, atLeast: 2)
    try SampleChecks.parameter((2...100_000).contains(draws), "draws", "from 2 to 100000", draws)
    let count = x.shape[0]
    var random = PCG64(seed: seed ?? Random.nextSeed())
    var agreements: [Double] = []
    var last: [Cluster]?
    let progress = FitProgress.begin("draws", of: draws)
    for _ in 0..<draws {
      martlet_poll()
      defer { progress?.advance() }
      let rows = (0..<count).map { _ in random.integer(below: count) }
      let groups = try clusters(x[rows: rows])
      guard groups.count == count else {
        throw FitError(
          .shape, expected: "a group for each of the \(count) samples", found: "\(groups.count)",
          advice: "Predict the groups of all samples, not of those that were drawn.")
      }
      if let last { agreements.append(ClusterAgreement(groups, last).adjustedRandIndex) }
      last = groups
    }
    self.agreements = agreements
  }

  /// The mean agreement: 1 for always the same groups, near 0 for no more than chance.
  public var mean: Double { MartletNumerics.mean(agreements) }
}
