/// Where a weighted sum that learns sample by sample has come to.
struct StochasticState: Sendable, Codable, Equatable {
  var weights: [Double]
  var intercept = 0.0
  var averageWeights: [Double]
  var averageIntercept = 0.0
  /// How many samples it has seen, from 1.
  var step = 1

  init(width: Int) {
    weights = [Double](repeating: 0, count: width)
    averageWeights = weights
  }

  /// What it answers with: the last weights, or their mean where that was asked for and has begun.
  func answer(averagesFrom: Int) -> LinearWeights {
    averagesFrom > 0 && averagesFrom < step
      ? LinearWeights(coefficients: averageWeights, intercept: averageIntercept)
      : LinearWeights(coefficients: weights, intercept: intercept)
  }

  /// Weighted sums of a file: of the same number of features, at least one, all finite.
  static func read<Key>(_ file: KeyedDecodingContainer<Key>, _ key: Key, count: Int) throws -> [Self] {
    let states = try file.decode([Self].self, forKey: key)
    let width = states.first?.weights.count ?? 0
    try ModelChecks.fits(
      states.count == count && width > 0
        && states.allSatisfy { state in
          state.weights.count == width && state.averageWeights.count == width && (1...(1 << 52)).contains(state.step)
            && (state.weights + state.averageWeights + [state.intercept, state.averageIntercept])
              .allSatisfy(\.isFinite)
        }, file, key, "\(count) rows of finite weights")
    return states
  }
}
