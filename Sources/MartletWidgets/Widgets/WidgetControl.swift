import MartletDisplay

/// The comm by which a frontend asks for the state of every widget at once, as it does when a page is reloaded.
enum WidgetControl {
  static let target = "jupyter.widget.control"

  /// The widgets that the frontend knows; they live until they are closed, as what is on a page does.
  ///
  /// `@unchecked Sendable`: the members are used under `lock` only.
  private final class Models: @unchecked Sendable {
    let lock = Lock()
    var models: [String: WidgetModel] = [:]
  }
  private static let open = Models()

  static func add(_ model: WidgetModel) { open.lock { open.models[model.id] = model } }
  static func remove(_ model: WidgetModel) { open.lock { open.models[model.id] = nil } }

  static func receive(_ comm: Comm, _ message: Comm.Message) {
    guard message.data["method"]?.string == "request_states" else { return }
    let models = open.lock { open.models }
    let states = models.mapValues { model -> JSON.Value in
      let state = model.currentState
      return [
        "model_name": state["_model_name"] ?? "", "model_module": state["_model_module"] ?? "",
        "model_module_version": state["_model_module_version"] ?? "", "state": .object(state),
      ]
    }
    comm.send(["method": "update_states", "states": .object(states), "buffer_paths": []])
  }
}
