/// Why a tokeniser could not be read, written or trained.
public struct TokenizerError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was expected, what was found, where, and what to do.
  public let description: String
  init(_ description: String) { self.description = description }

  static func missing(_ name: String, _ kind: String, in place: String, found: JSONFinding) -> TokenizerError {
    TokenizerError("\(place): expected \(kind) as '\(name)', found \(found.kind).")
  }
}

/// What stood where something else was expected.
struct JSONFinding { let kind: String }
