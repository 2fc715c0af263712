import MartletDisplay

/// A line of text, which may hold formulas between `$` signs; nothing in it is markup.
///
///     let status = Label("waiting")
///     status.value = "done"
public final class Label: Widget, @unchecked Sendable {
  /// A label with a text.
  public init(_ value: String = "") {
    super.init(
      "Label",
      [
        "value": .string(value), "placeholder": "\u{200B}", "description": "", "description_allow_html": false,
      ], style: WidgetStyle("LabelStyleModel", properties: WidgetStyle.richText))
  }

  /// The text.
  public var value: String {
    get { model["value"].string ?? "" }
    set { model.set("value", .string(newValue)) }
  }

  override var plainText: String { value }
}
