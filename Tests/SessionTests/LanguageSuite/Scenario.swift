import Testing

/// A notebook as text: cells, and what each must show. `Language/README.md` describes the format.
struct Scenario: Sendable, CustomTestStringConvertible {
  var topic: String
  var title: String
  var steps: [Step]

  var testDescription: String { "\(topic): \(title)" }

  /// One evaluation of a cell.
  struct Step: Sendable {
    var action: Action
    var code: String
    var expectations: [Expectation] = []
  }

  enum Action: Sendable, Equatable {
    case new
    /// The cell at this place among the new ones, from 1, under its own identifier.
    case again(Int)
  }

  enum Expectation: Sendable, Equatable {
    case input([String])
    case output(String)
    case unorderedOutput([String])
    case outputLines(Int)
    case outputContains([String])
    case errorOutput(String)
    case displays([String])
    case displaysMatching(String)
    case result(String)
    case nothing
    case error(kind: String, containing: [String])
    case errorName(String)
    case errorLine(Int)
    case errorPlace(line: Int, column: Int)
    case absent([String])
  }
}
