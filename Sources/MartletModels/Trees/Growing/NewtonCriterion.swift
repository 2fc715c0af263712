/// The second-order decrease of a boosted loss, from each sample's first derivative (its target) and second derivative (its
/// weight).
///
/// The score of a side with sums `G` and `H` is `soft(G)² / (H + λ)`, where `soft` takes `α` off the size of `G`; its
/// answer is `−soft(G) / (H + λ)`. Samples are given the target `g / h` and the weight `h`, so that sums of weighted targets
/// are sums of first derivatives.
///
/// Reference: Chen and Guestrin (2016), XGBoost: a scalable tree boosting system, section 2.2.
struct NewtonCriterion: SplitCriterion {
  let penalty: NewtonPenalty
  private var sums = TargetSums()

  init(_ penalty: NewtonPenalty) { self.penalty = penalty }

  var outputCount: Int { 1 }
  var weight: Double { sums.weight }
  var leftWeight: Double { sums.leftWeight }
  var impurity: Double { 0 }
  var isPure: Bool { false }
  var unsplitScore: Double { penalty.score(sums.sum, sums.weight) }
  @inline(__always) var score: Double {
    penalty.score(sums.leftSum, sums.leftWeight) + penalty.score(sums.rightSum, sums.rightWeight)
  }

  mutating func begin(_ observations: UnsafePointer<WeightedTarget<Double>>, _ count: Int) {
    sums.begin(observations, count)
  }

  @inline(__always) mutating func restart() { sums.restart() }
  @inline(__always) mutating func move(_ sample: WeightedTarget<Double>) { sums.move(sample) }
  func appendValue(to values: inout [Double]) { values.append(penalty.answer(sums.sum, sums.weight)) }
  func categoryOrder(_ sum: Double, _ weight: Double) -> Double? { sum / (weight + penalty.squared) }
  func orderTerm(_ sample: WeightedTarget<Double>) -> (sum: Double, weight: Double) { sample.term }
}

/// What holds the answers of boosted trees back.
struct NewtonPenalty: Sendable {
  /// `λ`, added to the sum of second derivatives.
  var squared: Double
  /// `α`, taken off the size of the sum of first derivatives.
  var absolute: Double

  @inline(__always)
  func soft(_ gradient: Double) -> Double {
    if absolute == 0 { return gradient }
    if gradient > absolute { return gradient - absolute }
    return gradient < -absolute ? gradient + absolute : 0
  }

  @inline(__always)
  func score(_ gradient: Double, _ hessian: Double) -> Double {
    let size = soft(gradient)
    return size * size / (hessian + squared)
  }

  @inline(__always)
  func answer(_ gradient: Double, _ hessian: Double) -> Double {
    hessian + squared > 0 ? -soft(gradient) / (hessian + squared) : 0
  }
}
