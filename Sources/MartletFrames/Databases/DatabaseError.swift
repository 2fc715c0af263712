/// Why a database could not be opened, asked or written to.
public struct DatabaseError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The kind of problem, for code that reacts to it.
  public struct Kind: Hashable, Sendable {
    private let name: String
    /// The database, or the library that speaks to it, is not there or does not answer.
    public static let connection = Kind(name: "connection")
    /// The database refuses a statement.
    public static let statement = Kind(name: "statement")
    /// A column's values are of several types, or of one that a frame does not hold.
    public static let type = Kind(name: "type")
    /// A table is there already.
    public static let tableExists = Kind(name: "tableExists")
    /// The user interrupted.
    public static let interrupted = Kind(name: "interrupted")
  }

  /// The kind of problem.
  public let kind: Kind
  /// What was expected, what was found and what to do.
  public let description: String

  init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}
