import MartletDisplay

/// Bars as a page and a terminal show them, the outermost loop first.
package struct ProgressPicture: RichDisplayable {
  private let states: [ProgressState]

  package init(states: [ProgressState]) { self.states = states }

  var text: String { states.map(\.text).joined(separator: "\n") }

  package func displayBundle() -> DisplayBundle {
    [.html: .text("<div>\(states.map(Self.row).joined())</div>"), .plainText: .text(text)]
  }

  private static func row(_ state: ProgressState) -> String {
    let amount = state.total.map { "\(state.done)/\($0)" } ?? "\(state.done)"
    let length =
      state.fraction.map { "value=\"\($0)\" max=\"1\"" } ?? (state.status == .running ? "" : "value=\"1\" max=\"1\"")
    let colour = state.status == .stopped ? "#d62728" : state.status == .finished ? "#2ca02c" : "#1f77b4"
    let label = state.label.isEmpty ? "" : "<span>\(state.label.htmlEscaped)</span> "
    return """
      <div style="font-family: monospace; white-space: nowrap">\(label)<progress \(length) \
      style="width: 200px; accent-color: \(colour); vertical-align: middle"></progress> \
      \(amount) [\(state.facts.htmlEscaped)]</div>
      """
  }
}
