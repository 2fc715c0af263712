import MartletNumerics

/// How much is lost by taking one distribution for another: `∑ target · (log target − logProbability)`, averaged over samples.
/// (PyTorch: `KLDivLoss(reduction: "batchmean")`)
///
/// - Parameters:
///   - logProbabilities: logarithms, shape `[samples, …]`.
///   - targets: probabilities, of the same shape.
public func klDivergence<Scalar>(
  _ logProbabilities: Variable<Scalar>, _ targets: Tensor<Scalar>, reduction: LossReduction = .mean
) -> Variable<Scalar> {
  logProbabilities.requireShape(targets.shape, "klDivergence")
  // Where the target is 0, so is its term.
  let entropy = targets * Variable(Tensor.where(targets .> 0, targets, 1)).logged()
  let each = Variable(entropy) - logProbabilities * Variable(targets)
  switch reduction {
  case .mean: return each.sum() / Scalar(max(targets.shape.first ?? 1, 1))
  case .sum: return each.sum()
  case .none: return each
  }
}

extension Variable {
  fileprivate func logged() -> Tensor<Scalar> { log(self).value }
}
