/// The weights of each class on the left and in a whole node.
struct ClassSums {
  let classCount: Int
  /// `classCount` weights each; freed by the criterion that owns them.
  let left: UnsafeMutablePointer<Double>
  let total: UnsafeMutablePointer<Double>
  private(set) var weight = 0.0
  private(set) var leftWeight = 0.0

  init(_ classCount: Int) {
    self.classCount = classCount
    left = .allocate(capacity: classCount)
    total = .allocate(capacity: classCount)
    total.initialize(repeating: 0, count: classCount)
    left.initialize(repeating: 0, count: classCount)
  }

  func deallocate() {
    left.deallocate()
    total.deallocate()
  }

  @inline(__always)
  mutating func begin(_ observations: UnsafePointer<WeightedTarget<Int32>>, _ count: Int) {
    total.update(repeating: 0, count: classCount)
    weight = 0
    for i in 0..<count {
      total[Int(observations[i].target)] += observations[i].weight
      weight += observations[i].weight
    }
    restart()
  }

  @inline(__always)
  mutating func restart() {
    left.update(repeating: 0, count: classCount)
    leftWeight = 0
  }

  @inline(__always)
  mutating func move(_ target: Int, _ weight: Double) {
    left[target] += weight
    leftWeight += weight
  }

  /// Whether only one class has weight.
  var isPure: Bool { (0..<classCount).count { total[$0] > 0 } < 2 }

  func appendShares(to values: inout [Double]) {
    for label in 0..<classCount { values.append(total[label] / weight) }
  }

  func orderTerm(_ sample: WeightedTarget<Int32>) -> (sum: Double, weight: Double) {
    (sample.target == 1 ? sample.weight : 0, sample.weight)
  }

  /// Two classes in the order of the second's share give the best subset; more have no such order.
  ///
  /// Reference: Fisher (1958), On grouping for maximum homogeneity; Breiman and others (1984), section 4.2.2.
  func categoryOrder(_ secondClassWeight: Double, _ weight: Double) -> Double? {
    classCount == 2 ? secondClassWeight / weight : nil
  }
}
