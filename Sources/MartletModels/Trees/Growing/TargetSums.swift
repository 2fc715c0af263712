/// The sums of weights and of weighted targets on the left and in a whole node.
struct TargetSums {
  private(set) var weight = 0.0
  private(set) var sum = 0.0
  private(set) var leftWeight = 0.0
  private(set) var leftSum = 0.0
  private(set) var isConstant = true

  var rightWeight: Double { weight - leftWeight }
  var rightSum: Double { sum - leftSum }
  var mean: Double { sum / weight }

  mutating func begin(_ observations: UnsafePointer<WeightedTarget<Double>>, _ count: Int) {
    (weight, sum, isConstant) = (0, 0, true)
    for i in 0..<count {
      weight += observations[i].weight
      sum += observations[i].weight * observations[i].target
      if observations[i].target != observations[0].target { isConstant = false }
    }
    restart()
  }

  @inline(__always)
  mutating func restart() { (leftWeight, leftSum) = (0, 0) }

  @inline(__always)
  mutating func move(_ sample: WeightedTarget<Double>) {
    leftWeight += sample.weight
    leftSum += sample.weight * sample.target
  }
}

extension WeightedTarget<Double> {
  /// What it adds to a sum of targets and to one of weights.
  var term: (sum: Double, weight: Double) { (weight * target, weight) }
}
