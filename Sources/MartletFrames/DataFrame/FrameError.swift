/// Why a table could not answer.
public struct FrameError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The kind of problem, for code that reacts to it.
  public struct Kind: Hashable, Sendable {
    private let name: String
    /// The frame has no column of that name.
    public static let unknownColumn = Kind(name: "unknownColumn")
    /// The column's values are of another type.
    public static let type = Kind(name: "type")
    /// Values are needed where some are missing.
    public static let missingValues = Kind(name: "missingValues")
    /// Two columns have one name.
    public static let duplicateColumn = Kind(name: "duplicateColumn")
    /// Columns differ in their number of rows.
    public static let rowCount = Kind(name: "rowCount")
    /// A whole number does not fit an `Int`, or is divided by zero.
    public static let arithmetic = Kind(name: "arithmetic")
    /// A parameter of a verb makes no sense.
    public static let parameter = Kind(name: "parameter")
  }

  /// The kind of problem.
  public let kind: Kind
  /// What was expected, what was found and what to do.
  public let description: String
}

extension FrameError {
  static func unknownColumn(_ name: String, in columns: [String]) -> FrameError {
    let near = NearNames.nearest(to: name, in: columns).map { " Did you mean '\($0)'?" } ?? ""
    return FrameError(
      kind: .unknownColumn, description: "No column '\(name)'.\(near) The frame has \(NearNames.listed(columns)).")
  }

  static func wrongType(_ name: String, expected: ColumnType, found: ColumnType) -> FrameError {
    FrameError(kind: .type, description: "Column '\(name)' holds \(found), not \(expected).")
  }

  static func notNumbers(_ name: String, _ found: ColumnType, instead: String) -> FrameError {
    FrameError(kind: .type, description: "Column '\(name)' holds \(found), not numbers. Did you mean \(instead)?")
  }

  static func notA(_ wanted: String, _ text: String, _ name: String, row: Int) -> FrameError {
    FrameError(
      kind: .type,
      description:
        "'\(text.prefix(40))' in row \(row) of '\(name)' is no \(wanted). To leave such rows out: orMissing: true.")
  }

  static func notA(_ wanted: ColumnType, _ text: String, _ name: String, row: Int) -> FrameError {
    var example = ""
    switch wanted.reading {
    case .dates(let format): example = " of the format '\(format)'"
    default: if wanted == .date { example = ", such as 2026-03-01" }
    }
    return FrameError(
      kind: .type,
      description: "Column '\(name)' holds String; '\(text.prefix(40))' in row \(row) is no \(wanted)\(example).")
  }

  static func notACategory(_ text: String, _ name: String, row: Int, among categories: [String]) -> FrameError {
    let problem = unknownCategory(text, name, among: categories)
    return FrameError(kind: .type, description: "Row \(row): \(problem.description)")
  }

  static func unknownCategory(_ text: String, _ name: String, among categories: [String]) -> FrameError {
    let near = NearNames.nearest(to: text, in: categories).map { " Did you mean '\($0)'?" } ?? ""
    let shown = categories.prefix(8).joined(separator: ", ") + (categories.count > 8 ? ", …" : "")
    return FrameError(
      kind: .type,
      description: "'\(text.prefix(40))' is none of the \(categories.count) categories of '\(name)': \(shown).\(near)")
  }

  static func categories(_ name: String, _ first: [String], _ second: [String]) -> FrameError {
    func shown(_ names: [String]) -> String {
      names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
    }
    return FrameError(
      kind: .type,
      description: """
        '\(name)' has the categories \(shown(first)) in one frame and \(shown(second)) in another. Give both the same: \
        converting("\(name)", to: .categorical([…])).
        """)
  }

  static func noConversion(_ name: String, from: ColumnType, to: ColumnType) -> FrameError {
    FrameError(kind: .type, description: "Column '\(name)' holds \(from), which does not become \(to).")
  }

  static func doesNotFit(_ value: String, _ name: String, row: Int, _ type: ColumnType) -> FrameError {
    FrameError(
      kind: .arithmetic,
      description:
        "\(value) in row \(row) of '\(name)' is no \(type). Round or bring it into range first, or keep the type.")
  }

  static func overflow(_ what: String) -> FrameError {
    FrameError(
      kind: .arithmetic,
      description:
        "\(what) does not fit an Int, which ends at 9,223,372,036,854,775,807. Multiply a column by 1.0 first to calculate with fractions."
    )
  }

  static func divisionByZero(_ label: String, row: Int) -> FrameError {
    FrameError(kind: .arithmetic, description: "'\(label)' in row \(row) is a division by zero.")
  }

  static func parameter(_ description: String) -> FrameError { FrameError(kind: .parameter, description: description) }

  static func missingValues(_ name: String, count: Int, first: Int) -> FrameError {
    FrameError(
      kind: .missingValues,
      description: """
        Column '\(name)' has \(count) missing value\(count == 1 ? "" : "s"), the first in row \(first). \
        Keep the rows that have one: df.droppingMissing("\(name)").
        """)
  }

  static func duplicateColumn(_ name: String) -> FrameError {
    FrameError(
      kind: .duplicateColumn, description: "Two columns are named '\(name)'; a frame's names are all different.")
  }

  static func rowCount(_ name: String, found: Int, expected: Int) -> FrameError {
    FrameError(
      kind: .rowCount, description: "Column '\(name)' has \(found) rows where the frame has \(expected).")
  }
}

/// Finds the name that was probably meant.
package enum NearNames {
  /// The name fewest edits away, if that is at most a third of the letters; upper and lower case are alike.
  package static func nearest(to name: String, in names: [String]) -> String? {
    let limit = max(name.count, 3) / 3
    let scored = names.map { (name: $0, edits: edits(Array(name.lowercased()), Array($0.lowercased()))) }
    return scored.filter { $0.edits <= limit }.min { $0.edits < $1.edits }?.name
  }

  /// The first few names and how many there are.
  package static func listed(_ names: [String]) -> String {
    let shown = names.prefix(5).joined(separator: ", ") + (names.count > 5 ? ", …" : "")
    return names.isEmpty ? "no columns" : "\(shown) (\(names.count) column\(names.count == 1 ? "" : "s"))"
  }

  /// The least number of letters to insert, remove or replace.
  private static func edits(_ a: [Character], _ b: [Character]) -> Int {
    var row = Array(0...b.count)
    for (i, first) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, second) in b.enumerated() {
        let replaced = diagonal + (first == second ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[b.count]
  }
}
