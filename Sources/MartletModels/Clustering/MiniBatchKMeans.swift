import CMartletRuntime
import MartletNumerics

/// Groups samples around centres as ``KMeans`` does, from small random batches: for more samples than patience.
///
/// Each batch moves the centres towards its samples, less and less as samples add up. The groups are a little worse
/// than those of ``KMeans``, the time does not grow with the number of samples but for the last look at all.
///
///     let digits = try Datasets.digits()
///     let model = try MiniBatchKMeans(clusters: 10, seed: 0).fit(digits.features)
///     model.clusterCount      // 10
///
/// Reference: Sculley (2010), Web-scale k-means clustering.
public struct MiniBatchKMeans: UnsupervisedEstimator {
  /// How many centres to place; from 1 to the number of samples. (scikit-learn: `n_clusters`)
  public var clusters: Int
  /// How many samples each step looks at; at least 1. (scikit-learn: `batch_size`)
  public var batchSize: Int
  /// How often all samples could be looked at before it ends; at least 1. (scikit-learn: `max_iter`)
  public var maximumPasses: Int
  /// It ends after so many batches without improvement; at least 1. (scikit-learn: `max_no_improvement`)
  public var patience: Int
  /// How many starts are compared before the first step; at least 1. (scikit-learn: `n_init`)
  public var restarts: Int
  /// A centre with less than this fraction of the largest centre's samples is placed anew; at least 0.
  /// (scikit-learn: `reassignment_ratio`)
  public var reassignmentRatio: Double
  /// From 0 to 2³² − 1; without one every fit starts elsewhere.
  public var seed: UInt64?

  /// - Parameters:
  ///   - clusters: how many centres to place.
  ///   - batchSize: how many samples each step looks at.
  ///   - maximumPasses: how often all samples could be looked at.
  ///   - patience: how many batches without improvement end it.
  ///   - restarts: how many starts are compared.
  ///   - reassignmentRatio: how small a group may be, compared with the largest.
  ///   - seed: for the same result every time.
  public init(
    clusters: Int = 8, batchSize: Int = 1_024, maximumPasses: Int = 100, patience: Int = 10, restarts: Int = 3,
    reassignmentRatio: Double = 0.01, seed: UInt64? = nil
  ) {
    self.clusters = clusters
    self.batchSize = batchSize
    self.maximumPasses = maximumPasses
    self.patience = patience
    self.restarts = restarts
    self.reassignmentRatio = reassignmentRatio
    self.seed = seed
  }

  /// The same as that of ``KMeans``.
  public typealias Model = KMeans.Model

  /// - Parameter x: shape `[n, d]` with at least as many samples as clusters, every value finite.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: O(batchSize · d · clusters) a step, O(n · d · clusters) at the end.
  public func fit(_ x: Matrix) throws(FitError) -> Model { try fit(x, weights: nil) }

