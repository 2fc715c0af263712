import MartletDisplay

/// Widgets that are shown together.
public class WidgetBox: Widget, @unchecked Sendable {
  // `@unchecked Sendable`: `contents` is used under `lock` only.
  private let lock = Lock()
  private var contents: [Widget]

  init(_ kind: String, _ children: [Widget]) {
    contents = children
    super.init(
      kind, ["box_style": "", "children": .array(children.map(\.model.reference))], style: nil,
      references: children.map(\.model))
  }

  /// What is in the box, in order.
  public var children: [Widget] {
    get { lock { contents } }
    set {
      lock { contents = newValue }
      model.setReferences("children", newValue.map(\.model))
    }
  }

  override func prepare() { for child in children { child.prepare() } }

  fileprivate var separator: String { "\n" }

  override var plainText: String { children.map(\.plainText).filter { !$0.isEmpty }.joined(separator: separator) }

  override var staticHTML: String? {
    let children = children
    guard children.contains(where: { $0.staticHTML != nil }) else { return nil }
    return children.map { child in
      let text = child.plainText
      return child.staticHTML ?? (text.isEmpty ? "" : "<pre>\(text.htmlEscaped)</pre>")
    }.joined()
  }
}

/// Widgets one below the other.
///
///     VBox(speed, HBox(start, stop), output)
public final class VBox: WidgetBox, @unchecked Sendable {
  public init(_ children: Widget...) { super.init("VBox", children) }
  public init(_ children: [Widget]) { super.init("VBox", children) }
}

/// Widgets side by side.
///
///     HBox(start, stop)
public final class HBox: WidgetBox, @unchecked Sendable {
  public init(_ children: Widget...) { super.init("HBox", children) }
  public init(_ children: [Widget]) { super.init("HBox", children) }

  fileprivate override var separator: String { "  " }
}
