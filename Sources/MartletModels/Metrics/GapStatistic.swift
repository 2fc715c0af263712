import CMartletRuntime
import MartletFrames
import MartletNumerics

/// How many groups there are: how much tighter clusters are than those of samples without any.
///
///     let gap = try GapStatistic(x, clusters: 1...8, seed: 0)
///     gap.best                     // the smallest number that does as well as the next one
///     gap.gaps                     // one for each number
///
/// The gap is the mean over uniform samples in the same box of `log W`, less `log W` of the samples themselves, where `W` is
/// k-means' inertia. The smallest number whose gap is at least the next one's less that one's error is taken; unlike the
/// silhouette it may be one.
///
/// Reference: Tibshirani, Walther and Hastie (2001), Estimating the number of clusters in a data set via the gap statistic.
public struct GapStatistic: Sendable, Equatable {
  /// The numbers of clusters that were tried.
  public let clusterCounts: [Int]
  /// The gap of each; the larger, the clearer the groups.
  public let gaps: [Double]
  /// How far each gap is off by chance: the standard deviation over the uniform samples, times `√(1 + 1 / references)`.
  public let errors: [Double]

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - clusters: the numbers of clusters to try, from 1 on and below the number of samples.
  ///   - references: how many uniform samples to compare with, at least 2; 20 are usual.
  ///   - seed: for the same samples and starts every time; `nil` for others each time.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: `(references + 1) · clusters` fits of k-means.
  public init(
    _ x: Matrix, clusters: ClosedRange<Int> = 1...8, references: Int = 20, seed: UInt64? = nil
  ) throws(FitError) {
    try SampleChecks.features(x, atLeast: 2)
    let (count, width) = (x.shape[0], x.shape[1])
    try SampleChecks.parameter(
      clusters.lowerBound > 0 && clusters.upperBound < count, "clusters", "from 1 on and below \(count)", clusters)
    try SampleChecks.parameter((2...10_000).contains(references), "references", "from 2 to 10000", references)
    let streams = PCG64.streams(seed: seed ?? Random.nextSeed(), count: references + 1)
    let columns = (0..<width).map { x.column($0).scalars }
    let lows = columns.map { $0.min() ?? 0 }
    let spreads = columns.indices.map { (columns[$0].max() ?? 0) - lows[$0] }
    var logs: [[Double]] = []
    let progress = FitProgress.begin("reference sets", of: streams.count)
    for (place, stream) in streams.enumerated() {
      martlet_poll()
      defer { progress?.advance() }
      var random = stream
      let own: Matrix
      if place == references {
        own = x
      } else {
        own = Matrix(
          (0..<count * width).map { lows[$0 % width] + spreads[$0 % width] * random.uniform() }, shape: x.shape)
      }
      var dispersions: [Double] = []
      for k in clusters {
        dispersions.append(
          log(try KMeans(clusters: k, restarts: 3, seed: UInt64(random.integer(below: 1 << 32))).fit(own).inertia))
      }
      logs.append(dispersions)
    }
    let own = logs.removeLast()
    let uniform = own.indices.map { place in logs.map { $0[place] } }
    clusterCounts = Array(clusters)
    gaps = zip(uniform, own).map { mean($0) - $1 }
    let factor = (1 + 1 / Double(references)).squareRoot()
    errors = uniform.map { standardDeviation($0, degreesOfFreedom: 0) * factor }
  }

  /// The smallest number of clusters whose gap is at least the next one's less its error; the last number where there is none.
  public var best: Int {
    let places = gaps.indices.dropLast()
    return places.first { gaps[$0] >= gaps[$0 + 1] - errors[$0 + 1] }.map { clusterCounts[$0] }
      ?? clusterCounts[clusterCounts.count - 1]
  }

  /// A row for each number: `clusters`, `gap` and `error`.
  public var frame: DataFrame {
    TableNames.frame([
      AnyColumn(Column("clusters", clusterCounts)), AnyColumn(Column("gap", gaps)), AnyColumn(Column("error", errors)),
    ])
  }
}
