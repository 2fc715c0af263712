import Glibc

/// A distance between ticks that people count in: 1, 2 or 5 times a power of ten.
struct NiceStep: Sendable, Hashable {
  /// 1, 2 or 5.
  let multiplier: Int
  /// The power of ten.
  let exponent: Int

  /// The smallest nice step that divides a domain into at most that many intervals.
  init(lower: Double, upper: Double, intervals: Int) {
    // Divided before it is subtracted: the span of −1e308...1e308 is infinite.
    let wanted = min(upper / Double(intervals) - lower / Double(intervals), 1e308)
    let power = NumberText.decimalExponent(of: wanted)
    let ratio = wanted / NiceStep(multiplier: 1, exponent: power).size
    let multiplier = [1, 2, 5].first { Double($0) >= ratio * (1 - 1e-9) }
    self.init(multiplier: multiplier ?? 1, exponent: multiplier == nil ? power + 1 : power)
  }

  private init(multiplier: Int, exponent: Int) {
    self.multiplier = multiplier
    self.exponent = exponent
  }

  /// The distance itself.
  var size: Double { value(at: 1) }

  /// The multiple of the step with that index. Negative powers divide, so that 3 × 0.1 is 0.3.
  func value(at index: Double) -> Double {
    let count = index * Double(multiplier)
    return exponent < 0 ? count / pow(10, -Double(exponent)) : count * pow(10, Double(exponent))
  }

  /// All multiples of the step from `lower` to `upper`, both included.
  func values(from lower: Double, through upper: Double) -> [Double] {
    let tolerance = 1e-9
    let first = (lower / size - tolerance).rounded(.up)
    let last = (upper / size + tolerance).rounded(.down)
    guard first <= last, last - first < 10_000 else { return [] }
    return (0...Int(last - first)).map { value(at: first + Double($0)) }
  }

  /// The domain grown outwards to multiples of the step.
  func widened(lower: Double, upper: Double) -> (lower: Double, upper: Double) {
    let tolerance = 1e-9
    let below = value(at: (lower / size + tolerance).rounded(.down))
    let above = value(at: (upper / size - tolerance).rounded(.up))
    return (below.isFinite ? min(below, lower) : lower, above.isFinite ? max(above, upper) : upper)
  }
}
