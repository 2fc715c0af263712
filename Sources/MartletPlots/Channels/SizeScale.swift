import Glibc

/// Turns quantities into dots whose areas are proportional to them.
struct SizeScale: Sendable {
  /// The quantity of the largest dot.
  let largest: Double
  private let smallest: Double
  /// The diameter of the largest dot, in pixels: such that half of all dots are as large as usual, within limits.
  let widest: Double

  private static let usual = 8.0
  private static let limits = 12.0...34

  /// - Returns: `nil` where no quantity is positive.
  init?(_ quantities: [Double]) {
    let sorted = quantities.filter { $0.isFinite && $0 >= 0 }.sorted()
    guard let smallest = sorted.first, let largest = sorted.last, largest > 0 else { return nil }
    let median = max(sorted[sorted.count / 2], largest * 1e-6)
    (self.smallest, self.largest) = (smallest, largest)
    widest = min(max(Self.usual / (median / largest).squareRoot(), Self.limits.lowerBound), Self.limits.upperBound)
  }

  /// The diameter of a dot of a quantity, in pixels; `nil` below zero, where areas mean nothing.
  func diameter(of quantity: Double) -> Double? {
    quantity >= 0 ? widest * (quantity / largest).squareRoot() : nil
  }

  /// Round quantities for the legend, in rising order: evenly spread where all are of one magnitude; otherwise each about
  /// a quarter of the next, so that the diameters halve.
  var examples: [Double] {
    if smallest > largest / 8 {
      let even = NiceStep(lower: smallest, upper: largest, intervals: 3).values(from: smallest, through: largest)
      if even.count > 1 { return even }
    }
    let above = NiceStep(lower: 0, upper: largest, intervals: 1).size
    var value = above <= largest * (1 + 1e-9) ? above : Self.nice(atMost: above / 2)
    var examples: [Double] = []
    while examples.count < 3, value > 0 {
      examples.append(value)
      value = Self.nice(atMost: value / 4)
    }
    return examples.reversed()
  }

  /// The largest of 1, 2 and 5 times a power of ten that is no larger.
  private static func nice(atMost value: Double) -> Double {
    // The next nice number is at most 2.5 times as large, so that one of these is the wanted one.
    let candidates = [value, value / 2, value / 2.5].map { NiceStep(lower: 0, upper: $0, intervals: 1).size }
    return candidates.filter { $0 <= value * (1 + 1e-9) }.max() ?? 0
  }
}
