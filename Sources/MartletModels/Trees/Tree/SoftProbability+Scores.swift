import MartletNumerics

extension SoftProbability {
  /// Probabilities from scores: `[samples, classes]` from as many, or from one score a sample for two classes.
  static func matrix(scores: Matrix) -> Matrix {
    var scalars = scores.scalars
    let width = scores.shape[1]
    if width == 1 { return Matrix(scalars.flatMap { [sigmoid(-$0), sigmoid($0)] }, shape: [scores.shape[0], 2]) }
    for sample in 0..<scores.shape[0] { _ = softmax(&scalars, sample * width..<(sample + 1) * width) }
    return Matrix(scalars, shape: scores.shape)
  }
}

extension LabelCoding {
  /// The coding itself, if there are two classes with weight.
  func atLeastTwo(_ weights: [Double]?) throws(FitError) -> LabelCoding {
    let weighty = Set(codes.indices.filter { weights?[$0] ?? 1 > 0 }.map { codes[$0] })
    guard weighty.count == classes.count, classes.count > 1 else {
      let names = weighty.sorted().map { "\(classes[$0])" }.joined(separator: ", ")
      throw FitError(
        .tooFewClasses, expected: "at least two classes, each with some weight", found: "weight only for \(names)",
        advice: "Give examples of every class that is to be told apart.")
    }
    return self
  }
}
