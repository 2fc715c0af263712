import JSON
import Session

/// The state of every widget that a notebook's cells have made, as notebooks store it, so that pages without a kernel can
/// show the widgets.
struct WidgetStates {
  private var states: [String: [String: JSONValue]] = [:]

  /// Under which the notebook's metadata has widgets, and then their states.
  static let key = "widgets"
  static let type = "application/vnd.jupyter.widget-state+json"
  /// The format in which a cell shows a widget: the identifier of its model.
  static let viewFormat = "application/vnd.jupyter.widget-view+json"

  /// Takes in what the cells' side has done to a comm. Widgets of Martlet have no state in buffers.
  mutating func receive(_ message: CommMessage) {
    switch message.kind {
    case .open where message.target == "jupyter.widget":
      states[message.identifier] = message.data["state"]?.object ?? [:]
    case .message where message.data["method"] == "update":
      states[message.identifier]?.merge(message.data["state"]?.object ?? [:]) { $1 }
    case .close: states[message.identifier] = nil
    default: break
    }
  }

  /// The states as the format wants them; `nil` when there are none.
  var metadata: JSONValue? {
    if states.isEmpty { return nil }
    let entries = states.mapValues { state -> JSONValue in
      [
        "model_name": state["_model_name"] ?? "", "model_module": state["_model_module"] ?? "",
        "model_module_version": state["_model_module_version"] ?? "", "state": .object(state),
      ]
    }
    let content: JSONValue = ["version_major": 2, "version_minor": 0, "state": .object(entries)]
    return .object([Self.type: content])
  }
}
