/// Why a safetensors file could not be read or written.
public struct SafeTensorsError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was expected, what was found, where, and what to do.
  public let description: String
  init(_ file: String, _ problem: String) { description = "\(file): \(problem)" }
}
