import MartletNumerics

extension Module {
  /// How far steps turn each weight: `learningRate / ‖w‖²`, for tensors of two axes or more.
  ///
  /// Where a normalisation follows, only a weight's direction matters: ten times the weight gives the same output, a tenth of
  /// the gradient, and so steps that turn it a hundred times less. Weight decay keeps `‖w‖` small, and with it the rate of
  /// turning large: its first mechanism.
  ///
  ///     model.effectiveLearningRates(learningRate: 0.1)      // [("0.weight", 0.003), …]
  ///
  /// Reference: Zhang, Wang, Xu and Grosse (2019), Three mechanisms of weight decay regularization, section 4.1; van Laarhoven
  /// (2017), L2 regularization versus batch and weight normalization.
  public func effectiveLearningRates(learningRate: Double) -> [(name: String, rate: Double)] {
    parameters.filter { $0.parameter.role == .learned && $0.parameter.shape.count > 1 && $0.parameter.count > 0 }
      .map { ($0.name, learningRate / $0.parameter.value.squaredNorm()) }
  }

  /// The length of all learned numbers as one vector, `‖θ‖`; of those of two axes or more where `weightsOnly`.
  public func parameterNorm(weightsOnly: Bool = true) -> Double {
    parameters.reduce(0) { sum, entry in
      guard entry.parameter.role == .learned, !weightsOnly || entry.parameter.shape.count > 1 else { return sum }
      return sum + entry.parameter.value.squaredNorm()
    }.squareRoot()
  }
}
