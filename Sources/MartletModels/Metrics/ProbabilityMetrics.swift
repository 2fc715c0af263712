import MartletNumerics

/// The mean surprise at the true classes: `−log p(class)`, with natural logarithms.
///
/// - Parameters:
///   - probabilities: shape `[samples, classes]`.
///   - actual: the true labels.
///   - classes: the labels of the columns, each of the true ones among them.
///   - weights: how much each sample counts.
public func logLoss<Label: Hashable>(
  probabilities: Matrix, actual: [Label], classes: [Label], weights: [Double]? = nil
) -> Double {
  let places = MetricChecks.columns(probabilities, actual, classes, "logLoss", weights)
  // A probability of exactly 0 would make everything else invisible.
  return WeightedMeans.mean(
    places.enumerated().map { -log(min(max(probabilities[$0, $1], .ulpOfOne), 1 - .ulpOfOne)) }, weights)
}

/// The mean squared distance of the probabilities from the truth, from 0: for two classes `(p − y)²` of the second, for
/// more the sum over classes, up to 2.
///
/// Reference: Brier (1950), Verification of forecasts expressed in terms of probability.
public func brierScore<Label: Hashable>(
  probabilities: Matrix, actual: [Label], classes: [Label], weights: [Double]? = nil
) -> Double {
  let places = MetricChecks.columns(probabilities, actual, classes, "brierScore", weights)
  let distances = places.enumerated().map { sample, place in
    classes.indices.reduce(0) { sum, column in
      let distance = probabilities[sample, column] - (column == place ? 1 : 0)
      return sum + distance * distance
    }
  }
  return WeightedMeans.mean(distances, weights) / (classes.count == 2 ? 2 : 1)
}

/// The fraction of samples whose true class is among the `k` most probable. Of equal probabilities later columns come
/// first, as in scikit-learn.
public func topKAccuracy<Label: Hashable>(
  probabilities: Matrix, actual: [Label], classes: [Label], k: Int = 2, weights: [Double]? = nil
) -> Double {
  guard k > 0 else { fatalError("topKAccuracy needs a k of at least 1; found \(k).") }
  let places = MetricChecks.columns(probabilities, actual, classes, "topKAccuracy", weights)
  let hits = places.enumerated().map { sample, place in
    let own = probabilities[sample, place]
    let better = classes.indices.count { column in
      let other = probabilities[sample, column]
      return other > own || other == own && column > place
    }
    return better < k ? 1.0 : 0
  }
  return WeightedMeans.mean(hits, weights)
}

/// How classes are compared in ``rocAUC(probabilities:actual:classes:comparing:isWeighted:weights:)``.
public enum ClassComparison: Sendable {
  /// Each class against all others together.
  case oneVersusRest
  /// Each pair of classes, both ways; not changed by how common they are.
  case oneVersusOne
}

/// The area under the ROC curve: how likely a sample of a class gets a higher probability of it than one that is not.
///
/// For two classes that of the second; for more the mean over classes or pairs. Not a number where a class is absent.
/// - Parameters:
///   - probabilities: shape `[samples, classes]`.
///   - classes: the labels of the columns.
///   - comparing: what is averaged over.
///   - isWeighted: whether classes count by their samples in the mean.
///   - weights: how much each sample counts; not for `.oneVersusOne`.
public func rocAUC<Label: Hashable>(
  probabilities: Matrix, actual: [Label], classes: [Label], comparing: ClassComparison = .oneVersusRest,
  isWeighted: Bool = false, weights: [Double]? = nil
) -> Double {
  let places = MetricChecks.columns(probabilities, actual, classes, "rocAUC", weights)
  func area(_ column: Int, _ samples: [Int]) -> Double {
    BinaryRanking(
      samples.map { probabilities[$0, column] }, samples.map { places[$0] == column },
      weights.map { weights in samples.map { weights[$0] } }
    ).rocArea
  }
  if classes.count == 2 { return area(1, Array(places.indices)) }
  switch comparing {
  case .oneVersusRest:
    let sizes = classes.indices.map { column in
      places.indices.reduce(0) { $0 + (places[$1] == column ? weights?[$1] ?? 1 : 0) }
    }
    return WeightedMeans.mean(classes.indices.map { area($0, Array(places.indices)) }, isWeighted ? sizes : nil)
  case .oneVersusOne:
    var (areas, sizes): ([Double], [Double]) = ([], [])
    for a in classes.indices {
      for b in a + 1..<max(classes.count, a + 1) {
        let samples = places.indices.filter { places[$0] == a || places[$0] == b }
        areas.append((area(a, samples) + area(b, samples)) / 2)
        sizes.append(Double(samples.count))
      }
    }
    return WeightedMeans.mean(areas, isWeighted ? sizes : nil)
  }
}

