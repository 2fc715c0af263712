import CMartletRuntime
import MartletNumerics

/// Mean and covariance of the half of the samples that lie closest together, so that outliers have no part in them.
///
/// From many small random beginnings, each step keeps the samples nearest to the current mean and covariance, which
/// never raises the covariance's determinant; the smallest wins.
///
/// Reference: Rousseeuw and Van Driessen (1999), A fast algorithm for the minimum covariance determinant estimator.
struct RobustCovariance {
  /// A mean and covariance, and the samples that they come from.
  struct Estimate {
    let mean: Matrix
    let covariance: Matrix
    let logDeterminant: Double
    let support: [Int]
  }

  private let x: Matrix
  private let size: Int

  private static let beginnings = 500
  private static let finalists = 10
  /// From more samples a part is enough to find where the finalists begin.
  private static let largestPart = 1_500

  init(_ x: Matrix, supportFraction: Double?) {
    self.x = x
    let (n, d) = x.shape.count == 2 ? (x.shape[0], x.shape[1]) : (0, 0)
    size = supportFraction.map { max(Int(($0 * Double(n)).rounded()), d + 1) } ?? (n + d + 1) / 2
  }

  /// The best raw estimate, made consistent for normal samples, and then that of all samples near it.
  func estimate(_ random: inout PCG64) throws(FitError) -> (raw: Estimate, reweighted: Estimate) {
    let raw = try best(&random)
    let d = Double(x.shape[1])
    let law = ChiSquareDistribution(degreesOfFreedom: d)
    let factor = median(Self.distances(x, raw)) / law.quantile(0.5)
    let corrected = try Self.checked(raw.mean, raw.covariance * factor, raw.support)
    let limit = law.quantile(0.975)
    let near = Self.distances(x, corrected).enumerated().filter { $0.element < limit }.map(\.offset)
    let kept = near.count > x.shape[1] ? near : raw.support
    return (corrected, try Self.estimate(x, kept))
  }

  private func best(_ random: inout PCG64) throws(FitError) -> Estimate {
    let (n, d) = (x.shape[0], x.shape[1])
    if size >= n { return try Self.estimate(x, Array(0..<n)) }
    let part = n > Self.largestPart ? x[rows: random.distinctPlaces(Self.largestPart, below: n)] : x
    let partSize = size * part.shape[0] / n
    var candidates: [Estimate] = []
    let progress = FitProgress.begin("starts", of: Self.beginnings + Self.finalists)
    for _ in 0..<Self.beginnings {
      martlet_poll()
      defer { progress?.advance() }
      let start = random.distinctPlaces(d + 1, below: part.shape[0])
      guard let begun = try? Self.estimate(part, start) else { continue }
      if let found = try? Self.concentrated(part, begun, size: partSize, steps: 2) { candidates.append(found) }
    }
    candidates.sort { $0.logDeterminant < $1.logDeterminant }
    var best: Estimate?
    for candidate in candidates.prefix(Self.finalists) {
      martlet_poll()
      defer { progress?.advance() }
      // One that ends in a plane says nothing about the rest.
      guard let settled = try? Self.concentrated(x, candidate, size: size, steps: 100) else { continue }
      if settled.logDeterminant < best?.logDeterminant ?? .infinity { best = settled }
    }
    guard let best else { throw Self.flat }
    return best
  }

  /// Steps towards the samples closest together, until they stay the same.
  private static func concentrated(
    _ x: Matrix, _ start: Estimate, size: Int, steps: Int
  ) throws(FitError) -> Estimate {
    var current = start
    for _ in 0..<steps {
      let distances = distances(x, current)
      let nearest = distances.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }.prefix(size).sorted()
      if nearest == current.support { break }
      current = try estimate(x, nearest)
    }
    return current
  }

  /// Squared distances in units of the covariance.
  static func distances(_ x: Matrix, _ estimate: Estimate) -> [Double] {
    guard let lower = try? estimate.covariance.cholesky(),
      let white = try? lower.solveTriangular((x - estimate.mean).transposed(), isLower: true)
    else { return [Double](repeating: .infinity, count: x.shape[0]) }
    return (white * white).sum(axis: 0).scalars
  }

  private static func estimate(_ x: Matrix, _ rows: [Int]) throws(FitError) -> Estimate {
    let part = x[rows: rows]
    let mean = part.mean(axis: 0)
    return try checked(mean, Scatter.about(mean.scalars, of: part) / Double(rows.count), rows)
  }

  private static func checked(_ mean: Matrix, _ covariance: Matrix, _ rows: [Int]) throws(FitError) -> Estimate {
    guard let lower = try? covariance.cholesky() else { throw flat }
    let diagonal = lower.diagonal().scalars
    // A direction that is flat but for rounding would decide everything.
    guard let least = diagonal.min(), let most = diagonal.max(), least > 1e-9 * most else { throw flat }
    return Estimate(
      mean: mean, covariance: covariance, logDeterminant: 2 * diagonal.reduce(0) { $0 + log($1) }, support: rows)
  }

  private static let flat = FitError(
    .notConverged, expected: "samples that vary in every direction", found: "too many that lie in a plane",
    advice: "Drop features that do not vary or repeat others, or raise supportFraction.")
}
