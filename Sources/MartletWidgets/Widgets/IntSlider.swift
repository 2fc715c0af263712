import MartletDisplay

/// A slider over whole numbers.
///
///     let count = IntSlider(1...50, label: "count")
///     count.onChange { n in print(n) }
public final class IntSlider: Widget, ValueWidget, LabelledWidget, DisableableWidget, @unchecked Sendable {
  /// - Parameters:
  ///   - range: the values that can be chosen.
  ///   - value: the first value, in the range; by default its middle.
  ///   - step: the distance between neighbouring values, at least 1.
  ///   - label: a text in front of the slider.
  ///   - isContinuous: whether values arrive while the reader drags, or only at the end. Default `true`.
  public init(
    _ range: ClosedRange<Int>, value: Int? = nil, step: Int = 1, label: String = "", isContinuous: Bool = true
  ) {
    precondition(step >= 1, "IntSlider needs a step of at least 1, not \(step).")
    let middle = range.lowerBound + (range.upperBound - range.lowerBound) / 2 / step * step
    var state = Self.described(label)
    state.merge([
      "value": .integer(min(max(value ?? middle, range.lowerBound), range.upperBound)),
      "min": .integer(range.lowerBound), "max": .integer(range.upperBound), "step": .integer(step),
      "continuous_update": .bool(isContinuous), "orientation": "horizontal", "readout": true, "readout_format": "d",
      "behavior": "drag-tap",
    ]) { $1 }
    super.init(
      "IntSlider", state, style: WidgetStyle("SliderStyleModel", properties: ["handle_color"]),
      accepting: [
        "value": { value, state in
          guard let value = value.integer, let low = state["min"]?.integer, let high = state["max"]?.integer else {
            return nil
          }
          return .integer(min(max(value, low), high))
        }
      ])
  }

  /// The number chosen; one outside the range becomes the nearest in it.
  public var value: Int {
    get { model["value"].integer ?? 0 }
    set { model.set("value", .integer(min(max(newValue, range.lowerBound), range.upperBound))) }
  }

  /// The numbers that can be chosen; the value is moved into a new range.
  public var range: ClosedRange<Int> {
    get { (model["min"].integer ?? 0)...(model["max"].integer ?? 0) }
    set {
      model.set([
        "min": .integer(newValue.lowerBound), "max": .integer(newValue.upperBound),
        "value": .integer(min(max(value, newValue.lowerBound), newValue.upperBound)),
      ])
    }
  }

  override var plainText: String { labelled("\(value) (\(range.lowerBound) to \(range.upperBound))") }
}
