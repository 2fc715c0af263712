import CMartletRuntime
import MartletFrames
import MartletNumerics

/// Places samples in a few dimensions so that their distances there are like their distances in the data.
///
/// Minimises the stress `∑ (d − δ)²` over all pairs, where `δ` is the distance in the data and `d` that of the places, by
/// steps that never raise it (SMACOF). The classical places, where it begins, are the best for the squared distances' inner
/// products and need no steps: `maximumIterations: 0` keeps them.
///
///     let map = try MDS().fit(iris.matrix(except: "species"))
///     map.embedding      // shape [150, 2]
///     map.stress
///
/// Keeps large distances best; ``TSNE`` keeps small ones. New samples have no place.
///
/// References: Torgerson (1952), Multidimensional scaling; Borg and Groenen (2005), Modern multidimensional scaling.
/// (scikit-learn: `MDS`, `ClassicalMDS`)
public struct MDS: UnsupervisedEstimator {
  /// Where the places begin.
  public enum Start: Sendable {
    /// At the classical solution.
    case classical
    /// Here: shape `[n, components]`.
    case given(Matrix)
    /// Anywhere; `nil` elsewhere every time.
    case random(seed: UInt64?)
  }

  /// How many dimensions; at least 1. (scikit-learn: `n_components`)
  public var components: Int
  /// How far samples are from each other in the data; `nil` when `fit` is given the distances of all pairs.
  public var metric: DistanceMetric?
  /// Where the places begin. (scikit-learn: `init`)
  public var start: Start
  /// The most steps. (scikit-learn: `max_iter`)
  public var maximumIterations: Int
  /// It has settled when the stress falls by less than this fraction of the squared distances. (scikit-learn: `eps`)
  public var tolerance: Double

  /// - Parameters:
  ///   - components: at least 1.
  ///   - metric: how far samples are from each other; `nil` for given distances.
  ///   - start: where the places begin.
  ///   - maximumIterations: at least 0.
  ///   - tolerance: at least 0.
  public init(
    components: Int = 2, metric: DistanceMetric? = .euclidean, start: Start = .classical,
    maximumIterations: Int = 300, tolerance: Double = 1e-6
  ) {
    self.components = components
    self.metric = metric
    self.start = start
    self.maximumIterations = maximumIterations
    self.tolerance = tolerance
  }

  /// - Parameter x: shape `[n, d]`, every value finite; without a metric the distances of all pairs, `[n, n]`.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite`, `parameter` or `notConverged`.
  /// - Complexity: O(n³) for the classical start, O(n² · components) a step; O(n²) memory.
  public func fit(_ x: Matrix) throws(FitError) -> Model {
    try SampleChecks.features(x, atLeast: 2)
    let count = x.shape[0]
    try SampleChecks.parameter((1..<count).contains(components), "components", "from 1 to \(count - 1)", components)
    try SampleChecks.parameter(maximumIterations >= 0, "maximumIterations", "of at least 0", maximumIterations)
    try SampleChecks.parameter(tolerance >= 0, "tolerance", "of at least 0", tolerance)
    let distances = try AllDistances.table(x, metric)
    var places = try begin(distances)
    var spread = AllDistances.euclidean(places)
    var stress = Self.stress(spread, distances)
    var (iterations, hasConverged) = (0, maximumIterations == 0)
    let progress = FitProgress.begin("steps", of: maximumIterations)
    while iterations < maximumIterations, !hasConverged {
      martlet_poll()
      defer { progress?.advance() }
      // Guttman's transform: the minimum of a bowl that touches the stress from above.
      let ratio = distances / spread.map { $0 == 0 ? 1e-5 : $0 }
      places = (places * ratio.sum(axis: 1, keepDimensions: true) - ratio • places) / Double(count)
      spread = AllDistances.euclidean(places)
      let next = Self.stress(spread, distances)
      iterations += 1
      hasConverged = (stress - next) / ((spread * spread).sum() / 2) < tolerance
      stress = next
    }
    return Model(
      embedding: places, stress: stress, iterations: iterations, hasConverged: hasConverged,
      distanceSquares: (distances * distances).sum() / 2)
  }

  private func begin(_ distances: Matrix) throws(FitError) -> Matrix {
    let count = distances.shape[0]
    switch start {
    case .classical: return try AllDistances.classicalPlaces(distances, components)
    case .random(let seed):
      var random = PCG64(seed: seed ?? Random.nextSeed())
      return Matrix(random.uniforms(count * components), shape: [count, components])
    case .given(let places):
      guard places.shape == [count, components] else {
        throw FitError(
          .shape, expected: "given places of shape [\(count), \(components)]", found: "shape \(places.shape)",
          advice: "Give one row for each sample.")
      }
      try SampleChecks.finite(places.scalars, "place", width: components)
      return places
    }
  }

  private static func stress(_ spread: Matrix, _ distances: Matrix) -> Double {
    let missed = spread - distances
    return (missed * missed).sum() / 2
  }

  /// What `MDS` has found.
  public struct Model: Sendable, Codable, Equatable {
    /// The samples' places: shape `[n, components]`.
    public let embedding: Matrix
    /// The squared differences of distances, summed over pairs. (scikit-learn: `stress_`)
    public let stress: Double
    /// How many steps it took.
    public let iterations: Int
    /// Whether it settled within the steps it was given.
    public let hasConverged: Bool
    let distanceSquares: Double
    /// The root of the stress over the squared distances of the data: 0 is perfect, 0.05 good, 0.2 poor. (Kruskal's
    /// stress-1)
    public var normalizedStress: Double { distanceSquares > 0 ? (stress / distanceSquares).squareRoot() : 0 }
  }
}

extension MDS.Model: ModelSummary {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    embedding = try ModelChecks.matrix(file, .embedding)
    stress = try file.decode(Double.self, forKey: .stress)
    iterations = try file.decode(Int.self, forKey: .iterations)
    hasConverged = try file.decode(Bool.self, forKey: .hasConverged)
    distanceSquares = try file.decode(Double.self, forKey: .distanceSquares)
    try ModelChecks.fits(stress >= 0 && distanceSquares >= 0, file, .stress, "sums of squares")
  }

  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    ModelTable(
      title: "Multidimensional scaling",
      facts: ["\(embedding.shape[0]) samples in \(embedding.shape[1]) dimensions"],
      header: ["stress", "normalised", "steps"],
      rows: [FrameNumberFormat.texts([stress]) + FrameNumberFormat.texts([normalizedStress]) + ["\(iterations)"]])
  }
}
