/// What values must be like for a distribution to be fitted to them.
enum FitCheck {
  /// - Parameters:
  ///   - distribution: the type's name, for the error.
  ///   - kind: what the values are to be, as in "above 0".
  ///   - differ: whether equal values leave a spread of zero, which is none.
  ///   - isAllowed: whether the distribution can have a finite value.
  static func require(
    _ values: [Double], _ distribution: String, _ kind: String = "finite", differ: Bool = false,
    _ isAllowed: (Double) -> Bool = { _ in true }
  ) throws(StatisticsError) {
    try StatisticsError.require(!values.isEmpty, "\(distribution).fit needs values, each \(kind); found none.")
    if let place = values.firstIndex(where: { !$0.isFinite || !isAllowed($0) }) {
      throw StatisticsError(
        "\(distribution).fit needs values that are \(kind); found \(values[place]) at place \(place).")
    }
    try StatisticsError.require(
      !differ || values.contains { $0 != values[0] },
      "\(distribution).fit needs values that differ; found \(values[0]) \(values.count) times.")
  }

  /// The same for counts.
  static func require(
    _ values: [Int], _ distribution: String, _ kind: String, _ isAllowed: (Int) -> Bool
  ) throws(StatisticsError) {
    try StatisticsError.require(!values.isEmpty, "\(distribution).fit needs values, each \(kind); found none.")
    if let place = values.firstIndex(where: { !isAllowed($0) }) {
      throw StatisticsError(
        "\(distribution).fit needs values that are \(kind); found \(values[place]) at place \(place).")
    }
  }
}
