/// Why a JSON text is not the table it should be, and where.
public struct JSONTableError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The kind of problem, for code that reacts to it.
  public struct Kind: Hashable, Sendable {
    private let name: String
    /// The file cannot be read or written.
    public static let unreadable = Kind(name: "unreadable")
    /// The text is not JSON.
    public static let syntax = Kind(name: "syntax")
    /// The text is JSON, but no table.
    public static let shape = Kind(name: "shape")
    /// A column's values are of several types, or not of the one that was asked for.
    public static let type = Kind(name: "type")
  }

  /// The kind of problem.
  public let kind: Kind
  /// The line, counted from 1; `nil` where the problem is not at a place.
  public let line: Int?
  /// The byte within the line, counted from 1.
  public let column: Int?
  /// What was expected, what was found and what to do.
  public let message: String

  init(_ kind: Kind, _ message: String, line: Int? = nil, column: Int? = nil) {
    self.kind = kind
    self.line = line
    self.column = column
    self.message = message
  }

  /// The message with its place.
  public var description: String {
    guard let line, let column else { return message }
    return "Line \(line), byte \(column): \(message)"
  }
}
