import Foundation
import JSON
import Session

/// Writes notebooks as format 4.5, laid out as Jupyter's own tools do, so that a saved file differs only where it
/// changed.
package struct NotebookWriter: Sendable {
  package init() {}

  /// Writes the notebook to a file, which is replaced only when all of it is written.
  package func write(_ document: NotebookDocument, to file: URL) throws {
    try Data(text(of: document).utf8).write(to: file, options: .atomic)
  }

  /// The notebook as the text of its file.
  package func text(of document: NotebookDocument) -> String {
    var document = document
    CellIdentifiers.complete(&document)
    let value: JSONValue = [
      "nbformat": 4, "nbformat_minor": 5, "metadata": .object(document.metadata),
      "cells": .array(document.cells.map(value(of:))),
    ]
    return JupyterJSON.text(of: value) + "\n"
  }

  private func value(of cell: NotebookCell) -> JSONValue {
    var members: [String: JSONValue] = [
      "cell_type": .string(cell.kind.rawValue), "id": .string(cell.identifier), "source": lines(of: cell.source),
      "metadata": .object(cell.metadata),
    ]
    if cell.kind == .code {
      members["execution_count"] = number(cell.executionCount)
      members["outputs"] = .array(cell.outputs.map(value(of:)))
    } else if !cell.attachments.isEmpty {
      members["attachments"] = .object(cell.attachments.mapValues(bundle))
    }
    return .object(members)
  }

  private func value(of output: NotebookOutput) -> JSONValue {
    switch output {
    case .stream(let name, let text):
      ["output_type": "stream", "name": .string(name), "text": lines(of: text)]
    case .display(let display):
      ["output_type": "display_data", "data": bundle(display.data), "metadata": .object(display.metadata)]
    case .result(let display, let count):
      [
        "output_type": "execute_result", "data": bundle(display.data), "metadata": .object(display.metadata),
        "execution_count": number(count),
      ]
    case .error(let name, let message, let traceback):
      [
        "output_type": "error", "ename": .string(name), "evalue": .string(message),
        "traceback": .array(traceback.map(JSONValue.string)),
      ]
    }
  }

  private func number(_ number: Int?) -> JSONValue { number.map(JSONValue.integer) ?? .null }

  private func bundle(_ data: [String: JSONValue]) -> JSONValue {
    .object(
      Dictionary(
        uniqueKeysWithValues: data.map { type, content in
          guard let text = content.string, !MIMEKind.isJSON(type), !MIMEKind.isBinary(type) else {
            return (type, content)
          }
          return (type, lines(of: text))
        }))
  }

  /// The text as a list of its lines, each with its line break.
  private func lines(of text: String) -> JSONValue {
    var lines: [JSONValue] = []
    var rest = text.utf8[...]
    while let end = rest.firstIndex(of: 0x0A) {
      let next = rest.index(after: end)
      lines.append(.string(String(decoding: rest[..<next], as: UTF8.self)))
      rest = rest[next...]
    }
    if !rest.isEmpty { lines.append(.string(String(decoding: rest, as: UTF8.self))) }
    return .array(lines)
  }
}
