/// Why a transformer's folder could not be read, or a text not be encoded.
public struct TransformerError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was expected, what was found, where, and what to do.
  public let description: String
  init(_ description: String) { self.description = description }
}
