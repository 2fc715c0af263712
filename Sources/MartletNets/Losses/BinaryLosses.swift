import MartletNumerics

/// How badly scores tell yes from no: `−t·log σ(s) − (1 − t)·log(1 − σ(s))`, averaged. (PyTorch: `BCEWithLogitsLoss`)
///
/// - Parameters:
///   - scores: any numbers, not probabilities.
///   - targets: from 0 to 1, of the same shape.
///   - positiveWeight: how much more a yes counts.
public func binaryCrossEntropy<Scalar>(
  _ scores: Variable<Scalar>, _ targets: Tensor<Scalar>, positiveWeight: Scalar = 1, reduction: LossReduction = .mean
) -> Variable<Scalar> {
  scores.requireShape(targets.shape, "binaryCrossEntropy")
  // softplus(s) = −log(1 − σ(s)), and softplus(s) − s = −log σ(s): nothing overflows.
  let factors = 1 + targets * (positiveWeight - 1)
  return (scores.softplus() * Variable(factors) - scores * Variable(targets * positiveWeight)).reduced(reduction)
}

/// Cross entropy that counts what is already clear less: `−α·(1 − p)^γ·log p`, with `p` the probability given to the truth.
///
/// - Parameters:
///   - gamma: how much less; 0 is plain cross entropy.
///   - alpha: how much a yes counts, and a no `1 − alpha`.
///
/// Reference: Lin, Goyal, Girshick, He and Dollár (2017), Focal loss for dense object detection.
public func focalLoss<Scalar>(
  _ scores: Variable<Scalar>, _ targets: Tensor<Scalar>, gamma: Double = 2, alpha: Scalar = 0.25,
  reduction: LossReduction = .mean
) -> Variable<Scalar> {
  scores.requireShape(targets.shape, "focalLoss")
  let entropy = binaryCrossEntropy(scores, targets, reduction: .none)
  let share = Variable(targets * alpha + (1 - targets) * (1 - alpha))
  let missing = 1 - exp(-entropy)
  let damped = gamma == 0 ? entropy : pow(missing.clipped(to: Scalar.leastNormalMagnitude...1), gamma) * entropy
  return (damped * share).reduced(reduction)
}

/// `max(0, 1 − t·s)`, averaged: zero once every score is on the right side by a margin.
///
/// - Parameter targets: -1 or 1, of the scores' shape.
public func hingeLoss<Scalar>(
  _ scores: Variable<Scalar>, _ targets: Tensor<Scalar>, reduction: LossReduction = .mean
) -> Variable<Scalar> {
  scores.requireShape(targets.shape, "hingeLoss")
  return (1 - scores * Variable(targets)).relu().reduced(reduction)
}
