/// Equal distances for equal times; ticks where calendars and clocks have them. All times are in UTC.
struct TimeScale: PositionScale {
  /// Seconds since the start of 1970, as the upper end.
  let lower: Double
  let upper: Double
  let pixels: PixelSpan
  var bandwidth: Double { 0 }

  /// - Parameters: the domain, which is widened by half a day on both sides where it is a single instant.
  init(lower: Double, upper: Double, pixels: PixelSpan) {
    let lower = min(max(lower, -InstantText.farthest), InstantText.farthest)
    let upper = min(max(upper, -InstantText.farthest), InstantText.farthest)
    let isNarrow = abs(upper - lower) < 1e-5
    self.lower = min(lower, upper) - (isNarrow ? 43_200 : 0)
    self.upper = max(lower, upper) + (isNarrow ? 43_200 : 0)
    self.pixels = pixels
  }

  /// The scale with its domain grown to the ends of days, months or years.
  func nice() -> TimeScale {
    let widened = TimeStep(span: upper - lower, intervals: 8).widened(lower: lower, upper: upper)
    return TimeScale(lower: widened.lower, upper: widened.upper, pixels: pixels)
  }

  func position(of value: PlotValue) -> Double? { value.number.map { pixels.at(($0 - lower) / (upper - lower)) } }

  /// The instant at a pixel.
  func number(at position: Double) -> Double {
    let share = (position - pixels.start) / (pixels.end - pixels.start)
    return lower * (1 - share) + upper * share
  }

  func ticks(atMost count: Int) -> [Tick] {
    let step = TimeStep(span: upper - lower, intervals: max(1, count))
    var last: String?
    return step.values(from: lower, through: upper).map { instant in
      let (label, context) = Self.text(InstantText(instant), step)
      defer { last = context }
      return Tick(
        position: pixels.at((instant - lower) / (upper - lower)), label: label,
        context: context == last ? nil : context,
        value: instant)
    }
  }

  /// What changes from tick to tick, and what stays the same for several.
  private static func text(_ text: InstantText, _ step: TimeStep) -> (label: String, context: String?) {
    switch step.unit {
    case .year: (text.year, nil)
    case .month: (text.month, text.year)
    case .day: (text.day, text.year)
    case .hour, .minute: (text.minute, text.fullDay)
    case .second: (text.second(decimals: max(0, -NumberText.decimalExponent(of: min(step.count, 1)))), text.fullDay)
    }
  }

  func over(_ pixels: PixelSpan) -> TimeScale { TimeScale(lower: lower, upper: upper, pixels: pixels) }
}
