/// Why a language model did not answer. The key is never part of it.
public struct ChatError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The kind of problem, for code that reacts to it.
  public struct Kind: Hashable, Sendable, CustomStringConvertible {
    /// The kind's name.
    public let description: String
    /// The server could not be reached, or the connection broke.
    public static let connection = Kind(description: "connection")
    /// The server refused; ``ChatError/status`` says how.
    public static let refused = Kind(description: "refused")
    /// The answer is not what was asked for.
    public static let answer = Kind(description: "answer")
    /// What was asked cannot be sent.
    public static let request = Kind(description: "request")
    /// A recording does not hold this request.
    public static let recording = Kind(description: "recording")
  }

  /// The kind of problem.
  public let kind: Kind
  /// The server's HTTP status, where it gave one.
  public let status: Int?
  /// What was expected, what was found, and what to do.
  public let description: String

  init(_ kind: Kind, _ description: String, status: Int? = nil) {
    self.kind = kind
    self.status = status
    self.description = description
  }
}
