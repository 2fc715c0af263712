import MartletDisplay

/// A piece of HTML among widgets.
///
///     let legend = HTMLLabel(HTML("<b>\(name)</b>"))
public final class HTMLLabel: Widget, @unchecked Sendable {
  /// A label that shows markup as it is.
  public init(_ value: HTML = HTML("")) {
    super.init(
      "HTML",
      [
        "value": .string(value.source), "placeholder": "\u{200B}", "description": "",
        "description_allow_html": false,
      ], style: WidgetStyle("HTMLStyleModel", properties: WidgetStyle.text))
  }

  /// The markup.
  public var value: HTML {
    get { HTML(model["value"].string ?? "") }
    set { model.set("value", .string(newValue.source)) }
  }

  override var plainText: String { value.source }
  override var staticHTML: String? { value.source }
}
