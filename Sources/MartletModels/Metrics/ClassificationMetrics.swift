import MartletNumerics

/// The fraction of predictions that are right.
///
///     accuracy(predicted: ["a", "b", "b"], actual: ["a", "b", "a"])      // 0.6666666666666666
///
/// Stops the cell when the counts differ or are zero, as every metric does.
public func accuracy<Label: Equatable>(predicted: [Label], actual: [Label], weights: [Double]? = nil) -> Double {
  MetricChecks.pairs(predicted.count, actual.count, "accuracy", weights)
  return WeightedMeans.mean(zip(predicted, actual).map { $0 == $1 ? 1 : 0 }, weights)
}

/// The mean over the actual classes of the fraction of each that is found: a rare class counts like a common one.
///
/// - Parameter isAdjusted: whether guessing gives 0 instead of one over the number of classes.
public func balancedAccuracy<Label: Hashable & Sendable>(
  predicted: [Label], actual: [Label], isAdjusted: Bool = false, weights: [Double]? = nil
) -> Double {
  let counts = ClassCounts(predicted: predicted, actual: actual, weights: weights, "balancedAccuracy")
  let recalls = counts.classes.indices.filter { counts.actual[$0] > 0 }.map { counts.right[$0] / counts.actual[$0] }
  let chance = isAdjusted ? 1 / Double(recalls.count) : 0
  return (mean(recalls) - chance) / (1 - chance)
}

/// The correlation of predicted and actual classes, from −1 to 1; 0 when either is always the same.
///
/// Reference: Gorodkin (2004), Comparing two K-category assignments by a K-category correlation coefficient.
public func matthewsCorrelation<Label: Hashable & Sendable>(
  predicted: [Label], actual: [Label], weights: [Double]? = nil
) -> Double {
  let counts = ClassCounts(predicted: predicted, actual: actual, weights: weights, "matthewsCorrelation")
  let total = counts.total
  let agreement =
    counts.right.reduce(0, +) * total - zip(counts.actual, counts.predicted).reduce(0) { $0 + $1.0 * $1.1 }
  let spread = { (sizes: [Double]) in total * total - sizes.reduce(0) { $0 + $1 * $1 } }
  let product = spread(counts.actual) * spread(counts.predicted)
  return product == 0 ? 0 : agreement / product.squareRoot()
}

/// How the distance between two classes counts in ``cohenKappa(_:_:disagreement:weights:)``.
public enum KappaDisagreement: Sendable {
  /// Every disagreement counts the same.
  case equal
  /// By the number of classes between the two, in the classes' order.
  case linear
  /// By its square.
  case quadratic
}

/// How far two judges agree beyond chance: 1 always, 0 as often as by chance.
///
/// Reference: Cohen (1960), A coefficient of agreement for nominal scales.
public func cohenKappa<Label: Hashable & Sendable>(
  _ first: [Label], _ second: [Label], disagreement: KappaDisagreement = .equal, weights: [Double]? = nil
) -> Double {
  MetricChecks.pairs(first.count, second.count, "cohenKappa", weights)
  let coding = LabelCoding(first + second)
  let size = coding.classes.count
  func cost(_ i: Int, _ j: Int) -> Double {
    switch disagreement {
    case .equal: i == j ? 0 : 1
    case .linear: Double(abs(i - j))
    case .quadratic: Double((i - j) * (i - j))
    }
  }
  var (rows, columns) = ([Double](repeating: 0, count: size), [Double](repeating: 0, count: size))
  var observed = 0.0
  for i in first.indices {
    let (a, b, weight) = (coding.codes[i], coding.codes[first.count + i], weights?[i] ?? 1)
    rows[a] += weight
    columns[b] += weight
    observed += weight * cost(a, b)
  }
  let total = rows.reduce(0, +)
  var expected = 0.0
  for i in 0..<size { for j in 0..<size { expected += rows[i] * columns[j] / total * cost(i, j) } }
  return expected == 0 ? .nan : 1 - observed / expected
}

/// Which classes a metric of one class is taken over.
public enum Average<Label: Hashable & Sendable>: Sendable {
  /// One class against all others. (scikit-learn: `average="binary", pos_label=`)
  case of(Label)
  /// The mean over classes: every class counts the same.
  case macro
  /// The mean over classes, each by its actual samples.
  case weighted
  /// All decisions together; with one class for each sample, precision and recall are the accuracy.
  case micro
}

