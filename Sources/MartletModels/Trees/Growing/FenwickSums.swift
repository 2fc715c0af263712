/// Running sums of weights and weighted targets over places in ascending order of the targets.
struct FenwickSums {
  private var weights: [Double]
  private var sums: [Double]

  init(count: Int = 0) {
    weights = [Double](repeating: 0, count: count + 1)
    sums = weights
  }

  mutating func add(_ place: Int, _ weight: Double, _ target: Double) {
    var node = place + 1
    while node < weights.count {
      weights[node] += weight
      sums[node] += weight * target
      node += node & -node
    }
  }

  /// The sum of the distances from the median.
  func deviation(less other: FenwickSums?, _ sorted: [Double], _ weight: Double) -> Double {
    let (place, weightBelow, sumBelow) = half(less: other, weight)
    let median = sorted[min(place, sorted.count - 1)]
    let all = total - (other?.total ?? 0)
    return median * weightBelow - sumBelow + (all - sumBelow) - median * (weight - weightBelow)
  }

  /// How many of the first places together weigh at most half of `weight`, less what `other` has there; and their sums.
  /// The median is at the next place.
  func half(less other: FenwickSums?, _ weight: Double) -> (place: Int, weight: Double, sum: Double) {
    var (place, below, sum) = (0, 0.0, 0.0)
    var step = 1 << (Int.bitWidth - 1 - max(1, weights.count - 1).leadingZeroBitCount)
    while step > 0 {
      let next = place + step
      if next < weights.count {
        let added = weights[next] - (other?.weights[next] ?? 0)
        if below + added <= weight / 2 {
          place = next
          below += added
          sum += sums[next] - (other?.sums[next] ?? 0)
        }
      }
      step /= 2
    }
    return (place, below, sum)
  }

  private var total: Double {
    var (node, sum) = (sums.count - 1, 0.0)
    while node > 0 {
      sum += sums[node]
      node -= node & -node
    }
    return sum
  }
}
