// One method for each type of number, and not a generic one: the compiler then takes `(weights / step).rounded()` at once.

extension Tensor where Scalar == Double {
  /// Every element as the nearest whole number, halves away from zero, or as the rule says. (NumPy's `round` takes halves to
  /// the even number: `.toNearestOrEven`.)
  ///
  ///     (Tensor([1.2, -2.5, 0.5]) / 0.5).rounded()      // [2.0, -5.0, 1.0]
  ///     Tensor([0.5, 1.5]).rounded(.toNearestOrEven)    // [0.0, 2.0]
  public func rounded(_ rule: FloatingPointRoundingRule = .toNearestOrAwayFromZero) -> Tensor<Double> {
    simplyRounded(rule) ?? map { $0.rounded(rule) }
  }
}

extension Tensor where Scalar == Float {
  /// Every element as the nearest whole number, halves away from zero, or as the rule says.
  public func rounded(_ rule: FloatingPointRoundingRule = .toNearestOrAwayFromZero) -> Tensor<Float> {
    simplyRounded(rule) ?? map { $0.rounded(rule) }
  }
}

extension Tensor where Scalar: TensorFloat {
  /// By an inner loop of its own, where the rule has one.
  fileprivate func simplyRounded(_ rule: FloatingPointRoundingRule) -> Tensor? {
    switch rule {
    case .down: applying(.floor)
    case .up: applying(.ceil)
    case .towardZero: applying(.trunc)
    default: nil
    }
  }
}