/// The fraction of what was taken for a class that is of it: 0 where nothing was.
///
///     precision(predicted: [1, 1, 0], actual: [1, 0, 0], average: .of(1))      // 0.5
public func precision<Label: Hashable & Sendable>(
  predicted: [Label], actual: [Label], average: Average<Label> = .macro, weights: [Double]? = nil
) -> Double {
  ClassCounts(predicted: predicted, actual: actual, weights: weights, "precision").average(average) { right, taken, _ in
    (right, taken)
  }
}

/// The fraction of a class that is found: 0 for a class without samples. (Also: sensitivity, true positive rate)
public func recall<Label: Hashable & Sendable>(
  predicted: [Label], actual: [Label], average: Average<Label> = .macro, weights: [Double]? = nil
) -> Double {
  ClassCounts(predicted: predicted, actual: actual, weights: weights, "recall").average(average) { right, _, own in
    (right, own)
  }
}

/// The harmonic mean of precision and recall: `2PR / (P + R)`.
///
///     f1Score(predicted: [1, 1, 0], actual: [1, 0, 0], average: .of(1))      // 0.6666666666666666
public func f1Score<Label: Hashable & Sendable>(
  predicted: [Label], actual: [Label], average: Average<Label> = .macro, weights: [Double]? = nil
) -> Double {
  fScore(predicted: predicted, actual: actual, beta: 1, average: average, weights: weights)
}

/// The mean of precision and recall in which recall counts `beta` times as much: `(1 + β²)PR / (β²P + R)`.
///
/// - Parameter beta: at least 0.
public func fScore<Label: Hashable & Sendable>(
  predicted: [Label], actual: [Label], beta: Double, average: Average<Label> = .macro, weights: [Double]? = nil
) -> Double {
  guard beta >= 0 else { fatalError("fScore needs a beta of at least 0; found \(beta).") }
  let square = beta * beta
  return ClassCounts(predicted: predicted, actual: actual, weights: weights, "fScore").average(average) {
    right, taken, own in ((1 + square) * right, taken + square * own)
  }
}

/// The fraction of what is of a class or was taken for it that is both. (Also: intersection over union)
public func jaccardScore<Label: Hashable & Sendable>(
  predicted: [Label], actual: [Label], average: Average<Label> = .macro, weights: [Double]? = nil
) -> Double {
  ClassCounts(predicted: predicted, actual: actual, weights: weights, "jaccardScore").average(average) {
    right, taken, own in (right, taken + own - right)
  }
}

/// For each class: how much weight it has, how much was taken for it, and how much of that rightly.
struct ClassCounts<Label: Hashable> {
  let classes: [Label]
  private(set) var right: [Double]
  private(set) var predicted: [Double]
  private(set) var actual: [Double]
  var total: Double { actual.reduce(0, +) }

  init(predicted: [Label], actual: [Label], weights: [Double]?, _ metric: String) {
    MetricChecks.pairs(predicted.count, actual.count, metric, weights)
    let coding = LabelCoding(actual + predicted)
    classes = coding.classes
    let none = [Double](repeating: 0, count: classes.count)
    (right, self.predicted, self.actual) = (none, none, none)
    for i in actual.indices {
      let (own, taken, weight) = (coding.codes[i], coding.codes[actual.count + i], weights?[i] ?? 1)
      self.actual[own] += weight
      self.predicted[taken] += weight
      if own == taken { right[own] += weight }
    }
  }

  /// A ratio that is worked out of each class's counts (right, taken for it, actual), averaged; 0 over 0 is 0.
  func average(_ average: Average<Label>, _ ratio: (Double, Double, Double) -> (Double, Double)) -> Double
  where Label: Sendable {
    func value(_ counts: (Double, Double, Double)) -> Double {
      let (part, whole) = ratio(counts.0, counts.1, counts.2)
      return whole == 0 ? 0 : part / whole
    }
    let values = classes.indices.map { value((right[$0], predicted[$0], actual[$0])) }
    switch average {
    case .of(let label): return classes.firstIndex(of: label).map { values[$0] } ?? 0
    case .macro: return MartletNumerics.mean(values)
    case .weighted: return WeightedMeans.mean(values, actual)
    case .micro: return value((right.reduce(0, +), predicted.reduce(0, +), total))
    }
  }
}
