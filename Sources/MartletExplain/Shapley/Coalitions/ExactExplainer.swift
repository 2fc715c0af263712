import MartletFrames
import MartletModels
import MartletNumerics

/// Shapley values of any model by asking about every coalition of features: exact, for few features.
///
///     let explanation = try ExactExplainer(ModelFunction(model), background: x[0..<50, .all]).explain(x[0..<5, .all])
///
/// `φᵢ = ∑_{S∌i} |S|! (d−|S|−1)! / d! · (v(S∪i) − v(S))`, where `v(S)` is the mean answer with the features of `S` from
/// the sample and the others from the background.
///
/// For more features take ``TreeExplainer``, ``LinearExplainer``, ``KernelExplainer`` or ``PermutationExplainer``.
///
/// Reference: Shapley (1953), A value for n-person games.
public struct ExactExplainer: Explainer {
  /// The most features: 2¹⁵ coalitions.
  public static let mostFeatures = 15

  private let game: CoalitionGame
  public var featureNames: [String] { game.featureNames }
  public var outputNames: [String] { game.function.outputNames }

  /// - Parameters:
  ///   - function: the model.
  ///   - background: samples that stand for what is not known, shape `[m, features]`.
  ///   - featureNames: one for each column.
  /// - Throws: ``FitError`` of kind `shape`, or `parameter` for more than ``mostFeatures`` features.
  public init(_ function: ModelFunction<Matrix>, background: Matrix, featureNames: [String]? = nil) throws(FitError) {
    game = try CoalitionGame(function, background, featureNames)
    try SampleChecks.parameter(
      game.featureCount <= Self.mostFeatures, "features", "at most \(Self.mostFeatures)", game.featureCount)
  }

  /// - Parameters:
  ///   - function: the model, as `ModelFunction(columnsOf: model)` where it was fitted to a table.
  ///   - background: rows that stand for what is not known.
  /// - Throws: ``FitError``, of kind `table` when the background lacks columns of the model.
  public init(
    _ function: ModelFunction<Matrix>, background: DataFrame
  ) throws(FitError) {
    let game = try CoalitionGame(function, background)
    try self.init(function, background: game.background, featureNames: game.featureNames)
  }

  /// - Throws: ``FitError`` when samples and model do not fit together.
  /// - Complexity: O(samples · 2ᵈ · m) questions to the model.
  public func explainAll(_ x: Matrix) throws(FitError) -> [Explanation] { try game.explain(x, design) }

  private var design: CoalitionDesign {
    let width = game.featureCount
    // shares[s] = s! (d − s − 1)! / d!
    var shares = [1 / Double(width)]
    for size in 1..<max(width, 1) { shares.append(shares[size - 1] * Double(size) / Double(width - size)) }
    let codes = 0..<1 << width
    var weights = [Double]()
    for feature in 0..<width {
      weights += codes.map { code in
        code >> feature & 1 == 1 ? shares[code.nonzeroBitCount - 1] : -shares[code.nonzeroBitCount]
      }
    }
    return CoalitionDesign(
      coalitions: codes.map { code in (0..<width).map { code >> $0 & 1 == 1 } },
      weights: Matrix(weights, shape: [width, codes.count]))
  }
}
