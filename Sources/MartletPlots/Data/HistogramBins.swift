import Glibc

/// Intervals of equal width that cover a set of numbers.
struct HistogramBins: Sendable {
  /// The ends of the intervals, one more than there are intervals.
  let edges: [Double]

  /// - Parameters:
  ///   - numbers: finite numbers.
  ///   - count: how many intervals from the smallest to the largest number; `nil` for round ends and a width that suits
  ///     the spread of the numbers.
  init(_ numbers: [Double], count: Int?) {
    guard let smallest = numbers.min(), let largest = numbers.max() else {
      edges = [0, 1]
      return
    }
    // Widened where all numbers are (nearly) the same.
    let range = LinearScale(lower: smallest, upper: largest, pixels: PixelSpan(start: 0, end: 1))
    if let count {
      edges = Self.equal(range, max(1, count))
    } else {
      let wanted = Self.intervals(numbers, span: range.upper - range.lower)
      // The step grows to a round one, by 1.4 in the mean, so a little more is asked for.
      let step = NiceStep(lower: range.lower, upper: range.upper, intervals: wanted * 7 / 5)
      let ends = step.widened(lower: range.lower, upper: range.upper)
      let values = step.values(from: ends.lower, through: ends.upper)
      edges = values.count > 1 ? values : Self.equal(range, wanted)
    }
  }

  private static func equal(_ range: LinearScale, _ count: Int) -> [Double] {
    (0...count).map { bin in
      let share = Double(bin) / Double(count)
      return bin == count ? range.upper : range.lower * (1 - share) + range.upper * share
    }
  }

  /// The larger number of intervals by the rules of Freedman and Diaconis, and of Sturges; as NumPy's `auto`.
  private static func intervals(_ numbers: [Double], span: Double) -> Int {
    let sorted = numbers.sorted()
    let spread = sorted[sorted.count * 3 / 4] - sorted[sorted.count / 4]
    let width = 2 * spread / cbrt(Double(numbers.count))
    let sturges = log2(Double(numbers.count)) + 1
    let wanted = width > 0 ? max(span / width, sturges) : sturges
    return wanted.isFinite ? Int(min(max(wanted.rounded(.up), 5), 60)) : 10
  }

  /// How many of the numbers lie in each interval.
  func counts(of numbers: [Double]) -> [Int] {
    var counts = Array(repeating: 0, count: edges.count - 1)
    for number in numbers { counts[bin(of: number)] += 1 }
    return counts
  }

  /// The interval of a number, by bisection: the arithmetic shortcut would disagree with the edges in the last place.
  private func bin(of number: Double) -> Int {
    var (low, high) = (0, edges.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if edges[middle] <= number { low = middle } else { high = middle }
    }
    return low
  }
}
