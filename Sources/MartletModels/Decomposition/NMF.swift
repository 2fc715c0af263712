import CMartletRuntime
import MartletFrames
import MartletNumerics

/// Explains amounts as sums of a few parts, none of them negative: `X ≈ W H`.
///
/// Minimises `½‖X − WH‖²` by coordinate descent: every element of `W` in turn, then every one of `H`. It starts from the
/// singular vectors' larger halves; zeros there begin as the mean of `X`.
///
///     let model = try NMF(components: 10).fit(digits.features)
///     model.components                          // the parts, shape [10, 64]
///     try model.transform(digits.features)      // how much of each
///
/// References: Lee and Seung (1999), Learning the parts of objects by non-negative matrix factorization; Cichocki and Phan
/// (2009), Fast local algorithms for large scale nonnegative matrix and tensor factorizations; Boutsidis and Gallopoulos
/// (2008), SVD based initialization. (scikit-learn: `NMF`)
public struct NMF: UnsupervisedEstimator {
  /// How many parts; at least 1. (scikit-learn: `n_components`)
  public var components: Int
  /// The most rounds; at least 1. (scikit-learn: `max_iter`)
  public var maximumIterations: Int
  /// It has settled when elements move by this fraction of their first moves; at least 0. (scikit-learn: `tol`)
  public var tolerance: Double

  /// - Parameters:
  ///   - components: from 1 to the smaller of samples and features.
  ///   - maximumIterations: at least 1.
  ///   - tolerance: at least 0.
  public init(components: Int, maximumIterations: Int = 200, tolerance: Double = 1e-4) {
    self.components = components
    self.maximumIterations = maximumIterations
    self.tolerance = tolerance
  }

  /// - Parameter x: shape `[n, d]`, every value finite and at least 0.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite`, `parameter` or `notConverged`.
  /// - Complexity: O(n · d · components) a round.
  public func fit(_ x: Matrix) throws(FitError) -> Model {
    try SampleChecks.parameter(maximumIterations > 0, "maximumIterations", "above 0", maximumIterations)
    try SampleChecks.parameter(tolerance >= 0, "tolerance", "of at least 0", tolerance)
    try Self.check(x)
    let most = min(x.shape[0], x.shape[1])
    try SampleChecks.parameter((1...most).contains(components), "components", "from 1 to \(most)", components)
    var (amounts, parts) = try start(x)  // the parts as columns
    var (first, rounds, hasConverged) = (0.0, 0, false)
    let progress = FitProgress.begin("rounds", of: maximumIterations)
    while rounds < maximumIterations, !hasConverged {
      martlet_poll()
      defer { progress?.advance() }
      rounds += 1
      let moved = Self.descend(&amounts, x, parts) + Self.descend(&parts, x.transposed(), amounts)
      if rounds == 1 { first = moved }
      hasConverged = first == 0 || moved / first <= tolerance
    }
    let missed = x - amounts • parts.transposed()
    return Model(
      components: parts.transposed().compacted(), reconstructionError: missed.norm(), iterations: rounds,
      hasConverged: hasConverged, limit: maximumIterations, tolerance: tolerance)
  }

  fileprivate static func check(_ x: Matrix, count: Int? = nil) throws(FitError) {
    if let count { try SampleChecks.features(x, count: count) } else { try SampleChecks.features(x) }
    if let least = x.scalars.min(), least < 0 {
      throw FitError(
        .parameter, expected: "amounts of at least 0", found: "\(least)",
        advice: "Shift the features, for example with MinMaxScaler.")
    }
  }

  /// Lowers each element of `w` in turn to where `½‖X − W Hᵀ‖²` is least, and gives how far they could have moved.
  fileprivate static func descend(_ w: inout Matrix, _ x: Matrix, _ h: Matrix) -> Double {
    let products = (h.transposed() • h).scalars
    let targets = (x • h).scalars
    let width = h.shape[1]
    let rows = w.scalars
    // Rows do not depend on each other; in each, one element after the other.
    let pieces = Parallel.mapRanges(w.shape[0], length: 256) { range -> ([Double], Double) in
      var own = Array(rows[range.lowerBound * width..<range.upperBound * width])
      var moved = 0.0
      for (row, sample) in range.enumerated() {
        for part in 0..<width {
          var slope = -targets[sample * width + part]
          for other in 0..<width { slope += products[part * width + other] * own[row * width + other] }
          let value = own[row * width + part]
          moved += abs(value == 0 ? min(0, slope) : slope)
          let curvature = products[part * width + part]
          if curvature != 0 { own[row * width + part] = max(value - slope / curvature, 0) }
        }
      }
      return (own, moved)
    }
    w = Matrix(pieces.flatMap(\.0), shape: [w.shape[0], width])
    return pieces.reduce(0) { $0 + $1.1 }
  }

