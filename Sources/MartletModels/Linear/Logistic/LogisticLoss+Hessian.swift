import MartletNumerics

extension LogisticLoss {
  /// So many parameters make a matrix of 2 GB.
  static var mostParametersOfHessian: Int { 16_384 }

  /// The second derivatives of the mean loss and the penalty's squares, shape `[parameters, parameters]`.
  ///
  /// Of several classes, adding the same to every class's weights of a feature changes no probability: along that direction
  /// nothing bends but the penalty. It is given a bend of its own, so that the matrix can be divided by. Gradients have no
  /// part along it as long as the weights of a feature add up to zero, as they do from a start at zero: no step changes.
  /// - Complexity: O(n · parameters²) time.
  func hessian(_ parameters: [Double]) -> Matrix {
    let (size, probabilities) = (parameterCount, probabilities(parameters))
    var scalars = [Double](repeating: 0, count: size * size)
    for first in 0..<rows {
      for second in 0...first {
        let block = features.bentProducts(bends(probabilities, first, second), hasIntercept: fitsIntercept).scalars
        let side = width + (fitsIntercept ? 1 : 0)
        for a in 0..<side {
          for b in 0..<side {
            let (row, column) = (place(of: a, in: first), place(of: b, in: second))
            scalars[row * size + column] = block[a * side + b]
            scalars[column * size + row] = block[a * side + b]
          }
        }
      }
    }
    for weight in 0..<rows * width { scalars[weight * size + weight] += penalty }
    if rows > 1 { bendSharedDirections(&scalars) }
    return Matrix(scalars, shape: [size, size])
  }

  /// Where a class's weight of a feature is among the parameters; the feature after the last is the intercept.
  private func place(of feature: Int, in row: Int) -> Int {
    feature < width ? row * width + feature : rows * width + row
  }

  /// How much each sample bends the loss along the scores of two classes.
  private func bends(_ probabilities: [Double], _ first: Int, _ second: Int) -> [Double] {
    samples.codes.indices.map { sample in
      let (own, other) = (probabilities[sample * rows + first], probabilities[sample * rows + second])
      return own * ((first == second ? 1 : 0) - other) * (samples.weights?[sample] ?? 1) / totalWeight
    }
  }

  private func bendSharedDirections(_ scalars: inout [Double]) {
    let size = parameterCount
    for feature in 0..<width + (fitsIntercept ? 1 : 0) {
      let places = (0..<rows).map { place(of: feature, in: $0) }
      // As much as the direction's own bends, so that no new scale comes in.
      let bend = places.reduce(0) { $0 + scalars[$1 * size + $1] } / Double(rows * rows)
      for first in places { for second in places { scalars[first * size + second] += bend } }
    }
  }

  /// The probability of each class, or of the second of two: sample after sample.
  private func probabilities(_ parameters: [Double]) -> [Double] {
    let (weights, intercepts) = split(parameters)
    var scores = (features • weights.transposed() + Matrix(intercepts)).scalars
    if rows == 1 { return scores.map(SoftProbability.sigmoid) }
    for sample in samples.codes.indices { _ = SoftProbability.softmax(&scores, sample * rows..<(sample + 1) * rows) }
    return scores
  }
}

extension LinearSamples {
  /// `XᵀDX` for numbers `D` of the samples, with a feature of ones behind the others where there is an intercept.
  func bentProducts(_ bends: [Double], hasIntercept: Bool) -> Matrix {
    let inner = weightedSquares(bends)
    guard hasIntercept else { return inner }
    let sums = Matrix(bends, shape: [1, bends.count]) • self
    let corner = Matrix([bends.reduce(0, +)], shape: [1, 1])
    return Matrix.concatenated([
      Matrix.concatenated([inner, sums.transposed()], axis: 1), Matrix.concatenated([sums, corner], axis: 1),
    ])
  }
}

extension Tensor where Scalar == Double {
  func weightedSquares(_ weights: [Double]) -> Matrix {
    transposed() • (self * Matrix(weights, shape: [weights.count, 1]))
  }
}

extension SparseMatrix {
  /// Only pairs of features that a sample has both of are added up.
  func weightedSquares(_ weights: [Double]) -> Matrix {
    let width = shape[1]
    var sums = [Double](repeating: 0, count: width * width)
    for (row, weight) in weights.enumerated() where weight != 0 {
      for first in range(ofRow: row) {
        let (start, factor) = (Int(columns[first]) * width, weight * values[first])
        for second in range(ofRow: row) { sums[start + Int(columns[second])] += factor * values[second] }
      }
    }
    return Matrix(sums, shape: [width, width])
  }
}
