import MartletNumerics

/// The fraction of predictions that are right.
///
///     accuracy(predicted: ["a", "b", "b"], actual: ["a", "b", "a"])      // 0.6666666666666666
///
/// Stops the cell when the counts differ or are zero, as every metric does.
public func accuracy<Label: Equatable>(predicted: [Label], actual: [Label]) -> Double {
  MetricChecks.pairs(predicted.count, actual.count, "accuracy")
  return Double(zip(predicted, actual).count { $0 == $1 }) / Double(actual.count)
}

/// The mean of the squared misses, in squared units of the target.
///
///     meanSquaredError(predicted: [2, 4], actual: [1, 6])      // 2.5
public func meanSquaredError(predicted: [Double], actual: [Double]) -> Double {
  MetricChecks.pairs(predicted.count, actual.count, "meanSquaredError")
  return mean(zip(predicted, actual).map { ($0 - $1) * ($0 - $1) })
}

/// The mean of the misses without their signs, in units of the target.
///
///     meanAbsoluteError(predicted: [2, 4], actual: [1, 6])      // 1.5
public func meanAbsoluteError(predicted: [Double], actual: [Double]) -> Double {
  MetricChecks.pairs(predicted.count, actual.count, "meanAbsoluteError")
  return mean(zip(predicted, actual).map { Swift.abs($0 - $1) })
}

/// How much of the targets' variance is explained: `1 − ∑(y − ŷ)² / ∑(y − ȳ)²`.
///
/// 1 is perfect, 0 as good as always predicting the mean, negative is worse than that. Where the targets do not vary:
/// 1 when every prediction is right, else 0.
///
///     r2Score(predicted: [2.5, 0, 2, 8], actual: [3, -0.5, 2, 7])      // 0.9486081370449679
public func r2Score(predicted: [Double], actual: [Double], weights: [Double]? = nil) -> Double {
  MetricChecks.pairs(predicted.count, actual.count, "r2Score", weights)
  let level = WeightedMeans.mean(actual, weights)
  let missed = WeightedMeans.mean(zip(predicted, actual).map { ($1 - $0) * ($1 - $0) }, weights)
  let total = WeightedMeans.mean(actual.map { ($0 - level) * ($0 - level) }, weights)
  if total == 0 { return missed == 0 ? 1 : 0 }
  return 1 - missed / total
}

/// The mean surprise at the true classes: `−log p(class)`, with natural logarithms.
///
/// - Parameters:
///   - probabilities: shape `[samples, classes]`.
///   - actual: the true labels.
///   - classes: the labels of the columns, each of the true ones among them.
public func logLoss<Label: Hashable>(probabilities: Matrix, actual: [Label], classes: [Label]) -> Double {
  guard probabilities.shape == [actual.count, classes.count], !actual.isEmpty else {
    fatalError("logLoss needs shape [\(actual.count), \(classes.count)]; the probabilities are \(probabilities.shape).")
  }
  let places = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0) })
  return mean(
    actual.enumerated().map { sample, label in
      guard let place = places[label] else { fatalError("logLoss: \(label) is not among the classes \(classes).") }
      // A probability of exactly 0 would make everything else invisible.
      return -log(max(probabilities[sample, place], .ulpOfOne))
    })
}

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
}
