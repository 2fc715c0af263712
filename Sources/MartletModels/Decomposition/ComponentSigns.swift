import MartletNumerics

/// Decompositions leave the sign of each direction open; this rule chooses it, so that results can be compared.
enum ComponentSigns {
  /// The same rows, each turned so that its element of largest size is positive. (scikit-learn: `svd_flip`)
  static func settled(_ rows: Matrix) -> Matrix {
    let width = rows.shape[1]
    var scalars = rows.scalars
    for row in 0..<rows.shape[0] {
      let places = row * width..<(row + 1) * width
      var largest = row * width
      for place in places where abs(scalars[place]) > abs(scalars[largest]) { largest = place }
      if scalars[largest] < 0 { for place in places { scalars[place] = -scalars[place] } }
    }
    return Matrix(scalars, shape: rows.shape)
  }
}
