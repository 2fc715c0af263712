import MartletFrames
import MartletModels
import MartletNumerics

/// Shapley values of any model by telling features in random orders, forwards and back.
///
///     let explainer = try PermutationExplainer(ModelFunction(model), background: x[0..<50, .all], seed: 0)
///
/// Exact in one order and back where no more than two features act together; contributions always add up to the
/// prediction.
///
/// Reference: Castro, Gómez and Tejada (2009), Polynomial calculation of the Shapley value based on sampling.
public struct PermutationExplainer: Explainer {
  /// How many orders, each taken forwards and back.
  public let permutations: Int
  private let seed: UInt64
  private let game: CoalitionGame
  public var featureNames: [String] { game.featureNames }
  public var outputNames: [String] { game.function.outputNames }

  /// - Parameters:
  ///   - function: the model.
  ///   - background: samples that stand for what is not known, shape `[m, features]`.
  ///   - permutations: how many orders, each taken forwards and back; at least 1.
  ///   - seed: for the same orders every time; `nil` for others in each explainer.
  ///   - featureNames: one for each column.
  /// - Throws: ``FitError`` of kind `shape` or `parameter`.
  public init(
    _ function: ModelFunction<Matrix>, background: Matrix, permutations: Int = 10, seed: UInt64? = nil,
    featureNames: [String]? = nil
  ) throws(FitError) {
    game = try CoalitionGame(function, background, featureNames)
    try SampleChecks.parameter((1...100_000).contains(permutations), "permutations", "from 1 to 100000", permutations)
    self.permutations = permutations
    self.seed = seed ?? Random.nextSeed()
  }

  /// - Parameters:
  ///   - function: the model, as `ModelFunction(columnsOf: model)` where it was fitted to a table.
  ///   - background: rows that stand for what is not known.
  ///   - permutations: how many orders, each taken forwards and back.
  ///   - seed: for the same orders every time.
  /// - Throws: ``FitError``, of kind `table` when the background lacks columns of the model.
  public init(
    _ function: ModelFunction<Matrix>, background: DataFrame, permutations: Int = 10, seed: UInt64? = nil
  ) throws(FitError) {
    let game = try CoalitionGame(function, background)
    try self.init(
      function, background: game.background, permutations: permutations, seed: seed, featureNames: game.featureNames)
  }

  /// - Throws: ``FitError`` when samples and model do not fit together.
  /// - Complexity: O(samples · permutations · 2 · features · m) questions to the model.
  public func explainAll(_ x: Matrix) throws(FitError) -> [Explanation] { try game.explain(x, design) }

  private var design: CoalitionDesign {
    let width = game.featureCount
    var random = PCG64(seed: seed)
    var coalitions: [[Bool]] = []
    var columns: [[Double]] = []
    for _ in 0..<permutations {
      let forwards = random.permutation(width)
      for order in [forwards, forwards.reversed()] {
        for place in 0...width {
          var (known, column) = ([Bool](repeating: false, count: width), [Double](repeating: 0, count: width))
          for feature in order.prefix(place) { known[feature] = true }
          if place > 0 { column[order[place - 1]] += 0.5 / Double(permutations) }
          if place < width { column[order[place]] -= 0.5 / Double(permutations) }
          coalitions.append(known)
          columns.append(column)
        }
      }
    }
    return CoalitionDesign(coalitions: coalitions, weights: Matrix(columns).transposed())
  }
}
