/// Why a text is not the ARFF table it should be, and where.
public struct ARFFError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The line, counted from 1; `nil` where the problem is not at a place.
  public let line: Int?
  /// What was expected, what was found and what to do.
  public let message: String

  /// The message with its place.
  public var description: String { line.map { "Line \($0): \(message)" } ?? message }
}
