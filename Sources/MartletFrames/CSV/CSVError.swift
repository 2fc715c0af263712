/// Why a text is not the table it should be, and where.
public struct CSVError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The kind of problem, for code that reacts to it.
  public struct Kind: Hashable, Sendable {
    private let name: String
    /// The file cannot be read.
    public static let unreadable = Kind(name: "unreadable")
    /// A quoted field does not end.
    public static let unterminatedQuote = Kind(name: "unterminatedQuote")
    /// Something other than a separator follows a closing quote.
    public static let textAfterQuote = Kind(name: "textAfterQuote")
    /// A row has more or fewer fields than the header.
    public static let fieldCount = Kind(name: "fieldCount")
    /// The bytes are not UTF-8, or hold a NUL.
    public static let encoding = Kind(name: "encoding")
    /// A field is not of the type that was asked for.
    public static let type = Kind(name: "type")
    /// Two columns have one name, or the schema names a column that is not there.
    public static let header = Kind(name: "header")
  }

  /// The kind of problem.
  public let kind: Kind
  /// The line, counted from 1 as in an editor; `nil` where the problem is not at a place.
  public let line: Int?
  /// The field within the row, counted from 1.
  public let column: Int?
  /// What was expected, what was found and what to do.
  public let message: String

  init(_ kind: Kind, line: Int? = nil, column: Int? = nil, _ message: String) {
    self.kind = kind
    self.line = line
    self.column = column
    self.message = message
  }

  /// The message with its place.
  public var description: String {
    guard let line else { return message }
    return "Line \(line)" + (column.map { ", field \($0)" } ?? "") + ": " + message
  }
}
