import MartletNumerics

/// What samples of known classes give to sums: a column for each class with the weights of its samples.
enum ClassShares {
  /// Shape `[samples, classes]`.
  static func matrix(_ codes: [Int], classCount: Int, _ weights: [Double]?) -> Matrix {
    var scalars = [Double](repeating: 0, count: codes.count * classCount)
    for (sample, code) in codes.enumerated() { scalars[sample * classCount + code] = weights?[sample] ?? 1 }
    return Matrix(scalars, shape: [codes.count, classCount])
  }

  /// The codes of more labels of known classes.
  static func codes<Label: Hashable & Sendable>(_ y: [Label], of classes: [Label]) throws(FitError) -> [Int] {
    let places = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0) })
    var codes: [Int] = []
    for label in y {
      guard let code = places[label] else {
        throw FitError(
          .parameter, expected: "labels among the classes of fitting, \(classes)", found: "\(label)",
          advice: "Fit first to samples of every class.")
      }
      codes.append(code)
    }
    return codes
  }

  /// Logarithms of unscaled probabilities to probabilities, row by row.
  static func probabilities(_ joint: Matrix) -> Matrix {
    let width = joint.shape[1]
    var scalars = joint.scalars
    for sample in 0..<joint.shape[0] {
      _ = SoftProbability.softmax(&scalars, sample * width..<(sample + 1) * width)
    }
    return Matrix(scalars, shape: joint.shape)
  }
}
