/// Why a server could not start, or could not be asked.
public struct ServerError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The kind of problem, for code that reacts to it.
  public struct Kind: Hashable, Sendable {
    private let name: String
    /// The address is no address, or is taken.
    public static let address = Kind(name: "address")
    /// The features do not suit the model, or cannot be served.
    public static let features = Kind(name: "features")
    /// The server did not answer.
    public static let connection = Kind(name: "connection")
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
