import MartletNumerics

/// The least squares of many samples with few features, from a triangle that is as good as all of them.
///
/// Blocks of samples, each with its target behind its features, are reduced to triangles by Householder's reflections while
/// they are in the cache, and the triangles to one: as exact as reflecting all samples at once, in one pass on all cores.
///
/// Reference: Demmel, Grigori, Hoemmen and Langou (2012), Communication-optimal parallel and sequential QR and LU
/// factorizations.
struct TallLeastSquares {
  let solution: LeastSquaresSolution<Double>
  /// The weighted sum of the squared errors.
  let squaredError: Double

  /// How many samples one piece of work has: more than this are worth it.
  static let pieceLength = 8_192
  /// Where blocks outgrow the cache.
  static let mostFeatures = 128
  private static let blockLength = 512

  /// - Parameters:
  ///   - centre: what is taken from each feature, and last from the target.
  ///   - roots: of the samples' weights; `nil` for all 1.
  /// - Returns: `nil` where squares could overflow or vanish: then another way is needed.
  static func solve(
    _ x: Matrix, _ y: [Double], centre: [Double], roots: [Double]?
  ) throws(LinearAlgebraError) -> TallLeastSquares? {
    let (scalars, width) = (x.scalars, centre.count)
    let triangles = Parallel.mapRanges(y.count, length: pieceLength) { range in
      var panel = ReflectedPanel(columns: width, rows: min(blockLength, range.count))
      for first in stride(from: range.lowerBound, to: range.upperBound, by: blockLength) {
        let block = first..<min(first + blockLength, range.upperBound)
        panel.add(block.count) { row, column in
          let sample = block.lowerBound + row
          let value = column < width - 1 ? scalars[sample * (width - 1) + column] : y[sample]
          return (value - centre[column]) * (roots?[sample] ?? 1)
        }
      }
      return panel.triangle
    }
    var all = ReflectedPanel(columns: width, rows: width)
    for triangle in triangles { all.add(width) { row, column in triangle[row * width + column] } }
    let triangle = Matrix(all.triangle, shape: [width, width])
    let squares = (triangle * triangle).sum(axis: 0).scalars
    guard squares.allSatisfy({ $0 > 1e-200 && $0 < 1e200 }) else { return nil }
    let (features, target) = (triangle[0..<width - 1, 0..<width - 1], triangle[0..<width - 1, width - 1])
    let tolerance = Double.ulpOfOne * Double(max(y.count, width))
    let solution = try features.leastSquares(target, relativeTolerance: tolerance)
    let missed = target - features • solution.solution
    let rest = triangle[width - 1, width - 1]
    return TallLeastSquares(solution: solution, squaredError: missed.dot(missed) + rest * rest)
  }
}

/// A triangle on top of a block of rows, column after column: reflections make the block part of the triangle.
private struct ReflectedPanel {
  private let columns: Int
  /// From the start of one column to that of the next.
  private let height: Int
  private var elements: [Double]

  init(columns: Int, rows: Int) {
    self.columns = columns
    height = columns + rows
    elements = [Double](repeating: 0, count: columns * height)
  }

  /// The triangle, row after row; zeros below its diagonal.
  var triangle: [Double] {
    (0..<columns).flatMap { row in (0..<columns).map { $0 < row ? 0 : elements[$0 * height + row] } }
  }

  /// Takes rows in.
  @inline(__always)
  mutating func add(_ rows: Int, _ value: (_ row: Int, _ column: Int) -> Double) {
    let (columns, height) = (columns, height)
    elements.withUnsafeMutableBufferPointer { elements in
      // Not empty: there is at least a target.
      let start = elements.baseAddress!
      for row in 0..<rows { for column in 0..<columns { start[column * height + columns + row] = value(row, column) } }
      for column in 0..<columns { Self.reflect(start, column, columns, height, rows) }
    }
  }

  /// Turns what a column has below the triangle into zeros, which are not written: `x − v(vᵀx) / (s(s + |d|))` with `d` on the
  /// diagonal, `s` the length of the column from there on, and `v` the column with `±(|d| + s)` on the diagonal.
  @inline(__always)
  private static func reflect(
    _ start: UnsafeMutablePointer<Double>, _ column: Int, _ columns: Int, _ height: Int, _ rows: Int
  ) {
    let own = start + column * height
    let below = own + columns
    let square = dot(below, below, rows)
    guard square > 0 else { return }
    let diagonal = own[column]
    let length = (square + diagonal * diagonal).squareRoot()
    let head = diagonal + (diagonal < 0 ? -length : length)
    let scale = 1 / (length * (length + abs(diagonal)))
    own[column] = diagonal < 0 ? length : -length
    for other in column + 1..<max(columns, column + 1) {
      let target = start + other * height
      let share = -scale * (head * target[column] + dot(below, target + columns, rows))
      target[column] += share * head
      add(below, times: share, to: target + columns, rows)
    }
  }

  @inline(__always)
  private static func load(_ place: UnsafePointer<Double>) -> SIMD8<Double> {
    UnsafeRawPointer(place).loadUnaligned(as: SIMD8<Double>.self)
  }

  @inline(__always)
  private static func dot(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int) -> Double {
    // Two sums, so that one addition need not wait for another.
    var (even, odd) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
    var place = 0
    while place + 16 <= count {
      even.addProduct(load(a + place), load(b + place))
      odd.addProduct(load(a + place + 8), load(b + place + 8))
      place += 16
    }
    var sum = (even + odd).sum()
    while place < count {
      sum += a[place] * b[place]
      place += 1
    }
    return sum
  }

  @inline(__always)
  private static func add(
    _ a: UnsafePointer<Double>, times factor: Double, to target: UnsafeMutablePointer<Double>, _ count: Int
  ) {
    let factors = SIMD8(repeating: factor)
    var place = 0
    while place + 8 <= count {
      let sum = load(target + place).addingProduct(load(a + place), factors)
      UnsafeMutableRawPointer(target + place).storeBytes(of: sum, as: SIMD8<Double>.self)
      place += 8
    }
    while place < count {
      target[place] += factor * a[place]
      place += 1
    }
  }
}
