import MartletNumerics

/// Squared distances from differences: exactly zero between equal places.
enum SquaredDistances {
  /// Shape `[rows of a, rows of b]`.
  static func between(_ a: Matrix, _ b: Matrix) -> Matrix {
    let (first, second, width) = (a.scalars, b.scalars, a.shape[1])
    let rows = Parallel.mapRanges(a.shape[0], length: 64) { range in
      range.flatMap { i in
        (0..<b.shape[0]).map { j in
          var sum = 0.0
          for k in 0..<width {
            let difference = first[i * width + k] - second[j * width + k]
            sum += difference * difference
          }
          return sum
        }
      }
    }
    return Matrix(rows.flatMap { $0 }, shape: [a.shape[0], b.shape[0]])
  }
}
