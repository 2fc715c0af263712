/// The mean distance from the median.
///
/// The score is minus the sum of the distances on the two sides. Sums of weights and targets by the order of the targets
/// are kept in Fenwick trees, in which a side's median is found, and its distances summed, in O(log n).
///
/// Reference: Fenwick (1994), A new data structure for cumulative frequency tables.
struct AbsoluteErrorCriterion: SplitCriterion {
  /// The node's distinct targets, ascending.
  private var sorted: [Double] = []
  private var left = FenwickSums()
  private var total = FenwickSums()
  private(set) var weight = 0.0
  private(set) var leftWeight = 0.0
  private var deviation = 0.0

  var outputCount: Int { 1 }
  var isPure: Bool { sorted.count < 2 }
  var impurity: Double { deviation / weight }
  var unsplitScore: Double { -deviation }
  var score: Double {
    -left.deviation(less: nil, sorted, leftWeight) - total.deviation(less: left, sorted, weight - leftWeight)
  }

  mutating func begin(_ observations: UnsafePointer<WeightedTarget<Double>>, _ count: Int) {
    let observations = UnsafeBufferPointer(start: observations, count: count)
    sorted = []
    for target in observations.map(\.target).sorted() where sorted.last != target { sorted.append(target) }
    total = FenwickSums(count: sorted.count)
    weight = 0
    for sample in observations {
      total.add(place(of: sample.target), sample.weight, sample.target)
      weight += sample.weight
    }
    deviation = total.deviation(less: nil, sorted, weight)
    restart()
  }

  mutating func restart() {
    left = FenwickSums(count: sorted.count)
    leftWeight = 0
  }

  mutating func move(_ sample: WeightedTarget<Double>) {
    left.add(place(of: sample.target), sample.weight, sample.target)
    leftWeight += sample.weight
  }

  private func place(of target: Double) -> Int {
    var (low, high) = (0, sorted.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < target { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The median; half-way between two targets where they share the weight equally.
  func appendValue(to values: inout [Double]) {
    let (place, below, _) = total.half(less: nil, weight)
    let isShared = place > 0 && below == weight / 2
    values.append(isShared ? (sorted[place - 1] + sorted[place]) / 2 : sorted[min(place, sorted.count - 1)])
  }

  func categoryOrder(_ sum: Double, _ weight: Double) -> Double? { sum / weight }
  func orderTerm(_ sample: WeightedTarget<Double>) -> (sum: Double, weight: Double) { sample.term }
}
