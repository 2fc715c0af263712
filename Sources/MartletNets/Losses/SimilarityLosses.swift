import MartletNumerics

/// The cosine of the angle between vectors along an axis: 1 for the same direction, -1 for opposite ones.
///
/// - Parameter epsilon: lengths count as at least that.
public func cosineSimilarity<Scalar>(
  _ a: Variable<Scalar>, _ b: Variable<Scalar>, axis: Int = -1, epsilon: Scalar = 1e-8
) -> Variable<Scalar> {
  func length(_ x: Variable<Scalar>) -> Variable<Scalar> {
    sqrt(maximum(x.squared().sum(axis: axis), Variable(Tensor(scalar: epsilon * epsilon))))
  }
  return (a * b).sum(axis: axis) / (length(a) * length(b))
}

/// `1 − cos` for pairs that belong together, and `max(0, cos − margin)` for pairs that do not, averaged.
///
/// - Parameters:
///   - a: shape `[samples, width]`.
///   - b: the others, of the same shape.
///   - targets: 1 for pairs that belong together and -1 for those that do not, shape `[samples]`.
public func cosineEmbeddingLoss<Scalar>(
  _ a: Variable<Scalar>, _ b: Variable<Scalar>, _ targets: Tensor<Scalar>, margin: Scalar = 0,
  reduction: LossReduction = .mean
) -> Variable<Scalar> {
  let cosine = cosineSimilarity(a, b)
  cosine.requireShape(targets.shape, "cosineEmbeddingLoss")
  return Variable.where(targets .> 0, 1 - cosine, (cosine - margin).relu()).reduced(reduction)
}

/// `max(0, ‖anchor − positive‖ − ‖anchor − negative‖ + margin)`, averaged: what belongs to the anchor is to be nearer, by a
/// margin, than what does not.
///
/// Reference: Schroff, Kalenichenko and Philbin (2015), FaceNet.
public func tripletLoss<Scalar>(
  _ anchor: Variable<Scalar>, _ positive: Variable<Scalar>, _ negative: Variable<Scalar>, margin: Scalar = 1,
  reduction: LossReduction = .mean
) -> Variable<Scalar> {
  anchor.requireShape(positive.shape, "tripletLoss")
  anchor.requireShape(negative.shape, "tripletLoss")
  // PyTorch adds 1e-6 to each difference, so that the root has a slope everywhere.
  func distance(_ x: Variable<Scalar>) -> Variable<Scalar> { sqrt((anchor - x + 1e-6).squared().sum(axis: -1)) }
  return (distance(positive) - distance(negative) + margin).relu().reduced(reduction)
}

/// `d²` for pairs that belong together and `max(0, margin − d)²` for pairs that do not, halved and averaged, with the
/// distance `d`.
///
/// - Parameter together: 1 for pairs that belong together and 0 for those that do not, shape `[samples]`.
///
/// Reference: Hadsell, Chopra and LeCun (2006), Dimensionality reduction by learning an invariant mapping.
public func contrastiveLoss<Scalar>(
  _ a: Variable<Scalar>, _ b: Variable<Scalar>, together: Tensor<Scalar>, margin: Scalar = 1,
  reduction: LossReduction = .mean
) -> Variable<Scalar> {
  a.requireShape(b.shape, "contrastiveLoss")
  let distance = sqrt((a - b).squared().sum(axis: -1) + 1e-12)
  distance.requireShape(together.shape, "contrastiveLoss")
  let apart = (margin - distance).relu().squared() * Variable(1 - together)
  return ((distance.squared() * Variable(together) + apart) * 0.5).reduced(reduction)
}
