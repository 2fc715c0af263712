import MartletDisplay

/// A line of text that the reader can write.
///
///     let name = TextField("Ada", label: "name")
public final class TextField: Widget, ValueWidget, LabelledWidget, DisableableWidget, @unchecked Sendable {
  /// - Parameters:
  ///   - value: the text at first. Default empty.
  ///   - label: a text in front of the field.
  ///   - placeholder: what an empty field shows.
  ///   - isContinuous: whether values arrive with every key, or when the reader has finished. Default `true`.
  public init(_ value: String = "", label: String = "", placeholder: String = "\u{200B}", isContinuous: Bool = true) {
    var state = Self.described(label)
    state.merge([
      "value": .string(value), "placeholder": .string(placeholder), "continuous_update": .bool(isContinuous),
    ]) { $1 }
    super.init(
      "Text", state, style: WidgetStyle("TextStyleModel", properties: WidgetStyle.text),
      accepting: ["value": { value, _ in value.string.map { .string($0) } }])
  }

  /// The text.
  public var value: String {
    get { model["value"].string ?? "" }
    set { model.set("value", .string(newValue)) }
  }

  /// Calls `handler` with the text when the reader presses Return.
  public func onSubmit(_ handler: @escaping (String) -> Void) {
    model.observeMessages { [self] message in
      if message.data["event"]?.string == "submit" { handler(value) }
    }
  }

  override var plainText: String { labelled("\"\(value)\"") }
}
