import CMartletRuntime
import MartletFrames
import MartletNumerics

/// Unrolls a curved sheet of samples: places them in a few dimensions by their distances along the sheet.
///
/// Each sample is joined to its nearest neighbours; the distance of two samples is the shortest path along these joins, and
/// the places are those of classical ``MDS`` for such distances.
///
///     let map = try Isomap(neighbors: 10).fit(swissRoll)
///     map.embedding      // shape [n, 2]: the roll, unrolled
///     try map.transform(fresh)
///
/// Too few neighbours tear the sheet apart, which is refused; too many jump from layer to layer.
///
/// Reference: Tenenbaum, de Silva and Langford (2000), A global geometric framework for nonlinear dimensionality reduction.
/// (scikit-learn: `Isomap`)
public struct Isomap: UnsupervisedEstimator {
  /// How many neighbours each sample is joined to; at least 1. (scikit-learn: `n_neighbors`)
  public var neighbors: Int
  /// How many dimensions; at least 1. (scikit-learn: `n_components`)
  public var components: Int
  /// How far neighbours are from each other.
  public var metric: DistanceMetric

  /// - Parameters:
  ///   - neighbors: at least 1.
  ///   - components: at least 1.
  ///   - metric: how far neighbours are from each other.
  public init(neighbors: Int = 5, components: Int = 2, metric: DistanceMetric = .euclidean) {
    self.neighbors = neighbors
    self.components = components
    self.metric = metric
  }

  /// - Parameter x: shape `[n, d]`, every value finite.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: O(n² · (neighbors + log n)) for the paths and O(n³) for the places; O(n²) memory.
  public func fit(_ x: Matrix) throws(FitError) -> Model {
    try SampleChecks.features(x, atLeast: 3)
    try SampleChecks.parameter(
      neighbors > 0 && neighbors < x.shape[0], "neighbors", "from 1 to \(x.shape[0] - 1)", neighbors)
    let nearest = try NearestNeighbors(metric: metric).fit(x)
    let found = try nearest.neighborsOfSamples(count: neighbors)
    let paths = ShortestPaths(found.places, found.distances).table()
    guard paths.scalars.allSatisfy(\.isFinite) else {
      throw FitError(
        .parameter, expected: "samples that all hang together by their \(neighbors) nearest neighbours",
        found: "separate groups", advice: "Take more neighbors, or fit each group on its own.")
    }
    let kernel = try KernelPCA(components: components, kernel: .precomputed).fit(paths * paths * -0.5)
    return Model(nearest: nearest, neighbors: neighbors, paths: paths, kernel: kernel)
  }

  /// What `Isomap` has learned.
  public struct Model: Transformer, Codable {
    let nearest: NearestNeighbors.Model
    let neighbors: Int
    /// The distances of the samples of fitting along the sheet, shape `[n, n]`. (scikit-learn: `dist_matrix_`)
    public let paths: Matrix
    let kernel: KernelPCA.Model

    /// The places of the samples of fitting: shape `[n, components]`.
    public var embedding: Matrix { kernel.embedding }

    /// The places of new samples, which reach the others by their nearest neighbours.
    /// - Parameter x: shape `[m, d]` with the `d` features of fitting.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func transform(_ x: Matrix) throws(FitError) -> Matrix {
      let found = try nearest.neighbors(of: x, count: neighbors)
      if x.shape[0] == 0 { return try kernel.transform(.zeros(0, paths.shape[0])) }
      let rows = (0..<x.shape[0]).map { row in
        let ways = (0..<neighbors).map { paths.row(found.places[row, $0]) + found.distances[row, $0] }
        return Matrix.stacked(ways).min(axis: 0)
      }
      let reached = Matrix.stacked(rows)
      return try kernel.transform(reached * reached * -0.5)
    }

    init(nearest: NearestNeighbors.Model, neighbors: Int, paths: Matrix, kernel: KernelPCA.Model) {
      self.nearest = nearest
      self.neighbors = neighbors
      self.paths = paths
      self.kernel = kernel
    }

    private enum CodingKeys: String, CodingKey { case nearest, neighbors, paths, kernel }

    /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
    public init(from decoder: any Decoder) throws {
      let file = try decoder.container(keyedBy: CodingKeys.self)
      nearest = try file.decode(NearestNeighbors.Model.self, forKey: .nearest)
      let count = nearest.samples.shape[0]
      neighbors = try file.decode(Int.self, forKey: .neighbors)
      try ModelChecks.fits((1..<max(count, 2)).contains(neighbors), file, .neighbors, "from 1 to \(count - 1)")
      paths = try ModelChecks.matrix(file, .paths, rows: count, columns: count)
      kernel = try file.decode(KernelPCA.Model.self, forKey: .kernel)
      try ModelChecks.fits(
        kernel.kernel == .precomputed && kernel.samples.shape == [count, count], file, .kernel,
        "components of \(count) paths")
    }
  }
}

extension Isomap.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let values = FrameNumberFormat.texts(kernel.eigenvalues)
    return ModelTable(
      title: "Isomap", facts: ["\(paths.shape[0]) samples, each joined to \(neighbors) neighbours"],
      header: ["dimension", "eigenvalue"], rows: values.indices.map { ["\($0)", values[$0]] })
  }
}