  private func start(_ x: Matrix) throws(FitError) -> (Matrix, Matrix) {
    let svd = try SampleChecks.algebra("the singular values of the samples") { () throws(LinearAlgebraError) in
      try x.singularValueDecomposition()
    }
    var (amounts, parts): ([[Double]], [[Double]]) = ([], [])
    for place in 0..<components {
      let (u, v) = (svd.left.column(place).scalars, svd.right.column(place).scalars)
      let value = svd.values[place]
      if place == 0 {
        amounts.append(u.map { value.squareRoot() * abs($0) })
        parts.append(v.map { value.squareRoot() * abs($0) })
        continue
      }
      let halves = [1.0, -1.0].map { sign -> (u: [Double], v: [Double], size: Double, length: Double) in
        let (a, b) = (u.map { max(sign * $0, 0) }, v.map { max(sign * $0, 0) })
        let (first, second) = (Matrix(a).norm(), Matrix(b).norm())
        return (a, b, first * second, first)
      }
      let larger = halves[0].size > halves[1].size ? halves[0] : halves[1]
      let scale = (value * larger.size).squareRoot()
      let other = larger.length > 0 ? larger.size / larger.length : 0
      amounts.append(larger.u.map { larger.length > 0 ? scale * $0 / larger.length : 0 })
      parts.append(larger.v.map { other > 0 ? scale * $0 / other : 0 })
    }
    let level = x.mean()
    func filled(_ columns: [[Double]]) -> Matrix {
      Matrix(columns).transposed().compacted().map { $0 < 1e-6 ? level : $0 }
    }
    return (filled(amounts), filled(parts))
  }

  /// What `NMF` has learned.
  public struct Model: Transformer, Codable, Equatable {
    /// The parts, one a row: shape `[components, features]`.
    public let components: Matrix
    /// `‖X − WH‖`. (scikit-learn: `reconstruction_err_`)
    public let reconstructionError: Double
    /// How many rounds it took.
    public let iterations: Int
    /// Whether it settled within its rounds.
    public let hasConverged: Bool
    let limit: Int
    let tolerance: Double

    /// How much of each part there is in each sample: shape `[n, components]`.
    /// - Parameter x: shape `[n, d]` with the `d` features of fitting, at least 0.
    /// - Throws: ``FitError`` of kind `shape`, `notFinite` or `parameter`.
    public func transform(_ x: Matrix) throws(FitError) -> Matrix {
      try NMF.check(x, count: components.shape[1])
      let parts = components.transposed().compacted()
      // Each sample by itself: when others have settled must not matter to it.
      let rows = (0..<x.shape[0]).map { row -> Matrix in
        let own = x[row..<row + 1, .all]
        var amounts = Matrix.zeros(1, components.shape[0])
        var first = 0.0
        for round in 0..<limit {
          let moved = NMF.descend(&amounts, own, parts)
          if round == 0 { first = moved }
          if first == 0 || moved / first <= tolerance { break }
        }
        return amounts
      }
      return rows.isEmpty ? .zeros(0, components.shape[0]) : Matrix.concatenated(rows, axis: 0)
    }
  }
}

extension NMF.Model {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    components = try ModelChecks.matrix(file, .components)
    try ModelChecks.fits(components.min() >= 0, file, .components, "parts of at least 0")
    reconstructionError = try file.decode(Double.self, forKey: .reconstructionError)
    iterations = try file.decode(Int.self, forKey: .iterations)
    hasConverged = try file.decode(Bool.self, forKey: .hasConverged)
    limit = try file.decode(Int.self, forKey: .limit)
    try ModelChecks.fits((1...1_000_000).contains(limit), file, .limit, "rounds from 1 to 1000000")
    tolerance = try file.decode(Double.self, forKey: .tolerance)
  }
}

extension NMF.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    ModelTable(
      title: "Non-negative factors", facts: ["\(components.shape[0]) parts of \(components.shape[1]) features"],
      header: ["error", "rounds"], rows: [[FrameNumberFormat.texts([reconstructionError])[0], "\(iterations)"]])
  }
}
