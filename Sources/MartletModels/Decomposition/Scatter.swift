import COpenBLAS
import MartletNumerics

/// Sums of products of the columns of a matrix, without a centred copy of all of it.
enum Scatter {
  /// How many rows are centred at a time: a block that stays in the cache.
  private static let blockRows = 2_048

  /// `∑ᵢ (xᵢ − centre)(xᵢ − centre)ᵀ` by OpenBLAS, shape `[d, d]`.
  ///
  /// Rows are centred before they are multiplied, so that a large mean does not cost digits.
  static func about(_ centre: [Double], of x: Matrix) -> Matrix {
    OpenBLASCore.select()
    let (rows, width) = (x.shape[0], x.shape[1])
    let scalars = x.scalars
    var sums = [Double](repeating: 0, count: width * width)
    var block = [Double](repeating: 0, count: min(blockRows, rows) * width)
    for first in stride(from: 0, to: rows, by: blockRows) {
      let count = min(blockRows, rows - first)
      scalars.withUnsafeBufferPointer { source in
        block.withUnsafeMutableBufferPointer { target in
          // Each piece fills its own rows. Bounds are those of the loops; checking every element would take as long as the
          // product itself.
          nonisolated(unsafe) let target = target
          Parallel.forEachRange(count, length: 256) { _, rows in
            for row in rows {
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
    for row in 0..<width { for column in 0..<row { sums[column * width + row] = sums[row * width + column] } }
    return Matrix(sums, shape: [width, width])
  }
}
