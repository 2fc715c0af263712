import Foundation

/// A type whose values can be drawn: numbers by their size, dates by their time, texts and truth values as names.
public protocol PlotElement: Sendable {
  /// The value as a plot sees it.
  var plotValue: PlotValue { get }
}

extension PlotElement where Self: BinaryInteger {
  /// The number.
  public var plotValue: PlotValue { .number(Double(self)) }
}

extension PlotElement where Self: BinaryFloatingPoint {
  /// The number; NaN and infinities are missing.
  public var plotValue: PlotValue { isFinite ? .number(Double(self)) : .missing }
}

extension PlotElement where Self: StringProtocol {
  /// The text as a name.
  public var plotValue: PlotValue { .category(String(self)) }
}

extension Double: PlotElement {}
extension Float: PlotElement {}
extension Int: PlotElement {}
extension Int64: PlotElement {}
extension Int32: PlotElement {}
extension UInt8: PlotElement {}
extension String: PlotElement {}
extension Substring: PlotElement {}

extension Bool: PlotElement {
  /// The name `true` or `false`.
  public var plotValue: PlotValue { .category(self ? "true" : "false") }
}

extension Date: PlotElement {
  /// The instant, on an axis of years, days or hours.
  public var plotValue: PlotValue {
    timeIntervalSince1970.isFinite ? .instant(timeIntervalSince1970) : .missing
  }
}

extension Optional: PlotElement where Wrapped: PlotElement {
  /// The value, or missing.
  public var plotValue: PlotValue { self?.plotValue ?? .missing }
}
