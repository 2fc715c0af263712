/// What stands before the lines of a cell that is being typed.
package struct Prompt: Equatable, Sendable {
  /// Before the first line.
  package var first: String
  /// Before every other line, as wide as the first.
  package var further: String
  /// The colour of both: the parameters of `ESC [ … m`; empty for none.
  package var colour: String

  package init(first: String, further: String, colour: String = "") {
    self.first = first
    self.further = further
    self.colour = colour
  }

  /// The prompt of the cell with the given number.
  package static func cell(_ number: Int, colour: String) -> Prompt {
    let first = "In [\(number)]: "
    let further = String(repeating: " ", count: max(0, first.count - 5)) + "...: "
    return Prompt(first: first, further: further, colour: colour)
  }

  func shown(line: Int) -> String {
    let text = line == 0 ? first : further
    return colour.isEmpty ? text : "\u{1B}[\(colour)m\(text)\u{1B}[0m"
  }
}
