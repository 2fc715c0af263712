import MartletNumerics

/// Centred samples along their principal directions, each scaled to variance 1.
struct WhiteningTransform {
  /// What takes a centred sample to its coordinates, up to a factor `√n`: shape `[components, features]`.
  let matrix: Matrix
  /// The white samples, one a column: shape `[components, n]`.
  let samples: Matrix

  /// - Parameter components: how many directions; `nil` for all in which the samples vary.
  /// - Throws: ``FitError`` of kind `parameter` or `notConverged`.
  init(_ centred: Matrix, components: Int?) throws(FitError) {
    let svd = try SampleChecks.algebra("the singular values of the samples") { () throws(LinearAlgebraError) in
      try centred.singularValueDecomposition()
    }
    let largest = svd.values.first ?? 0
    let rounding = Double(max(centred.shape[0], centred.shape[1])) * .ulpOfOne * largest
    let rank = svd.values.count { $0 > rounding }
    guard rank > 0 else {
      throw FitError(
        .notConverged, expected: "samples that vary", found: "\(centred.shape[0]) equal ones",
        advice: "Give samples that differ from each other.")
    }
    let count = components ?? rank
    try SampleChecks.parameter(
      (1...rank).contains(count), "components", "from 1 to \(rank), in how many directions samples vary", count)
    let rows = (0..<count).map { place -> Matrix in
      let direction = svd.right.column(place)
      // Directions have no sign of their own: the first feature counts positively.
      return direction / (direction[0] < 0 ? -svd.values[place] : svd.values[place])
    }
    matrix = Matrix.stacked(rows)
    samples = (matrix • centred.transposed()) * Double(centred.shape[0]).squareRoot()
  }
}
