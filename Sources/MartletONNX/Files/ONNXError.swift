/// Why an ONNX file could not be read, written or run.
public struct ONNXError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was expected, what was found, where, and what to do.
  public let description: String
  init(_ description: String) { self.description = description }

  /// The same problem, with where it was met in front.
  func at(_ place: String) -> ONNXError { ONNXError("\(place): \(description)") }
}

/// Runs what may fail anywhere in a model; whatever it throws leaves as an ``ONNXError``.
func withONNXErrors<Result>(_ body: () throws -> Result) throws(ONNXError) -> Result {
  do { return try body() } catch let error as ONNXError { throw error } catch { throw ONNXError("\(error)") }
}
