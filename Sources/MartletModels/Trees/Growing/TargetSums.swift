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

  mutating func begin(_ targets: UnsafePointer<Double>, _ weights: UnsafePointer<Double>, _ count: Int) {
    (weight, sum, isConstant) = (0, 0, true)
    for i in 0..<count {
      weight += weights[i]
      sum += weights[i] * targets[i]
      if targets[i] != targets[0] { isConstant = false }
    }
    restart()
  }

  @inline(__always)
  mutating func restart() { (leftWeight, leftSum) = (0, 0) }

  @inline(__always)
  mutating func move(_ target: Double, _ weight: Double) {
    leftWeight += weight
    leftSum += weight * target
  }
}