/// The area under the ROC curve of scores: how often a positive sample has a higher score than a negative one.
///
///     rocAUC(scores: [0.1, 0.4, 0.35, 0.8], actual: [false, false, true, true])      // 0.75
///
/// Not a number unless there are samples of both kinds.
public func rocAUC(scores: [Double], actual: [Bool], weights: [Double]? = nil) -> Double {
  BinaryRanking(scores, actual, weights).rocArea
}

/// The area under the curve of precision over recall of scores, which need not be probabilities.
///
///     averagePrecision(scores: [0.1, 0.4, 0.35, 0.8], actual: [false, false, true, true])      // 0.8333333333333333
public func averagePrecision(scores: [Double], actual: [Bool], weights: [Double]? = nil) -> Double {
  BinaryRanking(scores, actual, weights).averagePrecision
}

/// The area under the curve of precision over recall, by steps: for two classes that of the second, for more the mean.
public func averagePrecision<Label: Hashable>(
  probabilities: Matrix, actual: [Label], classes: [Label], weights: [Double]? = nil
) -> Double {
  let places = MetricChecks.columns(probabilities, actual, classes, "averagePrecision", weights)
  func area(_ column: Int) -> Double {
    BinaryRanking(probabilities.column(column).scalars, places.map { $0 == column }, weights).averagePrecision
  }
  return classes.count == 2 ? area(1) : mean(classes.indices.map(area))
}

/// What wrong decisions cost: shape `[classes, classes]`, actual class by predicted one, the diagonal mostly 0.
///
///     // A missed fraud costs 100, a false alarm 1.
///     let costs = CostMatrix(classes: [false, true], costs: Matrix([[0, 1], [100, 0]]))
///     costs.mean(predicted: [true, false], actual: [false, true])      // 50.5
public struct CostMatrix<Label: Hashable & Sendable>: Sendable {
  /// The classes of the rows and columns.
  public let classes: [Label]
  /// The cost of taking a class (row) for another (column).
  public let costs: Matrix

  /// Stops the cell unless the costs are finite and of shape `[classes, classes]`.
  public init(classes: [Label], costs: Matrix) {
    guard costs.shape == [classes.count, classes.count], costs.isFinite.allTrue, !classes.isEmpty else {
      fatalError("CostMatrix needs finite costs of shape [\(classes.count), \(classes.count)]; found \(costs.shape).")
    }
    self.classes = classes
    self.costs = costs
  }

  /// The mean cost of predictions.
  public func mean(predicted: [Label], actual: [Label], weights: [Double]? = nil) -> Double {
    MetricChecks.pairs(predicted.count, actual.count, "CostMatrix.mean", weights)
    let places = Dictionary(classes.enumerated().map { ($1, $0) }) { first, _ in first }
    let paid = zip(predicted, actual).map { predicted, actual in
      guard let column = places[predicted], let row = places[actual] else {
        fatalError("CostMatrix has no cost of taking \(actual) for \(predicted); its classes are \(classes).")
      }
      return costs[row, column]
    }
    return WeightedMeans.mean(paid, weights)
  }

  /// The class whose expected cost is least, for each row of probabilities of shape `[samples, classes]`.
  public func cheapest(_ probabilities: Matrix) -> [Label] {
    guard probabilities.rank == 2, probabilities.shape[1] == classes.count else {
      fatalError("CostMatrix needs a column for each of \(classes.count) classes; found \(probabilities.shape).")
    }
    return (probabilities • costs).argMin(axis: 1).scalars.map { classes[$0] }
  }
}
