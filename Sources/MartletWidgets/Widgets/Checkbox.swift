import MartletDisplay

/// A box to tick.
///
///     let smooth = Checkbox(true, label: "smooth")
public final class Checkbox: Widget, ValueWidget, LabelledWidget, DisableableWidget, @unchecked Sendable {
  /// - Parameters:
  ///   - value: whether it is ticked at first. Default `false`.
  ///   - label: a text beside the box.
  public init(_ value: Bool = false, label: String = "") {
    var state = Self.described(label)
    state["value"] = .bool(value)
    state["indent"] = true
    super.init(
      "Checkbox", state, style: WidgetStyle("CheckboxStyleModel", properties: ["background"]),
      accepting: ["value": { value, _ in value.bool.map { .bool($0) } }])
  }

  /// Whether it is ticked.
  public var value: Bool {
    get { model["value"].bool ?? false }
    set { model.set("value", .bool(newValue)) }
  }

  override var plainText: String { "[\(value ? "x" : " ")] \(label)" }
}
