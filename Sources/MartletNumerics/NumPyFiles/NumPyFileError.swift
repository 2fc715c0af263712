/// Why a file of NumPy's could not be read or written.
public struct NumPyFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was expected, what was found, where, and what to do.
  public let description: String
  package init(_ file: String, _ problem: String) { description = "\(file): \(problem)" }
}
