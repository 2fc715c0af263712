import CMartletRuntime
import MartletFrames
import MartletNumerics

/// Orders samples so that groups of any density are valleys, and cuts groups out at any radius: ``DBSCAN`` for all radii at
/// once.
///
/// A sample's core distance is the one within which it has ``minimumSamples``, itself included; its reachability from
/// another is that one's core distance, or the distance of both if that is larger. Next always comes the sample that is
/// reached most easily.
///
///     let model = try OPTICS(minimumSamples: 5).fit(x)
///     model.orderedReachability          // valleys are groups
///     model.labels(radius: 0.5)          // as DBSCAN's
///
/// Reference: Ankerst, Breunig, Kriegel and Sander (1999), OPTICS: ordering points to identify the clustering structure.
/// (scikit-learn: `OPTICS`)
public struct OPTICS: UnsupervisedEstimator {
  /// How many samples make a core; at least 2. (scikit-learn: `min_samples`)
  public var minimumSamples: Int
  /// The largest radius that matters; above 0. (scikit-learn: `max_eps`)
  public var maximumRadius: Double
  /// How far samples are from each other.
  public var metric: DistanceMetric

  /// - Parameters:
  ///   - minimumSamples: at least 2, at most the number of samples.
  ///   - maximumRadius: above 0; a small one saves time.
  ///   - metric: how far samples are from each other.
  public init(minimumSamples: Int = 5, maximumRadius: Double = .infinity, metric: DistanceMetric = .euclidean) {
    self.minimumSamples = minimumSamples
    self.maximumRadius = maximumRadius
    self.metric = metric
  }

  /// - Parameter x: shape `[n, d]`, every value finite.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: O(n² · d).
  public func fit(_ x: Matrix) throws(FitError) -> Model {
    try SampleChecks.parameter(minimumSamples > 1, "minimumSamples", "above 1", minimumSamples)
    try SampleChecks.parameter(maximumRadius > 0, "maximumRadius", "above 0", maximumRadius)
    try SampleChecks.features(x, atLeast: minimumSamples)
    let index = try NeighborIndex(x, metric: metric, algorithm: .automatic)
    let (count, width) = (x.shape[0], x.shape[1])
    let near = index.nearest(x, minimumSamples).distances
    let core = (0..<count).map { sample -> Double in
      let distance = near[(sample + 1) * minimumSamples - 1]
      return distance > maximumRadius ? .infinity : distance
    }
    let scalars = x.scalars
    var reachability = [Double](repeating: .infinity, count: count)
    var isOpen = [Bool](repeating: true, count: count)
    var order: [Int] = []
    let progress = FitProgress.begin("samples", of: count)
    for _ in 0..<count {
      martlet_poll()
      defer { progress?.advance() }
      var next = -1
      for sample in 0..<count where isOpen[sample] && (next < 0 || reachability[sample] < reachability[next]) {
        next = sample
      }
      isOpen[next] = false
      order.append(next)
      if core[next].isInfinite { continue }
      scalars.withUnsafeBufferPointer { scalars in
        // Not empty: there are samples with features.
        let own = scalars.baseAddress! + next * width
        for sample in 0..<count where isOpen[sample] {
          let reduced = metric.reducedDistance(own, scalars.baseAddress! + sample * width, width)
          let distance = metric.distance(fromReduced: reduced)
          if distance <= maximumRadius { reachability[sample] = min(reachability[sample], max(core[next], distance)) }
        }
      }
    }
    return Model(order: order, reachability: reachability, coreDistances: core)
  }

  /// What `OPTICS` has found.
  public struct Model: Sendable, Codable, Equatable {
    /// The samples in the order in which they were reached. (scikit-learn: `ordering_`)
    public let order: [Int]
    /// How easily each sample was reached, infinite for the first of each part.
    public let reachability: [Double]
    /// Within which distance each sample has enough neighbours; infinite where that is too far.
    public let coreDistances: [Double]

    /// The reachabilities in the order of the samples: what is drawn.
    public var orderedReachability: [Double] { order.map { reachability[$0] } }

    /// The group of each sample at one radius, numbered in the order of the samples; −1 for noise. (scikit-learn:
    /// `cluster_optics_dbscan`)
    public func labels(radius: Double) -> [Int] {
      var labels = [Int](repeating: -1, count: order.count)
      var group = -1
      for sample in order {
        if reachability[sample] > radius {
          if coreDistances[sample] <= radius {
            group += 1
            labels[sample] = group
          }
        } else {
          labels[sample] = group
        }
      }
      return labels
    }
  }
}

extension OPTICS.Model {
  private enum CodingKeys: String, CodingKey { case order, reachability, coreDistances }

  /// Writes infinite distances as missing ones, which JSON has no numbers for.
  public func encode(to encoder: any Encoder) throws {
    var file = encoder.container(keyedBy: CodingKeys.self)
    try file.encode(order, forKey: .order)
    try file.encode(reachability.map { $0.isFinite ? $0 : nil }, forKey: .reachability)
    try file.encode(coreDistances.map { $0.isFinite ? $0 : nil }, forKey: .coreDistances)
  }

  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    reachability = try file.decode([Double?].self, forKey: .reachability).map { $0 ?? .infinity }
    coreDistances = try file.decode([Double?].self, forKey: .coreDistances).map { $0 ?? .infinity }
    order = try ModelChecks.places(file, .order, count: reachability.count, below: reachability.count)
    try ModelChecks.fits(
      coreDistances.count == order.count && Set(order).count == order.count, file, .order, "each sample once")
  }
}

extension OPTICS.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let cores = coreDistances.filter(\.isFinite).sorted()
    let texts = cores.isEmpty ? ["none", "none"] : FrameNumberFormat.texts([cores[0], cores[cores.count / 2]])
    return ModelTable(
      title: "OPTICS", facts: ["\(order.count) samples in order"], header: ["core distance", "value"],
      rows: [["smallest", texts[0]], ["middle", texts[1]]])
  }
}
