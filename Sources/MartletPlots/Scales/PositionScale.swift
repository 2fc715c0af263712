/// Turns values into positions along an axis, in pixels.
protocol PositionScale: Sendable {
  /// Where a value stands; `nil` where the scale has no place for it.
  func position(of value: PlotValue) -> Double?
  /// The pixels the axis covers.
  var pixels: PixelSpan { get }
  /// How much room one value takes; 0 on continuous scales.
  var bandwidth: Double { get }
  /// Labelled positions, at most about `count` of them where there is a choice.
  func ticks(atMost count: Int) -> [Tick]
  /// The same scale over other pixels.
  func over(_ pixels: PixelSpan) -> Self
}

extension PositionScale {
  func position(of number: Double) -> Double? { position(of: .number(number)) }
}

/// A labelled position on an axis.
struct Tick: Sendable, Hashable {
  var position: Double
  var label: String
  /// Ticks of bands label a thing, not a quantity, and get no grid line.
  var hasGridLine = true
}

/// The pixels an axis covers; `start` is above `end` on a vertical axis that grows upwards.
struct PixelSpan: Sendable, Hashable {
  var start: Double
  var end: Double
  var length: Double { abs(end - start) }
  func at(_ fraction: Double) -> Double { start + (end - start) * fraction }
}
