import MartletNumerics

/// Metrics compare pairs; anything else is a mistake in the caller.
enum MetricChecks {
  static func pairs(_ predicted: Int, _ actual: Int, _ metric: String, _ weights: [Double]? = nil) {
    guard predicted == actual, actual > 0 else {
      fatalError(
        "\(metric) needs as many predictions as actual values, at least one: \(predicted) and \(actual) were given.")
    }
    guard let weights else { return }
    guard weights.count == actual, weights.allSatisfy({ $0.isFinite && $0 >= 0 }), weights.contains(where: { $0 > 0 })
    else {
      fatalError("\(metric) needs a weight of at least 0 for each of the \(actual) values, and one above 0.")
    }
  }

  /// Probabilities have a row for each label and a column for each class, and every label is a class.
  static func columns<Label: Hashable>(
    _ probabilities: Matrix, _ actual: [Label], _ classes: [Label], _ metric: String, _ weights: [Double]?
  ) -> [Int] {
    guard probabilities.shape == [actual.count, classes.count], !actual.isEmpty else {
      fatalError(
        "\(metric) needs shape [\(actual.count), \(classes.count)]; the probabilities are \(probabilities.shape).")
    }
    pairs(actual.count, actual.count, metric, weights)
    let places = Dictionary(classes.enumerated().map { ($1, $0) }) { first, _ in first }
    return actual.map { label in
      guard let place = places[label] else { fatalError("\(metric): \(label) is not among the classes \(classes).") }
      return place
    }
  }
}
