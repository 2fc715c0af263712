import Glibc

/// Equal distances for equal ratios; only positive numbers have a place.
struct LogScale: PositionScale {
  let lower: Double
  let upper: Double
  let pixels: PixelSpan
  var bandwidth: Double { 0 }

  /// - Parameters: a domain of positive numbers, which is widened where it is a single one.
  init(lower: Double, upper: Double, pixels: PixelSpan) {
    let isNarrow = upper < lower * (1 + 1e-9)
    // Kept where logarithms are finite.
    self.lower = max(isNarrow ? lower / 2 : lower, .leastNormalMagnitude)
    self.upper = min(isNarrow ? upper * 2 : upper, .greatestFiniteMagnitude)
    self.pixels = pixels
  }

  /// The scale with its domain grown to powers of ten where it spans several, to 1, 2 or 5 times one otherwise.
  func nice() -> LogScale {
    let steps: [Double] = upper / lower > 100 ? [1] : [1, 2, 5]
    let below = Self.candidates(lower, steps).last { $0 <= lower * (1 + 1e-9) } ?? lower
    let above = Self.candidates(upper, steps).first { $0 >= upper * (1 - 1e-9) } ?? upper
    return LogScale(lower: below, upper: above, pixels: pixels)
  }

  private static func candidates(_ value: Double, _ steps: [Double]) -> [Double] {
    let exponent = NumberText.decimalExponent(of: value)
    return (exponent - 1...exponent + 1).flatMap { power in steps.map { $0 * pow(10, Double(power)) } }
      .filter { $0.isNormal }
  }

  func position(of value: PlotValue) -> Double? {
    guard let number = value.number, number > 0 else { return nil }
    return pixels.at((log10(number) - log10(lower)) / (log10(upper) - log10(lower)))
  }

  func ticks(atMost count: Int) -> [Tick] {
    let first = NumberText.decimalExponent(of: lower)
    let last = NumberText.decimalExponent(of: upper)
    let decades = last - first + 1
    let isShort = upper / lower <= 20 && count >= 6
    let steps: [Double] = isShort ? (1...9).map(Double.init) : decades * 3 <= count + 2 ? [1, 2, 5] : [1]
    let stride = max(1, (decades + count - 1) / max(1, count))
    return Swift.stride(from: first, through: last, by: stride).flatMap { power in
      steps.compactMap { tick(step: $0, power: power) }
    }
  }

  private func tick(step: Double, power: Int) -> Tick? {
    let value = step * pow(10, Double(power))
    guard value.isFinite, value >= lower * (1 - 1e-9), value <= upper * (1 + 1e-9),
      let position = position(of: .number(value))
    else {
      return nil
    }
    let isPlain = (-4...5).contains(power)
    let power10 = "10" + NumberText.superscript(power)
    let label =
      isPlain
      ? NumberText.tick(value, stepExponent: power, largest: value) : step == 1 ? power10 : "\(Int(step))×\(power10)"
    return Tick(position: position, label: label, value: value)
  }

  func over(_ pixels: PixelSpan) -> LogScale { LogScale(lower: lower, upper: upper, pixels: pixels) }
}
