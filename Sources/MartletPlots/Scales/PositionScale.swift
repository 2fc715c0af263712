/// Turns values into positions along an axis, in pixels.
protocol PositionScale: Sendable {
  /// Where a value stands; `nil` where the scale has no place for it.
  func position(of value: PlotValue) -> Double?
  /// The pixels the axis covers.
  var pixels: PixelSpan { get }
  /// How much room one value takes; 0 on continuous scales.
  var bandwidth: Double { get }
  /// Where bars and areas stand: at zero, or at the start of an axis that has none.
  var baseline: Double { get }
  /// Whether zero has a place of its own among positive and negative numbers.
  var hasZero: Bool { get }
  /// Labelled positions, at most about `count` of them where there is a choice.
  func ticks(atMost count: Int) -> [Tick]
  /// The same scale over other pixels.
  func over(_ pixels: PixelSpan) -> Self
}

extension PositionScale {
  func position(of number: Double) -> Double? { position(of: .number(number)) }

  var hasZero: Bool { false }
  var baseline: Double { pixels.start }

  /// 0 at the start of the axis, 1 at its end.
  func share(of number: Double) -> Double? {
    position(of: number).map { pixels.end == pixels.start ? 0 : ($0 - pixels.start) / (pixels.end - pixels.start) }
  }
}

/// A labelled position on an axis.
struct Tick: Sendable, Hashable {
  var position: Double
  var label: String
  /// What the label leaves out because it is the same for several ticks, such as the year of months: written once, on a
  /// line below.
  var context: String?
  /// The number behind the label; `nil` for names.
  var value: Double?
  /// Ticks of bands label a thing, not a quantity, and get no grid line.
  var hasGridLine = true
}

/// The pixels an axis covers; `start` is below `end` on a vertical axis that grows upwards.
struct PixelSpan: Sendable, Hashable {
  var start: Double
  var end: Double
  var length: Double { abs(end - start) }
  var lower: Double { min(start, end) }
  var upper: Double { max(start, end) }
  var reversed: PixelSpan { PixelSpan(start: end, end: start) }
  func at(_ fraction: Double) -> Double { start + (end - start) * fraction }
}
