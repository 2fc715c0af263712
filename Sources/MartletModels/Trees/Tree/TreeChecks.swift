import MartletNumerics

/// What trees ask of their data: as every estimator, but a value may be missing.
package enum TreeChecks {
  static func features(_ x: Matrix, atLeast rows: Int = 1) throws(FitError) {
    try SampleChecks.shape(x, atLeast: rows)
    let scalars = x.scalars
    guard let place = scalars.firstIndex(where: \.isInfinite) else { return }
    throw FitError(
      .notFinite, expected: "numbers, or nan for a missing value",
      found: "\(scalars[place]) as feature \(place % x.shape[1]) of row \(place / x.shape[1])",
      advice: "Replace what is infinite by nan, or drop the row.")
  }

  package static func features(_ x: Matrix, count: Int) throws(FitError) {
    try features(x, atLeast: 0)
    try SampleChecks.width(x, count)
  }

  /// Categorical features exist, and hold whole numbers from 0, or nothing.
  static func categories(_ x: Matrix, _ features: [Int]) throws(FitError) {
    for feature in features {
      try SampleChecks.parameter(
        0..<x.shape[1] ~= feature, "categoricalFeatures", "from 0 to \(x.shape[1] - 1)", feature)
      for (row, value) in x.column(feature).scalars.enumerated() where !value.isNaN {
        guard value >= 0, value < Double(CategorySet.limit), value == value.rounded() else {
          throw FitError(
            .parameter, expected: "categories as whole numbers from 0 to \(CategorySet.limit - 1)",
            found: "\(value) as feature \(feature) of row \(row)", advice: "Number the categories first.")
        }
      }
    }
  }
}
