import MartletDisplay

/// Something on a page that a reader can look at and act on: a slider, a button, a box of them.
///
/// A widget is shown like any other value, and everything shown of the same widget stays the same. Its properties are in
/// step with the page from then on: what the reader changes is there for the next line of code, also for one in a loop
/// that runs already.
///
///     let speed = FloatSlider(0...10, label: "speed")
///     display(speed)
///     speed.value          // where the reader has left it
///
/// Widgets speak the protocol of ipywidgets 8, so they work in JupyterLab and everywhere else where ipywidgets is
/// installed. Elsewhere they show a text.
///
/// **Threads.** A widget may be used from any thread. Callbacks, such as `onChange`, run one after the other on a thread
/// of their own; see ``Comm``.
public class Widget: RichDisplayable, @unchecked Sendable {
  // `@unchecked Sendable`: all there is are references to objects that guard themselves.
  let model: WidgetModel
  /// Where the widget stands and how large it is.
  public let layout: WidgetLayout
  private let styling: WidgetStyle?

  /// - Parameter kind: the model's name without `Model`.
  init(
    _ kind: String, view: String? = nil, _ state: [String: JSON.Value], style: WidgetStyle?,
    references: [WidgetModel] = [],
    accepting accepted: [String: @Sendable (JSON.Value, [String: JSON.Value]) -> JSON.Value?] = [:],
    module: String = WidgetProtocol.controls, version: String = WidgetProtocol.controlsVersion
  ) {
    let layout = WidgetLayout()
    var whole = WidgetProtocol.names(
      model: kind + "Model", view: view ?? kind + "View", module: module, version: version)
    whole["_dom_classes"] = []
    whole["tabbable"] = .null
    whole["tooltip"] = .null
    whole["layout"] = layout.model.reference
    if let style { whole["style"] = style.model.reference }
    whole.merge(state) { $1 }
    self.layout = layout
    styling = style
    model = WidgetModel(
      whole, references: [layout.model] + (style.map { [$0.model] } ?? []) + references, accepting: accepted)
  }

  /// The widget as a page shows it, and as text.
  public func displayBundle() -> DisplayBundle {
    prepare()
    model.open()
    let view: JSON.Value = ["version_major": 2, "version_minor": 0, "model_id": .string(model.id)]
    var bundle: DisplayBundle = [WidgetProtocol.viewType: .json(view.description), .plainText: .text(plainText)]
    if let html = staticHTML { bundle[.html] = .text(html) }
    return bundle
  }

  /// Brings the state up to date before the widget is shown.
  func prepare() {}

  /// What is shown where there is nothing but text.
  var plainText: String { "" }

  /// What a page without widgets shows; `nil` for a widget that has no more to show than its text.
  var staticHTML: String? { nil }

  /// The member of the state that a reader changes.
  var valueKey: String { "value" }

  /// Removes the widget from the page.
  public func close() { model.close() }

  /// A text that is shown while the pointer rests on the widget.
  public var tooltip: String? {
    get { model["tooltip"].string }
    set { model.set("tooltip", newValue.map { .string($0) } ?? .null) }
  }
}

extension Widget {
  /// What is known of a widget's kind of style; for kinds that have none, changes have no effect.
  public var style: WidgetStyle { styling ?? WidgetStyle("DescriptionStyleModel") }

  /// A text in front of the widget.
  func labelled(_ text: String) -> String {
    let label = model["description"].string ?? ""
    return label.isEmpty ? text : "\(label): \(text)"
  }

  static func described(_ label: String, isDisabled: Bool = false) -> [String: JSON.Value] {
    ["description": .string(label), "description_allow_html": false, "disabled": .bool(isDisabled)]
  }
}
