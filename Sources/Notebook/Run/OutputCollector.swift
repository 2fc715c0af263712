import JSON
import Session
import Synchronization

/// Gathers what the cells of a notebook show into the outputs that the notebook stores.
///
/// The rules are those of Jupyter's own clients: neighbouring pieces of one stream become one output, an update
/// changes every output shown under its identifier in whichever cell, and a patient clear waits for the next output.
/// Events may come from any thread and, from work left in the background, after their cell has ended.
package final class OutputCollector: Sendable {
  fileprivate struct Item {
    var output: NotebookOutput
    var identifier: String?
  }

  fileprivate struct Cell {
    var items: [Item] = []
    var clearsBeforeNext = false
  }

  private struct State {
    var cells: [Int: Cell] = [:]
    /// The cells that have shown something under an identifier.
    var holders: [String: Set<Int>] = [:]
    var widgets = WidgetStates()
  }

  private let state = Mutex(State())

  package init() {}

  /// Takes in what cell `index` shows; `executionCount` is the number its result carries.
  package func receive(_ event: SessionEvent, cell index: Int, executionCount: Int) {
    switch event {
    case .stream(let stream, let text): append(text, to: stream, cell: index)
    case .display(let display): append(.display(stored(display)), identifier: display.identifier, cell: index)
    case .result(let value):
      append(.result(stored(value), executionCount: executionCount), identifier: value.identifier, cell: index)
    case .updateDisplay(let display): update(display)
    case .clearOutput(let wait): clear(cell: index, wait: wait)
    case .comm(let message): state.withLock { $0.widgets.receive(message) }
    // Where Jupyter's notebooks keep it as well.
    case .page(let page): append(.display(stored(page)), identifier: nil, cell: index)
    // The cells are all there already.
    case .setNextInput: break
    }
  }

  /// Adds the error with which cell `index` ended.
  package func receive(_ failure: CellFailure, cell index: Int) {
    append(
      .error(name: failure.name, message: failure.message, traceback: failure.traceback), identifier: nil, cell: index)
  }

  /// What cell `index` shows now. What was updated to nothing, such as the bar of a fit that has ended, is gone.
  package func outputs(of index: Int) -> [NotebookOutput] {
    state.withLock { state in
      (state.cells[index]?.items ?? []).map(\.output).filter { output in
        if case .display(let display) = output { !display.data.values.allSatisfy { $0.string == "" } } else { true }
      }
    }
  }

  /// The state of the widgets that the cells have made, for the notebook's metadata; `nil` when there are none.
  package var widgetMetadata: JSONValue? { state.withLock { $0.widgets.metadata } }

  private func append(_ output: NotebookOutput, identifier: String?, cell index: Int) {
    state.withLock { state in
      if let identifier {
        Self.replace(identifier, by: output, in: &state)
        state.holders[identifier, default: []].insert(index)
      }
      Self.clearIfPending(&state.cells[index, default: Cell()])
      state.cells[index, default: Cell()].items.append(Item(output: output, identifier: identifier))
    }
  }

  private func append(_ text: String, to stream: OutputStream, cell index: Int) {
    if text.isEmpty { return }
    state.withLock { state in
      Self.clearIfPending(&state.cells[index, default: Cell()])
      state.cells[index, default: Cell()].append(text, to: stream.rawValue)
    }
  }

  private func update(_ display: DisplayOutput) {
    guard let identifier = display.identifier else { return }
    state.withLock { Self.replace(identifier, by: .display(stored(display)), in: &$0) }
  }

  private func clear(cell index: Int, wait: Bool) {
    state.withLock { state in
      if wait {
        state.cells[index, default: Cell()].clearsBeforeNext = true
      } else {
        state.cells[index] = Cell()
      }
    }
  }

  /// The display without its identifier, which means nothing once the notebook has run.
  private func stored(_ display: DisplayOutput) -> DisplayOutput {
    DisplayOutput(data: display.data, metadata: display.metadata)
  }

  private static func clearIfPending(_ cell: inout Cell) {
    if cell.clearsBeforeNext { cell = Cell() }
  }

  /// Gives everything shown under the identifier new content; a result stays a result.
  private static func replace(_ identifier: String, by output: NotebookOutput, in state: inout State) {
    for index in state.holders[identifier] ?? [] {
      for position in state.cells[index]?.items.indices ?? 0..<0
      where state.cells[index]?.items[position].identifier == identifier {
        state.cells[index]?.items[position].replaceContent(by: output)
      }
    }
  }
}

extension OutputCollector.Cell {
  fileprivate mutating func append(_ text: String, to name: String) {
    guard let last = items.indices.last, case .stream(name, var written) = items[last].output else {
      return items.append(.init(output: .stream(name: name, text: text), identifier: nil))
    }
    // The stored copy is given up first, so that a long stream grows in place.
    items[last].output = .stream(name: name, text: "")
    written += text
    items[last].output = .stream(name: name, text: written)
  }
}

extension OutputCollector.Item {
  fileprivate mutating func replaceContent(by replacement: NotebookOutput) {
    let content: DisplayOutput
    switch replacement {
    case .display(let display), .result(let display, _): content = display
    case .stream, .error: return
    }
    if case .result(_, let count) = output {
      output = .result(content, executionCount: count)
    } else {
      output = .display(content)
    }
  }
}
