import MartletNumerics

extension SampleChecks {
  /// Turns linear algebra's refusal into a model's.
  package static func algebra<Result>(
    _ what: String, _ work: () throws(LinearAlgebraError) -> Result
  ) throws(FitError) -> Result {
    do {
      return try work()
    } catch {
      throw FitError(
        .notConverged, expected: what, found: error.description,
        advice: "Scale the features, for example with StandardScaler, and drop those that repeat others.")
    }
  }
}
