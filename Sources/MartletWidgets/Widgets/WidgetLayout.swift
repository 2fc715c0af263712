import MartletDisplay

/// Where a widget stands and how large it is, in the words of CSS.
///
///     slider.layout.width = "60%"
///     slider.layout["grid_area"] = "header"
public final class WidgetLayout: Sendable {
  static let properties = [
    "align_content", "align_items", "align_self", "border_bottom", "border_left", "border_right", "border_top",
    "bottom",
    "display", "flex", "flex_flow", "grid_area", "grid_auto_columns", "grid_auto_flow", "grid_auto_rows", "grid_column",
    "grid_gap", "grid_row", "grid_template_areas", "grid_template_columns", "grid_template_rows", "height",
    "justify_content", "justify_items", "left", "margin", "max_height", "max_width", "min_height", "min_width",
    "object_fit", "object_position", "order", "overflow", "padding", "right", "top", "visibility", "width",
  ]

  let model: WidgetModel

  init() {
    var state = WidgetProtocol.names(
      model: "LayoutModel", view: "LayoutView", module: WidgetProtocol.base, version: WidgetProtocol.baseVersion)
    for property in Self.properties { state[property] = .null }
    model = WidgetModel(state)
  }

  /// A property of CSS, with underscores for hyphens; `nil` leaves it to the frontend. Names that ipywidgets does not
  /// know have no effect.
  public subscript(property: String) -> String? {
    get { model[property].string }
    set { if Self.properties.contains(property) { model.set(property, newValue.map { .string($0) } ?? .null) } }
  }

  /// The width: `"300px"`, `"50%"`, `"auto"`.
  public var width: String? {
    get { self["width"] }
    set { self["width"] = newValue }
  }
  /// The height: `"100px"`, `"auto"`.
  public var height: String? {
    get { self["height"] }
    set { self["height"] = newValue }
  }
  /// The space around the widget: `"4px 8px"`.
  public var margin: String? {
    get { self["margin"] }
    set { self["margin"] = newValue }
  }
  /// The space inside its edge: `"4px"`.
  public var padding: String? {
    get { self["padding"] }
    set { self["padding"] = newValue }
  }
  /// Whether it is there at all: `"none"` hides it.
  public var display: String? {
    get { self["display"] }
    set { self["display"] = newValue }
  }
}
