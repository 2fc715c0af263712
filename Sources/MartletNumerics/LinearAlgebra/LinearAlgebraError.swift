/// Why a matrix could not be factored or an equation not be solved.
public struct LinearAlgebraError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The kind of problem, for code that reacts to it.
  public struct Kind: Hashable, Sendable {
    private let name: String
    /// The shapes do not fit the operation.
    public static let shape = Kind(name: "shape")
    /// The matrix has no inverse.
    public static let singular = Kind(name: "singular")
    /// The matrix is not symmetric with only positive eigenvalues.
    public static let notPositiveDefinite = Kind(name: "notPositiveDefinite")
    /// An element is infinite or not a number.
    public static let notFinite = Kind(name: "notFinite")
    /// The iteration did not settle.
    public static let notConverged = Kind(name: "notConverged")
  }

  /// The kind of problem.
  public let kind: Kind
  /// What was expected, what was found and what to do.
  public let description: String
}

extension LinearAlgebraError {
  static func shape(_ operation: String, needs: String, found: [[Int]]) -> LinearAlgebraError {
    let shapes = found.map { "\($0)" }.joined(separator: " and ")
    return LinearAlgebraError(kind: .shape, description: "\(operation) needs \(needs); found \(shapes).")
  }

  static func notConverged(_ operation: String, _ shape: [Int]) -> LinearAlgebraError {
    LinearAlgebraError(
      kind: .notConverged, description: "\(operation): the iteration for a matrix of shape \(shape) did not settle.")
  }

  static func notFinite(_ operation: String) -> LinearAlgebraError {
    LinearAlgebraError(
      kind: .notFinite, description: "\(operation) needs finite numbers; the matrix holds an infinity or a NaN.")
  }
}
