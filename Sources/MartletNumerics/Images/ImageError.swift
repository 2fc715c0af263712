/// Why an image could not be read or written.
public struct ImageError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was expected, what was found, where, and what to do.
  public let description: String
  init(_ place: String, _ problem: String) { description = "\(place): \(problem)" }
}
