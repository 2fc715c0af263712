import MartletDisplay

/// The words of the protocol between ipywidgets' models in a kernel and in a frontend.
enum WidgetProtocol {
  static let version = "2.1.0"
  static let target = "jupyter.widget"
  static let viewType: MIMEType = "application/vnd.jupyter.widget-view+json"

  /// A message about a model's state. No state of ours holds bytes, so nothing travels in buffers.
  static func message(_ method: String, state: [String: JSON.Value]) -> JSON.Value {
    ["method": .string(method), "state": .object(state), "buffer_paths": []]
  }

  /// The members that every model of ipywidgets' packages has.
  static func names(
    model: String, view: String?, module: String = controls, version: String = controlsVersion,
    viewModule: String? = nil, viewVersion: String? = nil
  ) -> [String: JSON.Value] {
    [
      "_model_module": .string(module), "_model_module_version": .string(version), "_model_name": .string(model),
      "_view_module": .string(viewModule ?? module), "_view_module_version": .string(viewVersion ?? version),
      "_view_name": view.map { .string($0) } ?? .null, "_view_count": .null,
    ]
  }

  static let base = "@jupyter-widgets/base"
  static let baseVersion = "2.0.0"
  static let controls = "@jupyter-widgets/controls"
  static let controlsVersion = "2.0.0"
  static let output = "@jupyter-widgets/output"
  static let outputVersion = "1.0.0"
}
