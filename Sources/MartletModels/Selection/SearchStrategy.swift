/// Where a search that learns from its trials asks next.
///
/// All but the last guess the function by a Gaussian process from the trials so far; larger values are called better here.
public enum SearchStrategy: Sendable, Equatable {
  /// Where the most improvement over the best is expected: how likely times how much.
  ///
  /// Reference: Jones, Schonlau and Welch (1998), Efficient global optimization of expensive black-box functions.
  case expectedImprovement
  /// Where an improvement, however small, is likeliest: stays close to what is known.
  ///
  /// Reference: Kushner (1964), A new method of locating the maximum point of an arbitrary multipeak curve.
  case probabilityOfImprovement
  /// Where the guess plus so many standard deviations is best: larger weights explore more.
  ///
  /// Reference: Srinivas, Krause, Kakade and Seeger (2010), Gaussian process optimization in the bandit setting.
  case upperConfidenceBound(weight: Double = 2)
  /// Where the best tenth of the trials are denser than the others: takes no guess of the function, so hundreds of trials and
  /// many parameters are no burden. (Optuna: `TPESampler`)
  ///
  /// Reference: Bergstra, Bardenet, Bengio and Kégl (2011), Algorithms for hyper-parameter optimization.
  case parzenEstimator

  func check() throws(FitError) {
    guard case .upperConfidenceBound(let weight) = self else { return }
    try SampleChecks.parameter(weight >= 0 && weight.isFinite, "weight", "of at least 0", weight)
  }
}

/// One parameter of a search, seen as a number from 0 to 1.
enum SearchDimension: Sendable, Equatable {
  /// Near numbers are alike.
  case range
  /// So many values that have nothing to do with each other; each has an equal part of the numbers.
  case choice(Int)

  /// The value that a number stands for.
  static func place(_ unit: Double, of count: Int) -> Int { min(Int(unit * Double(count)), count - 1) }

  /// Coordinates in which all values of a choice are equally far from each other.
  func coordinates(_ unit: Double) -> [Double] {
    guard case .choice(let count) = self else { return [unit] }
    let own = Self.place(unit, of: count)
    return (0..<count).map { $0 == own ? 1 : 0 }
  }
}
