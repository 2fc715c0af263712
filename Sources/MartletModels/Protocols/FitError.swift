/// Why a model could not learn from, or answer for, the data it was given.
///
///     The target has 149 values, the features have 150 rows. Give one target for each row.
public struct FitError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The kind of problem, for code that reacts to it.
  public struct Kind: Hashable, Sendable, CustomStringConvertible {
    /// The kind's name.
    public let description: String
    /// Features or targets have the wrong shape.
    public static let shape = Kind(description: "shape")
    /// There are fewer samples than the method needs.
    public static let tooFewSamples = Kind(description: "tooFewSamples")
    /// There are fewer than two classes.
    public static let tooFewClasses = Kind(description: "tooFewClasses")
    /// A value is infinite or not a number.
    public static let notFinite = Kind(description: "notFinite")
    /// A parameter of the method is out of its range.
    public static let parameter = Kind(description: "parameter")
    /// A table does not have what the model needs.
    public static let table = Kind(description: "table")
    /// The method did not settle.
    public static let notConverged = Kind(description: "notConverged")
  }

  /// The kind of problem.
  public let kind: Kind
  /// What was needed.
  public let expected: String
  /// What was there.
  public let found: String
  /// What to do about it.
  public let advice: String

  /// An error of a method of your own.
  public init(_ kind: Kind, expected: String, found: String, advice: String) {
    self.kind = kind
    self.expected = expected
    self.found = found
    self.advice = advice
  }

  /// Expected, found, and what to do.
  public var description: String { "Expected \(expected); found \(found). \(advice)" }
}
