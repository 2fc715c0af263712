import MartletFrames
import MartletNumerics

/// Groups samples around the places where they are densest; how many there are is found, not given.
///
/// From every sample a window of radius ``bandwidth`` moves to the mean of the samples in it, again and again, until it
/// stands still. Of windows that end within a radius of each other the one with the most samples stays; a sample belongs to
/// the nearest that is left.
///
///     let model = try MeanShift(bandwidth: 2).fit(x)
///     model.centres
///
/// Reference: Comaniciu and Meer (2002), Mean shift: a robust approach toward feature space analysis. (scikit-learn:
/// `MeanShift`)
public struct MeanShift: UnsupervisedEstimator {
  /// The radius of a window, in units of the features; by default the mean distance of samples from their neighbours, of
  /// which 30 % of all are taken. (scikit-learn: `estimate_bandwidth`)
  public var bandwidth: Double?
  /// The most moves of each window; at least 1. (scikit-learn: `max_iter`)
  public var maximumIterations: Int

  /// - Parameters:
  ///   - bandwidth: above 0, or `nil` for one that suits the samples.
  ///   - maximumIterations: at least 1.
  public init(bandwidth: Double? = nil, maximumIterations: Int = 300) {
    self.bandwidth = bandwidth
    self.maximumIterations = maximumIterations
  }

  /// - Parameter x: shape `[n, d]`, every value finite.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: O(n² · d) a move at worst, less with a tree.
  public func fit(_ x: Matrix) throws(FitError) -> Model {
    try SampleChecks.parameter(maximumIterations > 0, "maximumIterations", "above 0", maximumIterations)
    try SampleChecks.features(x)
    let index = try NeighborIndex(x, metric: .euclidean, algorithm: .automatic)
    let radius = bandwidth ?? usualRadius(x, index)
    try SampleChecks.parameter(radius > 0 && radius.isFinite, "bandwidth", "above 0", radius)
    let progress = FitProgress.begin("windows", of: x.shape[0])
    let windows = Parallel.mapRanges(x.shape[0], length: 8) { range in
      defer { progress?.advance(by: range.count) }
      return range.map { climb(from: $0, x, index, radius) }
    }.flatMap { $0 }
    let centres = apart(windows, radius)
    let table = Matrix(centres)
    let labels = try NearestNeighbors().fit(table).neighbors(of: x, count: 1).places.scalars
    return Model(centres: table, labels: labels, bandwidth: radius)
  }

  private func usualRadius(_ x: Matrix, _ index: NeighborIndex) -> Double {
    let near = max(Int(Double(x.shape[0]) * 0.3), 1)
    let distances = index.nearest(x, near).distances
    return (0..<x.shape[0]).reduce(0) { $0 + distances[($1 + 1) * near - 1] } / Double(x.shape[0])
  }

  private func climb(
    from sample: Int, _ x: Matrix, _ index: NeighborIndex, _ radius: Double
  ) -> (centre: [Double], count: Int) {
    let (scalars, width) = (x.scalars, x.shape[1])
    var centre = Array(scalars[sample * width..<(sample + 1) * width])
    var count = 0
    for _ in 0..<maximumIterations {
      let inside = index.within(radius, of: Matrix(centre, shape: [1, width]))[0].places
      count = inside.count
      if inside.isEmpty { break }
      var next = [Double](repeating: 0, count: width)
      for place in inside { for j in 0..<width { next[j] += scalars[Int(place) * width + j] } }
      for j in 0..<width { next[j] /= Double(inside.count) }
      let move = zip(next, centre).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
      centre = next
      if move <= 1e-3 * radius { break }
    }
    return (centre, count)
  }

  /// The fullest windows, none within a radius of a fuller one.
  private func apart(_ windows: [(centre: [Double], count: Int)], _ radius: Double) -> [[Double]] {
    let sorted = windows.filter { $0.count > 0 }.sorted {
      $0.count != $1.count ? $0.count > $1.count : $1.centre.lexicographicallyPrecedes($0.centre)
    }
    var kept: [[Double]] = []
    for window in sorted where kept.last != window.centre {
      let isNear = kept.contains { other in
        zip(other, window.centre).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } <= radius * radius
      }
      if !isNear { kept.append(window.centre) }
    }
    return kept
  }

  /// What `MeanShift` has found.
  public struct Model: Predictor, ClusterModel, Codable, Equatable {
    /// Where the samples are densest, the fullest window first: shape `[clusters, d]`.
    public let centres: Matrix
    public let labels: [Int]
    /// The radius of the windows.
    public let bandwidth: Double
    public var clusterCount: Int { centres.shape[0] }

    /// The nearest centre of each sample.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predict(_ x: Matrix) throws(FitError) -> [Int] {
      try SampleChecks.features(x, count: centres.shape[1])
      return try NearestNeighbors().fit(centres).neighbors(of: x, count: 1).places.scalars
    }
  }
}

extension MeanShift.Model {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    centres = try ModelChecks.matrix(file, .centres)
    labels = try ModelChecks.places(file, .labels, below: centres.shape[0])
    bandwidth = try file.decode(Double.self, forKey: .bandwidth)
  }
}

extension MeanShift.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let sizes = clusterSizes
    return ModelTable(
      title: "Mean shift",
      facts: ["\(clusterCount) groups of \(labels.count) samples, radius \(FrameNumberFormat.texts([bandwidth])[0])"],
      header: ["group", "samples"], rows: sizes.indices.map { ["\($0)", "\(sizes[$0])"] })
  }
}