  /// The same with samples of which each is as likely to be in a batch as its weight says.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  public func fit(_ x: Matrix, weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.parameter(clusters > 0, "clusters", "above 0", clusters)
    try SampleChecks.parameter(batchSize > 0, "batchSize", "above 0", batchSize)
    try SampleChecks.parameter(maximumPasses > 0, "maximumPasses", "above 0", maximumPasses)
    try SampleChecks.parameter(patience > 0, "patience", "above 0", patience)
    try SampleChecks.parameter(restarts > 0, "restarts", "above 0", restarts)
    try SampleChecks.parameter(reassignmentRatio >= 0, "reassignmentRatio", "of at least 0", reassignmentRatio)
    try SampleChecks.features(x, atLeast: clusters)
    var random = try SeededStart.generator(seed)
    try SampleChecks.weights(weights, count: x.shape[0])
    let (samples, shares) = (ClusterSamples(x, weights: weights), DrawShares.of(weights))
    var centres = MovingCentres(start(samples, shares, &random), clusters: clusters, width: samples.width)
    let batch = min(batchSize, samples.count)
    let most = max(1, maximumPasses * samples.count / batch)
    var progress = SmoothedProgress(weight: min(1, 2 * Double(batch) / Double(samples.count + 1)), patience: patience)
    var steps = 0
    var hasSettled = false
    let bar = FitProgress.begin("batches", of: most)
    while steps < most, !hasSettled {
      martlet_poll()
      defer { bar?.advance() }
      let drawn = drawn(batch, samples, shares, &random)
      let inertia = centres.move(towards: drawn)
      steps += 1
      if steps.isMultiple(of: 10 * max(1, clusters / 10)) { centres.replaceSmall(reassignmentRatio, drawn, &random) }
      // The first batch has moved centres that had seen nothing.
      hasSettled = steps > 1 && progress.hasStalled(inertia / Double(batch))
    }
    let labels = samples.nearest(CentreTable(centres.scalars, count: clusters, width: samples.width))
    return Model(
      centres: Matrix(centres.scalars, shape: [clusters, samples.width]), labels: labels.map(Int.init),
      inertia: samples.inertia(labels, centres.scalars), iterations: steps, hasConverged: hasSettled)
  }

  private func drawn(
    _ count: Int, _ samples: ClusterSamples, _ shares: [Double]?, _ random: inout MT19937
  ) -> ClusterSamples {
    let rows = random.choice(count, of: samples.count, weights: shares).flatMap { samples.row($0) }
    return ClusterSamples(Matrix(rows, shape: [count, samples.width]), weights: nil)
  }

  /// The best of a few k-means++ starts on small samples.
  private func start(_ samples: ClusterSamples, _ shares: [Double]?, _ random: inout MT19937) -> [Double] {
    let size = min(samples.count, 3 * max(batchSize, clusters))
    let check = drawn(size, samples, shares, &random)
    let starts = (0..<restarts).map { _ in
      let part = size == samples.count ? samples : drawn(size, samples, shares, &random)
      return CentreStart.kMeansPlusPlus.centres(clusters, of: part, &random)
    }
    let inertias = starts.map { centres in
      check.inertia(check.nearest(CentreTable(centres, count: clusters, width: check.width)), centres)
    }
    // Not empty: there is at least one start.
    return starts[inertias.indices.min { inertias[$0] < inertias[$1] }!]
  }
}

/// Centres that are the means of all samples they have seen.
private struct MovingCentres {
  var scalars: [Double]
  let clusters: Int
  let width: Int
  private var seen: [Double]

  init(_ scalars: [Double], clusters: Int, width: Int) {
    self.scalars = scalars
    self.clusters = clusters
    self.width = width
    seen = [Double](repeating: 0, count: clusters)
  }

  /// Moves each centre to the mean of what it has seen and its samples of the batch; gives the inertia before.
  mutating func move(towards batch: ClusterSamples) -> Double {
    let labels = batch.nearest(CentreTable(scalars, count: clusters, width: width))
    let inertia = batch.inertia(labels, scalars)
    var sums = [Double](repeating: 0, count: scalars.count)
    var counts = [Double](repeating: 0, count: clusters)
    for (sample, label) in labels.enumerated() {
      counts[Int(label)] += 1
      for (feature, value) in batch.row(sample).enumerated() { sums[Int(label) * width + feature] += value }
    }
    for centre in 0..<clusters where counts[centre] > 0 {
      let total = seen[centre] + counts[centre]
      for place in centre * width..<(centre + 1) * width {
        scalars[place] = (scalars[place] * seen[centre] + sums[place]) / total
      }
      seen[centre] = total
    }
    return inertia
  }

  /// Places centres that have seen much less than the largest at samples of the batch.
  mutating func replaceSmall(_ ratio: Double, _ batch: ClusterSamples, _ random: inout MT19937) {
    let largest = seen.max() ?? 0
    let small = seen.indices.filter { seen[$0] < ratio * largest }.prefix(batch.count / 2)
    guard !small.isEmpty else { return }
    let least = seen.filter { $0 >= ratio * largest }.min() ?? 0
    for (centre, sample) in zip(small, random.choice(small.count, of: batch.count, withReplacement: false)) {
      for (feature, value) in batch.row(sample).enumerated() { scalars[centre * width + feature] = value }
      seen[centre] = least
    }
  }
}

/// Notices when a noisy number no longer falls.
private struct SmoothedProgress {
  let weight: Double
  let patience: Int
  private var mean: Double?
  private var best = Double.infinity
  private var stalled = 0

  init(weight: Double, patience: Int) {
    self.weight = weight
    self.patience = patience
  }

  mutating func hasStalled(_ value: Double) -> Bool {
    let now = mean.map { $0 * (1 - weight) + value * weight } ?? value
    mean = now
    if now < best { (best, stalled) = (now, 0) } else { stalled += 1 }
    return stalled >= patience
  }
}
