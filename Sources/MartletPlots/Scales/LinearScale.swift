/// Equal distances for equal differences.
struct LinearScale: PositionScale {
  let lower: Double
  let upper: Double
  let pixels: PixelSpan
  /// Whether the quantities are counts, whose ticks have no fractions.
  var isWhole = false
  var bandwidth: Double { 0 }
  var hasZero: Bool { true }
  var baseline: Double { pixels.at(fraction(of: 0)) }

  /// - Parameters: the domain, which is widened where it is too narrow to be divided.
  init(lower: Double, upper: Double, pixels: PixelSpan) {
    (self.lower, self.upper) = Self.divisible(min(lower, upper), max(lower, upper))
    self.pixels = pixels
  }

  /// One value, or values that differ by less than a few units in the last place, get room on both sides.
  private static func divisible(_ lower: Double, _ upper: Double) -> (Double, Double) {
    let magnitude = max(abs(lower), abs(upper))
    let half = upper / 2 - lower / 2
    if half > magnitude * 1e-12, half > 1e-300 { return (lower, upper) }
    let margin = magnitude < 1e-290 ? 1 : magnitude / 10
    return (max(lower - margin, -.greatestFiniteMagnitude), min(upper + margin, .greatestFiniteMagnitude))
  }

  /// The scale with its domain grown to round numbers.
  func nice(intervals: Int = 8) -> LinearScale {
    let widened = NiceStep(lower: lower, upper: upper, intervals: intervals).widened(lower: lower, upper: upper)
    var scale = LinearScale(lower: widened.lower, upper: widened.upper, pixels: pixels)
    scale.isWhole = isWhole
    return scale
  }

  func position(of value: PlotValue) -> Double? {
    guard let number = value.number else { return nil }
    return pixels.at(fraction(of: number))
  }

  /// 0 at the lower end of the domain, 1 at the upper.
  func fraction(of number: Double) -> Double {
    // Halved, since the whole difference of two doubles can be infinite.
    (number / 2 - lower / 2) / (upper / 2 - lower / 2)
  }

  /// The number at a pixel.
  func number(at position: Double) -> Double {
    let fraction = (position - pixels.start) / (pixels.end - pixels.start)
    return lower * (1 - fraction) + upper * fraction
  }

  func ticks(atMost count: Int) -> [Tick] {
    let step = NiceStep(lower: lower, upper: upper, intervals: max(1, count))
    let largest = max(abs(lower), abs(upper))
    let values = step.values(from: lower, through: upper)
    let whole = isWhole ? values.filter { $0 == $0.rounded() } : []
    // A part of an axis between two whole numbers still has ticks.
    let exponent = whole.isEmpty ? step.exponent : max(0, step.exponent)
    return (whole.isEmpty ? values : whole).map { value in
      Tick(
        position: pixels.at(fraction(of: value)),
        label: NumberText.tick(value, stepExponent: exponent, largest: largest), value: value)
    }
  }

  func over(_ pixels: PixelSpan) -> LinearScale {
    var scale = LinearScale(lower: lower, upper: upper, pixels: pixels)
    scale.isWhole = isWhole
    return scale
  }
}
