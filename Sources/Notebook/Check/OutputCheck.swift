import JSON
import Session

/// Compares what a notebook's cells show now with what was stored.
///
/// Execution counts and metadata are not compared, nor are cells tagged `nbval-ignore-output`, `check-ignore-output` or
/// `skip-execution`; of what says that it varies, such as the times of `%time`, only that it is there. Neighbouring pieces of one stream count as one, however they were stored. Everything else must be
/// equal, but for the last digits of numbers: see ``RoundedText``.
package struct OutputCheck: Sendable {
  /// A cell whose outputs differ.
  package struct Difference: Sendable, Equatable {
    /// Its place among all cells, from 0.
    package var index: Int
    /// What differs, line by line: `-` was stored, `+` is new.
    package var lines: [String]

    package init(index: Int, lines: [String]) {
      self.index = index
      self.lines = lines
    }
  }

  package init() {}

  /// The differences between a notebook's stored outputs and those of a run of it.
  package func differences(stored: NotebookDocument, now: NotebookDocument) -> [Difference] {
    zip(stored.cells, now.cells).enumerated().compactMap { index, cells in
      guard cells.0.kind == .code, cells.0.tags.isDisjoint(with: Self.ignoring) else { return nil }
      let lines = differences(stored: cells.0.outputs, now: cells.1.outputs)
      return lines.isEmpty ? nil : Difference(index: index, lines: lines)
    }
  }

  private static let ignoring: Set<String> = ["nbval-ignore-output", "check-ignore-output", "skip-execution"]

  private func differences(stored: [NotebookOutput], now: [NotebookOutput]) -> [String] {
    let (stored, now) = (merged(stored), merged(now))
    var lines: [String] = []
    for position in 0..<max(stored.count, now.count) {
      let old = position < stored.count ? parts(of: stored[position]) : []
      let new = position < now.count ? parts(of: now[position]) : []
      let names = old.map(\.name) + new.map(\.name).filter { name in !old.contains { $0.name == name } }
      for name in names {
        let was = old.first { $0.name == name }?.text
        let got = new.first { $0.name == name }?.text
        // By bytes: nothing is normalised, not even the spelling of an accented letter.
        if was.map({ Array($0.utf8) }) == got.map({ Array($0.utf8) }) { continue }
        if let was, let got, areRounded(was, got, name) { continue }
        lines += ["output \(position + 1), \(name):"] + LineDifference.lines(from: was, to: got)
      }
    }
    return lines
  }

  /// Whether two texts are the same but for the rounding of their numbers.
  private func areRounded(_ was: String, _ got: String, _ name: String) -> Bool {
    let isDrawing = name.hasSuffix("svg+xml") || name.hasSuffix("html")
    return RoundedText(was, isDrawing: isDrawing).agrees(with: RoundedText(got, isDrawing: isDrawing))
  }

  private func merged(_ outputs: [NotebookOutput]) -> [NotebookOutput] {
    outputs.reduce(into: []) { merged, output in
      if case .stream(let name, let text) = output, case .stream(name, let before)? = merged.last {
        merged[merged.count - 1] = .stream(name: name, text: before + text)
      } else {
        merged.append(output)
      }
    }
  }

  /// What is compared of an output, each part under its name.
  private func parts(of output: NotebookOutput) -> [(name: String, text: String)] {
    switch output {
    case .stream(let name, let text): [(name, text)]
    case .display(let display): parts(of: display, as: "display")
    case .result(let display, _): parts(of: display, as: "result")
    case .error(let name, let message, let traceback):
      [("error", "\(name): \(message)"), ("traceback", traceback.joined(separator: "\n"))]
    }
  }

  private func parts(of display: DisplayOutput, as role: String) -> [(name: String, text: String)] {
    if display.varies { return [(role, "")] }
    return display.data.sorted { $0.key < $1.key }.map { type, content in
      // Each run gives a widget an identifier of its own.
      ("\(role) \(type)", type == WidgetStates.viewFormat ? "" : content.string ?? JupyterJSON.text(of: content))
    }
  }
}
