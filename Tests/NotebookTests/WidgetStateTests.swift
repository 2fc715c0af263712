import JSON
import Notebook
import Session
import Testing

@Suite("Widgets in notebooks")
struct WidgetStateTests {
  private func metadata(_ messages: [CommMessage]) -> JSONValue? {
    let collector = OutputCollector()
    for message in messages { collector.receive(.comm(message), cell: 0, executionCount: 1) }
    return collector.widgetMetadata
  }

  private func open(_ identifier: String, target: String = "jupyter.widget") -> CommMessage {
    let state: JSONValue = [
      "_model_name": "IntSliderModel", "_model_module": "@jupyter-widgets/controls", "_model_module_version": "2.0.0",
      "value": 3,
    ]
    return CommMessage(.open, identifier: identifier, target: target, data: ["state": state, "buffer_paths": []])
  }

  /// The form is that of nbformat's documentation of `application/vnd.jupyter.widget-state+json`.
  @Test func theNewestStateIsStored() {
    let update = CommMessage(.message, identifier: "a", data: ["method": "update", "state": ["value": 7]])
    let content = metadata([open("a"), update])?["application/vnd.jupyter.widget-state+json"]
    #expect(content?["version_major"] == 2 && content?["version_minor"] == 0)
    let entry = content?["state"]?["a"]
    #expect(entry?["model_name"] == "IntSliderModel")
    #expect(entry?["model_module"] == "@jupyter-widgets/controls" && entry?["model_module_version"] == "2.0.0")
    #expect(entry?["state"]?["value"] == 7)
  }

  @Test func otherCommsAndClosedWidgetsAreNotStored() {
    #expect(metadata([open("a", target: "map"), open("b"), CommMessage(.close, identifier: "b")]) == nil)
    #expect(metadata([CommMessage(.message, identifier: "x", data: ["method": "update", "state": ["v": 1]])]) == nil)
  }
}
