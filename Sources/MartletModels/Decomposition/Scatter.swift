import CMartletRuntime
import COpenBLAS
import MartletNumerics

/// Sums of products of the columns of a matrix, without a centred copy of all of it.
enum Scatter {
  /// How many rows are centred at a time: a block that stays in the cache.
  private static let blockRows = 512
  /// How many rows a piece of work has at least, and how many pieces there are at most: each has sums of its own.
  private static let (pieceRows, mostPieces) = (4_096, 8)

  /// `∑ᵢ (xᵢ − centre)(xᵢ − centre)ᵀ` by OpenBLAS on all cores, each with pieces of its own; shape `[d, d]`.
  ///
  /// Rows are centred before they are multiplied, so that a large mean does not cost digits.
  static func about(_ centre: [Double], of x: Matrix) -> Matrix {
    let (rows, width, scalars) = (x.shape[0], x.shape[1], x.scalars)
    let length = max(pieceRows, (rows + mostPieces - 1) / mostPieces)
    martlet_poll()
    let parts = SingleThreadedBLAS.map(Parallel.pieces(rows, length: length)) { piece in
      lowerTriangle(of: scalars, rows: piece * length..<min((piece + 1) * length, rows), about: centre)
    }
    var sums = parts.dropFirst().reduce(parts.first ?? [Double](repeating: 0, count: width * width)) { sums, part in
      zip(sums, part).map { $0 + $1 }
    }
    for row in 0..<width { for column in 0..<row { sums[column * width + row] = sums[row * width + column] } }
    return Matrix(sums, shape: [width, width])
  }

  private static func lowerTriangle(of scalars: [Double], rows: Range<Int>, about centre: [Double]) -> [Double] {
    let width = centre.count
    var sums = [Double](repeating: 0, count: width * width)
    var block = [Double](repeating: 0, count: min(blockRows, rows.count) * width)
    for first in stride(from: rows.lowerBound, to: rows.upperBound, by: blockRows) {
      let count = min(blockRows, rows.upperBound - first)
      // Bounds are those of the loops; checking every element would take as long as the product itself.
      scalars.withUnsafeBufferPointer { source in
        block.withUnsafeMutableBufferPointer { target in
          centre.withUnsafeBufferPointer { centre in
            for row in 0..<count {
              for column in 0..<width {
                target[row * width + column] = source[(first + row) * width + column] - centre[column]
              }
            }
          }
        }
      }
      cblas_dsyrk(
        CblasRowMajor, CblasLower, CblasTrans, Int32(width), Int32(count), 1, block, Int32(width), 1, &sums,
        Int32(width))
    }
    return sums
  }
}
