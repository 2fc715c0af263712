import MartletNumerics

/// The distances of all pairs of samples as a table, and places that have them.
enum AllDistances {
  /// By a metric, or as they are given: symmetric, at least 0, zeros on the diagonal.
  static func table(_ x: Matrix, _ metric: DistanceMetric?) throws(FitError) -> Matrix {
    guard let metric else {
      guard x.shape[0] == x.shape[1] else {
        throw FitError(
          .shape, expected: "distances of all pairs, shape [n, n]", found: "shape \(x.shape)",
          advice: "Give a metric for samples.")
      }
      let isSound = (x .== x.transposed()).scalars.allSatisfy { $0 } && x.scalars.allSatisfy { $0 >= 0 }
      try SampleChecks.parameter(
        isSound && (0..<x.shape[0]).allSatisfy { x[$0, $0] == 0 }, "the distances",
        "symmetric, at least 0, and 0 on the diagonal", "others")
      return x
    }
    try metric.check()
    return full(PairDistances(x, metric))
  }

  /// The distances of places, straight through.
  static func euclidean(_ places: Matrix) -> Matrix { full(PairDistances(places, .euclidean)) }

  private static func full(_ pairs: PairDistances) -> Matrix {
    let count = pairs.count
    var table = [Double](repeating: 0, count: count * count)
    var place = 0
    for a in 0..<count {
      for b in a + 1..<max(count, a + 1) {
        (table[a * count + b], table[b * count + a]) = (pairs.distances[place], pairs.distances[place])
        place += 1
      }
    }
    return Matrix(table, shape: [count, count])
  }

  /// The principal coordinates: eigenvectors of the centred `−½δ²` times the roots of their eigenvalues, where those are
  /// above 0.
  static func classicalPlaces(_ distances: Matrix, _ components: Int) throws(FitError) -> Matrix {
    let squares = distances * distances * -0.5
    let means = squares.mean(axis: 0)
    let centred = squares - means - means.reshaped(-1, 1) + means.mean()
    let eigen = try SampleChecks.algebra("the eigenvalues of the distances") { () throws(LinearAlgebraError) in
      try centred.symmetricEigen()
    }
    let kept = Array(eigen.values.indices.reversed().prefix(components))
    let directions = ComponentSigns.settled(eigen.vectors.transposed()[rows: kept])
    return (directions * Matrix(kept.map { max(eigen.values[$0], 0).squareRoot() }).reshaped(-1, 1)).transposed()
      .compacted()
  }
}
