import MartletDisplay

/// How a widget is drawn: colours and the room for its description.
///
///     slider.style.descriptionWidth = "initial"      // as wide as the text
public final class WidgetStyle: Sendable {
  let model: WidgetModel

  /// - Parameter properties: what this kind of style knows beside the width of the description.
  init(_ name: String, properties: [String] = [], hasDescription: Bool = true) {
    var state = WidgetProtocol.names(
      model: name, view: "StyleView", viewModule: WidgetProtocol.base, viewVersion: WidgetProtocol.baseVersion)
    for property in properties { state[property] = .null }
    if hasDescription { state["description_width"] = "" }
    model = WidgetModel(state)
  }

  /// A property by ipywidgets' name for it, such as `handle_color` or `bar_color`; `nil` leaves it to the frontend. Names
  /// that this kind of widget does not know have no effect.
  public subscript(property: String) -> String? {
    get { model[property].string }
    set { if model.currentState[property] != nil { model.set(property, newValue.map { .string($0) } ?? .null) } }
  }

  /// The width kept for the description: `"120px"`, `"initial"` for as much as it needs. Default `""`, 80 pixels.
  public var descriptionWidth: String {
    get { model["description_width"].string ?? "" }
    set { self["description_width"] = newValue }
  }

  static let text = ["background", "font_size", "text_color"]
  static let richText = text + ["font_family", "font_style", "font_variant", "font_weight", "text_decoration"]
}
