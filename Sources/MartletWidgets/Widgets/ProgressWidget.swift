import MartletDisplay

/// A bar that shows how far something has come, among other widgets. For a loop, ``progress(_:label:)`` is less work.
///
///     let done = ProgressWidget(total: 120, label: "files")
///     done.value += 1
public final class ProgressWidget: Widget, LabelledWidget, @unchecked Sendable {
  /// How the bar looks, by how things stand.
  public enum Status: String, Sendable {
    case running = ""
    case success, info, warning, danger
  }

  /// - Parameters:
  ///   - total: the value at the end, more than 0. Default 1.
  ///   - label: a text in front of the bar.
  public init(total: Double = 1, label: String = "") {
    precondition(total > 0 && total.isFinite, "ProgressWidget needs a total of more than 0, not \(total).")
    super.init(
      "FloatProgress", view: "ProgressView",
      [
        "value": 0.0, "min": 0.0, "max": .number(total), "bar_style": "", "orientation": "horizontal",
        "description": .string(label), "description_allow_html": false,
      ], style: WidgetStyle("ProgressStyleModel", properties: ["bar_color"]))
  }

  /// How much is done, from 0 to the total.
  public var value: Double {
    get { model["value"].number ?? 0 }
    set { if !newValue.isNaN { model.set("value", .number(min(max(newValue, 0), total))) } }
  }

  /// The value at the end.
  public var total: Double { model["max"].number ?? 1 }

  /// How things stand, which decides the bar's colour.
  public var status: Status {
    get { model["bar_style"].string.flatMap(Status.init(rawValue:)) ?? .running }
    set { model.set("bar_style", .string(newValue.rawValue)) }
  }

  override var plainText: String { labelled("\(Int((100 * value / total).rounded()))%") }
}
