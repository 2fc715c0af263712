import MartletDisplay

/// Something that `interact` can make a control of.
///
/// Ranges and strides of numbers become sliders, `Bool` a checkbox, `String` a text field, and arrays and literals of
/// `name: value` pairs lists to choose from. Widgets stand for themselves.
public protocol Interactive {
  /// What the control gives.
  associatedtype ControlValue
  /// The control, with a label.
  func control(label: String) -> InteractiveControl<ControlValue>
}

/// A widget as `interact` uses it.
public struct InteractiveControl<Value> {
  let widget: Widget
  let read: () -> Value
  /// Has an interaction run whenever the control was moved.
  let steer: (Interaction) -> Void

  /// A control that is a widget with a value.
  public init<Control: ValueWidget>(_ widget: Control) where Control.Value == Value {
    self.widget = widget
    read = { widget.value }
    steer = { interaction in
      widget.model.observe(widget.valueKey, failed: interaction.fail) { interaction.runNow() }
    }
  }
}

/// A number that a slider can stand for: `Int` or `Double`.
public protocol SliderNumber: Comparable {
  static func _slider(_ range: ClosedRange<Self>, value: Self?, step: Self?, label: String) -> InteractiveControl<Self>
}

extension Int: SliderNumber {
  public static func _slider(
    _ range: ClosedRange<Int>, value: Int?, step: Int?, label: String
  ) -> InteractiveControl<Int> {
    InteractiveControl(IntSlider(range, value: value, step: step ?? 1, label: label))
  }
}

extension Double: SliderNumber {
  public static func _slider(
    _ range: ClosedRange<Double>, value: Double?, step: Double?, label: String
  ) -> InteractiveControl<Double> {
    InteractiveControl(FloatSlider(range, value: value, step: step, label: label))
  }
}

/// A slider over the range, in its middle at first.
extension ClosedRange: Interactive where Bound: SliderNumber {
  public func control(label: String) -> InteractiveControl<Bound> {
    Bound._slider(self, value: nil, step: nil, label: label)
  }
}

/// A slider over the numbers of the range.
extension Range: Interactive where Bound == Int {
  public func control(label: String) -> InteractiveControl<Int> {
    precondition(!isEmpty, "interact needs a range with at least one number for '\(label)', not \(self).")
    return ClosedRange(self).control(label: label)
  }
}

/// A slider that stops where the stride does: `stride(from: 0, through: 1, by: 0.25)`.
extension StrideThrough: Interactive where Element: SliderNumber, Element: SignedNumeric {
  public func control(label: String) -> InteractiveControl<Element> { stridedSlider(self, label: label) }
}

/// A slider that stops where the stride does: `stride(from: 0, to: 100, by: 10)`.
extension StrideTo: Interactive where Element: SliderNumber, Element: SignedNumeric {
  public func control(label: String) -> InteractiveControl<Element> { stridedSlider(self, label: label) }
}

private func stridedSlider<Stops: Sequence>(_ stops: Stops, label: String) -> InteractiveControl<Stops.Element>
where Stops.Element: SliderNumber & SignedNumeric {
  let numbers = Array(stops)
  guard let first = numbers.first, let last = numbers.last else {
    fatalError("interact needs a stride with at least one number for '\(label)'.")
  }
  let step = numbers.count > 1 ? numbers[1] - first : nil
  if let step, step < 0 { return Stops.Element._slider(last...first, value: first, step: -step, label: label) }
  return Stops.Element._slider(first...last, value: numbers[numbers.count / 2], step: step, label: label)
}

extension Bool: Interactive {
  public func control(label: String) -> InteractiveControl<Bool> { InteractiveControl(Checkbox(self, label: label)) }
}

extension String: Interactive {
  public func control(label: String) -> InteractiveControl<String> { InteractiveControl(TextField(self, label: label)) }
}

extension Array: Interactive {
  public func control(label: String) -> InteractiveControl<Element> { InteractiveControl(Dropdown(self, label: label)) }
}

extension KeyValuePairs: Interactive where Key == String {
  public func control(label: String) -> InteractiveControl<Value> { InteractiveControl(Dropdown(self, label: label)) }
}

extension ValueWidget where Self: LabelledWidget {
  /// The widget itself; a label that it has already stays.
  public func control(label: String) -> InteractiveControl<Value> {
    if self.label.isEmpty { self.label = label }
    return InteractiveControl(self)
  }
}

extension IntSlider: Interactive {}
extension FloatSlider: Interactive {}
extension Checkbox: Interactive {}
extension Dropdown: Interactive {}
extension TextField: Interactive {}
