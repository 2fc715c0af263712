import MartletNumerics

/// Distances between the rows of two matrices by matrix products.
enum DistanceBlocks {
  /// `‖aᵢ − bⱼ‖²`, shape `[rows of a, rows of b]`, from `‖a‖² − 2 a·b + ‖b‖²` about the mean of `b`.
  ///
  /// Fast, by OpenBLAS; of distances much smaller than the rows' lengths, digits are lost.
  /// - Complexity: O(m · n · d).
  static func squared(_ a: Matrix, _ b: Matrix) -> Matrix {
    let centre = b.mean(axis: 0)
    let (x, y) = (a - centre, b - centre)
    let lengths = (y * y).sum(axis: 1)
    let own = (x * x).sum(axis: 1, keepDimensions: true)
    // Rounding may leave a distance of nothing slightly below zero.
    return Matrix.maximum((x • y.transposed()) * -2.0 + own + lengths, Matrix(scalar: 0))
  }
}
