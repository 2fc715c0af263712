import MartletNumerics

extension Chart {
  /// What a matrix does to the plane: the grid before and after, where the two unit arrows land, and the directions that
  /// it only stretches.
  ///
  ///     try Chart.linearTransformation(Matrix([[2, 1], [1, 2]]))
  ///
  /// The columns of the matrix are the places where the unit arrows land; the determinant, in the subtitle, is the factor by
  /// which areas grow. Eigenvectors are drawn where they are real, each as a dashed line through the origin.
  ///
  /// - Parameters:
  ///   - matrix: shape `[2, 2]`, every number finite.
  ///   - reach: the grid's lines are drawn from −reach to reach; 1 to 10, default 3.
  /// - Throws: `ChartError` when the matrix is of another shape or not finite.
  public static func linearTransformation(_ matrix: Matrix, reach: Int = 3) throws(ChartError) -> Chart {
    try ChartError.require(
      matrix.shape == [2, 2] && matrix.scalars.allSatisfy(\.isFinite),
      "A transformation of the plane needs a finite matrix of shape [2, 2]; the shape is \(matrix.shape).")
    try ChartError.require((1...10).contains(reach), "The grid's reach is 1 to 10; it is \(reach).")
    let (first, second) = (matrix.column(0).scalars, matrix.column(1).scalars)
    let determinant = first[0] * second[1] - second[0] * first[1]
    let directions = TransformedGrid.eigenlines(of: matrix, reach: Double(reach))
    return try Chart(NoTable()) {
      TransformedGrid(Matrix.eye(2), reach: reach).mark.color(.gray).opacity(0.45).lineWidth(1)
      TransformedGrid(matrix, reach: reach).mark.color(.skyBlue).opacity(0.8).lineWidth(1)
      for (name, line) in directions {
        LineMark(x: line.map(\.x), y: line.map(\.y), label: name).color(.green).dashed()
      }
      ArrowMark(x: [0], y: [0], toX: [first[0]], toY: [first[1]], label: "(1, 0) lands here").color(.blue)
      ArrowMark(x: [0], y: [0], toX: [second[0]], toY: [second[1]], label: "(0, 1) lands here").color(.vermilion)
    }
    .equalUnits().title("A matrix at work").subtitle("determinant \(NumberText.short(determinant))").xLabel("").yLabel(
      "")
  }
}

/// The lines of a square grid, moved by a matrix.
private struct TransformedGrid {
  private var x, y: [Double]
  private var lines: [String]

  init(_ matrix: Matrix, reach: Int) {
    (x, y, lines) = ([], [], [])
    let ends = [-Double(reach), Double(reach)]
    for line in -reach...reach {
      for (name, corners) in [
        ("x", ends.map { (Double(line), $0) }), ("y", ends.map { ($0, Double(line)) }),
      ] {
        for (u, v) in corners {
          x.append(matrix[0, 0] * u + matrix[0, 1] * v)
          y.append(matrix[1, 0] * u + matrix[1, 1] * v)
          lines.append("\(name) = \(line)")
        }
      }
    }
  }

  var mark: LineMark { LineMark(x: x, y: y, series: lines) }

  /// The directions that the matrix only stretches, with a name that says how much; none where it turns everything.
  static func eigenlines(of matrix: Matrix, reach: Double) -> [(name: String, line: [(x: Double, y: Double)])] {
    // A finite matrix of two rows has eigenvalues; where they are not real, there are no such lines.
    guard let eigen = try? matrix.eigen(), eigen.isReal else { return [] }
    return eigen.values.enumerated().map { place, value in
      let (u, v) = (eigen.vectors[0, place], eigen.vectors[1, place])
      let length = reach / max(abs(u), abs(v))
      return (
        "stretched by \(NumberText.short(value.real))", [(-u * length, -v * length), (u * length, v * length)]
      )
    }
  }
}
