import MartletDisplay
import MartletFrames

/// What there is to know of data before anything learns from them.
///
/// A ``Scorer`` judges answers, a ``ComparisonTest`` two models, a measurement the data themselves: ``LabelBalance``,
/// ``DuplicateRows``, ``TextLengths``, ``TermUse``, and ``DataDrift`` between two times. (Hugging Face Evaluate: measurements)
public protocol Measurement: Sendable, RichDisplayable, CustomStringConvertible {
  /// What was measured.
  static var title: String { get }
  /// What it comes to, a line each.
  var facts: [String] { get }
  /// The parts that it was made of, a row each.
  var frame: DataFrame { get }
}

extension Measurement {
  private var table: ModelTable {
    let (names, frame) = (frame.columnNames, frame)
    let columns = names.map { frame[$0].type == .int ? frame[$0].texts().map { $0 ?? "" } : frame[$0].shownTexts }
    return ModelTable(
      title: Self.title, facts: facts, header: names,
      rows: (0..<frame.rowCount).map { row in columns.map { $0[row] } })
  }

  /// The facts and the parts, for a terminal.
  public var description: String { table.text }
  /// The facts and the parts, as text and as a table.
  public func displayBundle() -> DisplayBundle { table.displayBundle() }
}
