/// Why a run could not be kept, found or read.
public struct RunStoreError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The kind of problem, for code that reacts to it.
  public struct Kind: Hashable, Sendable {
    private let name: String
    /// The file cannot be used: it is damaged, of something else, or of a newer version.
    public static let file = Kind(name: "file")
    /// The database refuses, or was busy for too long.
    public static let database = Kind(name: "database")
    /// There is no such run.
    public static let run = Kind(name: "run")
    /// A name or a value that cannot be logged.
    public static let value = Kind(name: "value")
    /// A file cannot be copied, or is not what was logged.
    public static let artifact = Kind(name: "artifact")
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
