import MartletNumerics

/// `(prediction − target)²`, averaged over all numbers. (PyTorch: `MSELoss`)
public func meanSquaredError<Scalar>(
  _ predictions: Variable<Scalar>, _ targets: Variable<Scalar>, reduction: LossReduction = .mean
) -> Variable<Scalar> {
  predictions.requireShape(targets.shape, "meanSquaredError")
  return (predictions - targets).squared().reduced(reduction)
}

/// `(prediction − target)²`, averaged over all numbers.
public func meanSquaredError<Scalar>(
  _ predictions: Variable<Scalar>, _ targets: Tensor<Scalar>, reduction: LossReduction = .mean
) -> Variable<Scalar> { meanSquaredError(predictions, Variable(targets), reduction: reduction) }

/// `|prediction − target|`, averaged over all numbers. (PyTorch: `L1Loss`)
public func meanAbsoluteError<Scalar>(
  _ predictions: Variable<Scalar>, _ targets: Tensor<Scalar>, reduction: LossReduction = .mean
) -> Variable<Scalar> {
  predictions.requireShape(targets.shape, "meanAbsoluteError")
  return abs(predictions - Variable(targets)).reduced(reduction)
}

/// `½d²` for errors `d` up to `delta`, and `delta · (|d| − ½delta)` beyond: large errors pull no harder. (PyTorch: `HuberLoss`)
///
/// Reference: Huber (1964), Robust estimation of a location parameter.
public func huberLoss<Scalar>(
  _ predictions: Variable<Scalar>, _ targets: Tensor<Scalar>, delta: Scalar = 1, reduction: LossReduction = .mean
) -> Variable<Scalar> {
  predictions.requireShape(targets.shape, "huberLoss")
  let distance = abs(predictions - Variable(targets))
  let inner = distance.clipped(to: 0...delta)
  // Beyond delta the inner part is constant, and the rest grows in a line.
  return (inner.squared() * 0.5 + (distance - inner) * delta).reduced(reduction)
}
