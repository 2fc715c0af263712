import JSON
import JupyterWire
import Session

extension Publisher {
  /// Publishes what a cell shows; waits while there is too much of it.
  func publish(_ event: SessionEvent, number: Int, parent: Message) {
    waitForRoom()
    switch event {
    case .stream(let stream, let text):
      if !text.isEmpty { write(text, on: stream, parent: parent) }
    case .display(let output): publish("display_data", output.content, parent: parent)
    case .updateDisplay(let output): publish("update_display_data", output.content, parent: parent)
    case .result(let output):
      let count: JSONValue = ["execution_count": .integer(number)]
      publish("execute_result", output.content.merging(count), parent: parent)
    case .clearOutput(let wait): publish("clear_output", ["wait": .bool(wait)], parent: parent)
    // After the reply, whose payload it would have been.
    case .page(let output): publish("display_data", output.content, parent: parent)
    case .setNextInput: break
    }
  }
}

extension DisplayOutput {
  /// The value as messages carry it.
  var content: JSONValue {
    let transient: JSONValue = identifier.map { ["display_id": .string($0)] } ?? [:]
    return ["data": .object(data), "metadata": .object(metadata), "transient": transient]
  }
}

extension CellFailure {
  /// The failure as messages carry it.
  var content: JSONValue {
    let lines = traceback.isEmpty ? ["\(name): \(message)"] : traceback
    return ["ename": .string(name), "evalue": .string(message), "traceback": .array(lines.map { .string($0) })]
  }
}

extension JSONValue {
  /// The members of both objects; those of `other` win.
  func merging(_ other: JSONValue) -> JSONValue {
    .object((object ?? [:]).merging(other.object ?? [:]) { _, other in other })
  }
}
