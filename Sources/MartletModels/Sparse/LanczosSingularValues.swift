import CMartletRuntime
import MartletNumerics

/// The largest singular values of a sparse matrix and their right vectors, from products with it alone.
///
/// Golub-Kahan bidiagonalisation, every new direction made orthogonal to all before; it grows until the wanted values have
/// settled to 1e-12 of the largest.
///
/// Reference: Golub and Kahan (1965), Calculating the singular values and pseudo-inverse of a matrix.
struct LanczosSingularValues {
  private let matrix, transposed: SparseMatrix
  private var random: PCG64
  private var left: [[Double]] = []
  private var right: [[Double]] = []
  /// The bidiagonal matrix: its diagonal, and what stands above it.
  private var diagonal: [Double] = []
  private var above: [Double] = []

  init(_ matrix: SparseMatrix, seed: UInt64) {
    self.matrix = matrix
    transposed = matrix.transposed()
    random = PCG64(seed: seed)
  }

  /// - Parameter wanted: at most the smaller of rows and columns.
  /// - Returns: the values, largest first, and the vectors, one a row.
  mutating func largest(_ wanted: Int) throws(LinearAlgebraError) -> (values: [Double], vectors: Matrix) {
    let most = min(matrix.shape[0], matrix.shape[1])
    var next = unit(matrix.shape[1], besides: right)
    var size = min(most, 2 * wanted + 20)
    while true {
      while right.count < size { next = extend(by: next) }
      let svd = try projected().singularValueDecomposition()
      // How far a value is from settled: what leads out of the space, times its share in the last direction.
      let rest = above[above.count - 1]
      let settled = (0..<wanted).allSatisfy { abs(rest * svd.left[size - 1, $0]) <= 1e-12 * svd.values[0] }
      if settled || size == most {
        let basis = Matrix(right)
        let vectors = svd.right.transposed()[0..<wanted, .all] • basis
        return (Array(svd.values.prefix(wanted)), vectors)
      }
      size = min(most, size * 2)
    }
  }

  /// Adds a right direction, the left one that it leads to, and gives the next right one.
  private mutating func extend(by direction: [Double]) -> [Double] {
    martlet_poll()
    right.append(direction)
    var image = (matrix • Matrix(direction)).scalars
    let length = Self.orthogonalize(&image, left)
    let isNew = length > 1e-14 * (diagonal.first ?? 1)
    diagonal.append(isNew ? length : 0)
    left.append(isNew ? image.map { $0 / length } : unit(matrix.shape[0], besides: left))
    var back = (transposed • Matrix(left[left.count - 1])).scalars
    let rest = Self.orthogonalize(&back, right)
    let leadsOn = rest > 1e-14 * (diagonal.first ?? 1) && right.count < min(matrix.shape[0], matrix.shape[1])
    above.append(leadsOn ? rest : 0)
    return leadsOn ? back.map { $0 / rest } : unit(matrix.shape[1], besides: right)
  }

  /// Takes what lies along the basis out of a vector, and gives the length of the rest.
  private static func orthogonalize(_ vector: inout [Double], _ basis: [[Double]]) -> Double {
    // Twice is enough: rounding leaves a little of each the first time.
    for _ in 0..<2 {
      for other in basis {
        var share = 0.0
        for place in vector.indices { share += vector[place] * other[place] }
        for place in vector.indices { vector[place] -= share * other[place] }
      }
    }
    return vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  /// A random direction at right angles to a basis; zeros when the basis fills the space.
  private mutating func unit(_ count: Int, besides basis: [[Double]]) -> [Double] {
    if basis.count >= count { return [Double](repeating: 0, count: count) }
    var vector = (0..<count).map { _ in random.standardNormal() }
    let length = Self.orthogonalize(&vector, basis)
    return vector.map { $0 / length }
  }

  private func projected() -> Matrix {
    let size = diagonal.count
    var scalars = [Double](repeating: 0, count: size * size)
    for place in 0..<size {
      scalars[place * size + place] = diagonal[place]
      if place + 1 < size { scalars[place * size + place + 1] = above[place] }
    }
    return Matrix(scalars, shape: [size, size])
  }
}
