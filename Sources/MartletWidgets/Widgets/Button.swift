import MartletDisplay

/// A button to press.
///
///     let again = Button("Again") { seed += 1 }
public final class Button: Widget, DisableableWidget, @unchecked Sendable {
  /// How a button looks, by what it is for.
  public enum Role: String, Sendable {
    case plain = ""
    case primary, success, info, warning, danger
  }

  /// - Parameters:
  ///   - title: the text on the button.
  ///   - role: how it looks. Default `plain`.
  ///   - onClick: called whenever it is pressed.
  public init(_ title: String, role: Role = .plain, onClick: (() -> Void)? = nil) {
    super.init(
      "Button",
      [
        "description": .string(title), "disabled": false, "button_style": .string(role.rawValue), "icon": "",
      ],
      style: WidgetStyle(
        "ButtonStyleModel",
        properties: [
          "button_color", "font_family", "font_size", "font_style", "font_variant", "font_weight", "text_color",
          "text_decoration",
        ], hasDescription: false))
    if let onClick { self.onClick(onClick) }
  }

  /// The text on the button.
  public var title: String {
    get { model["description"].string ?? "" }
    set { model.set("description", .string(newValue)) }
  }

  /// Calls `handler` whenever the button is pressed, as often as it is. ``Comm`` says on which thread handlers run.
  public func onClick(_ handler: @escaping () -> Void) {
    model.observeMessages { message in
      if message.data["event"]?.string == "click" { handler() }
    }
  }

  override var plainText: String { "[ \(title) ]" }
}
