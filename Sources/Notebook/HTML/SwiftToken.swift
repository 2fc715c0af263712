/// A stretch of Swift source of one colour.
package struct SwiftToken: Equatable, Sendable {
  /// What a stretch is.
  package enum Kind: Sendable {
    case plain, keyword, string, comment, number, type, attribute, directive
  }

  package var kind: Kind
  package var text: String
}
