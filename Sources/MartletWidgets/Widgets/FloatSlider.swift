import MartletDisplay

/// A slider over numbers.
///
///     let rate = FloatSlider(0...1, value: 0.1, step: 0.01, label: "rate")
public final class FloatSlider: Widget, ValueWidget, LabelledWidget, DisableableWidget, @unchecked Sendable {
  /// - Parameters:
  ///   - range: the values that can be chosen; both ends finite.
  ///   - value: the first value, in the range; by default its middle.
  ///   - step: the distance between neighbouring values, more than 0; by default a round hundredth of the range or so.
  ///   - label: a text in front of the slider.
  ///   - isContinuous: whether values arrive while the reader drags, or only at the end. Default `true`.
  public init(
    _ range: ClosedRange<Double>, value: Double? = nil, step: Double? = nil, label: String = "",
    isContinuous: Bool = true
  ) {
    precondition(
      range.lowerBound.isFinite && range.upperBound.isFinite, "FloatSlider needs a finite range, not \(range).")
    let step = step ?? Self.roundStep(over: range)
    precondition(step > 0 && step.isFinite, "FloatSlider needs a step of more than 0, not \(step).")
    let middle = range.lowerBound + ((range.upperBound - range.lowerBound) / 2 / step).rounded(.down) * step
    var state = Self.described(label)
    state.merge([
      "value": .number(min(max(value ?? middle, range.lowerBound), range.upperBound)),
      "min": .number(range.lowerBound), "max": .number(range.upperBound), "step": .number(step),
      "continuous_update": .bool(isContinuous), "orientation": "horizontal", "readout": true,
      "readout_format": .string(Self.format(step: step)), "behavior": "drag-tap",
    ]) { $1 }
    super.init(
      "FloatSlider", state, style: WidgetStyle("SliderStyleModel", properties: ["handle_color"]),
      accepting: [
        "value": { value, state in
          guard let value = value.number, let low = state["min"]?.number, let high = state["max"]?.number else {
            return nil
          }
          return .number(min(max(value, low), high))
        }
      ])
  }

  /// The power of ten that divides the range into 50 to 500 steps.
  package static func roundStep(over range: ClosedRange<Double>) -> Double {
    var step = 1.0
    let length = range.upperBound - range.lowerBound
    if length <= 0 { return step }
    while length / step > 500 { step *= 10 }
    while length / step < 50 { step /= 10 }
    return step
  }

  /// As many decimal places as the step has.
  private static func format(step: Double) -> String {
    var places = 0
    var scaled = step
    while places < 8, abs(scaled - scaled.rounded()) > 1e-9 * max(1, abs(scaled)) {
      scaled *= 10
      places += 1
    }
    return ".\(max(places, 1))f"
  }

  /// The number chosen; one outside the range becomes the nearest in it, not-a-number changes nothing.
  public var value: Double {
    get { model["value"].number ?? 0 }
    set {
      if newValue.isNaN { return }
      model.set("value", .number(min(max(newValue, range.lowerBound), range.upperBound)))
    }
  }

  /// The numbers that can be chosen; the value is moved into a new range.
  public var range: ClosedRange<Double> {
    get { (model["min"].number ?? 0)...(model["max"].number ?? 0) }
    set {
      model.set([
        "min": .number(newValue.lowerBound), "max": .number(newValue.upperBound),
        "value": .number(min(max(value, newValue.lowerBound), newValue.upperBound)),
      ])
    }
  }

  override var plainText: String { labelled("\(value) (\(range.lowerBound) to \(range.upperBound))") }
}
