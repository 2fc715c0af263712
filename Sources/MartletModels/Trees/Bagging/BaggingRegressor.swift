import MartletFrames
import MartletNumerics

/// Predicts a number as the mean of many regressors of one kind, each fitted to other samples.
///
///     let model = try BaggingRegressor(DecisionTreeRegressor(), count: 50, seed: 0).fit(x, y)
///
/// It lowers the variance of a prediction and leaves its bias: deep trees gain, straight lines hardly.
///
/// Reference: Breiman (1996), Bagging predictors.
public struct BaggingRegressor<Base: SupervisedEstimator>: WeightedEstimator
where Base.Features == Matrix, Base.Target == [Double], Base.Model: Regressor {
  public typealias Features = Matrix
  public typealias Target = [Double]

  /// The regressor.
  public var base: Base
  /// How many, and what each learns from.
  public var draws: BaggingDraws

  /// - Parameters:
  ///   - base: the regressor.
  ///   - count: how many, at least 1.
  ///   - sampleFraction: how many samples each draws, as a fraction of all.
  ///   - featureFraction: how many features each draws, as a fraction of all.
  ///   - bootstraps: whether samples are drawn with replacement.
  ///   - seed: fixes what is drawn.
  public init(
    _ base: Base, count: Int = 10, sampleFraction: Double = 1, featureFraction: Double = 1, bootstraps: Bool = true,
    seed: UInt64? = nil
  ) {
    self.base = base
    draws = BaggingDraws(
      count: count, sampleFraction: sampleFraction, featureFraction: featureFraction, bootstraps: bootstraps, seed: seed
    )
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`.
  ///   - y: `n` targets, every one finite.
  ///   - weights: how likely each sample is drawn, whether the base takes weights or not.
  /// - Throws: ``FitError`` of kind `parameter`, `shape` or `notFinite`, and what the base throws.
  /// - Complexity: that of the base, times `count`.
  public func fit(_ x: Matrix, _ y: [Double], weights: [Double]?) throws(FitError) -> Model {
    try draws.check()
    try SampleChecks.shape(x)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.finite(y, "target", width: 1)
    try SampleChecks.weights(weights, count: y.count)
    let drawn = draws.draws(x, weights: weights)
    let models = try draws.fitted(drawn, x) { draw, features in
      do throws(FitError) {
        return .success(try base.fit(features, draw.rows.map { y[$0] }))
      } catch { return .failure(error) }
    }
    let members = zip(models, drawn).map { Model.Member(model: $0, features: $1.features) }
    return Model(members: members, featureCount: x.shape[1])
  }

  /// What `BaggingRegressor` has learned.
  public struct Model: Regressor {
    /// A regressor and the features that it looks at.
    public struct Member: Sendable {
      /// What it has learned.
      public let model: Base.Model
      /// The columns of the features that it takes.
      public let features: [Int]
    }

    /// The regressors.
    public let members: [Member]
    /// How many features a sample has.
    public let featureCount: Int

    private enum CodingKeys: String, CodingKey { case members, featureCount }

    /// The mean of the regressors' answers.
    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func predict(_ x: Matrix) throws(FitError) -> [Double] {
      try SampleChecks.shape(x, atLeast: 0)
      try SampleChecks.width(x, featureCount)
      var sums = [Double](repeating: 0, count: x.shape[0])
      for member in members {
        for (row, answer) in try member.model.predict(BaggingDraws.features(x, member.features)).enumerated() {
          sums[row] += answer / Double(members.count)
        }
      }
      return sums
    }
  }
}

extension BaggingRegressor.Model.Member: Encodable where Base.Model: Encodable {}
extension BaggingRegressor.Model.Member: Decodable where Base.Model: Decodable {}
extension BaggingRegressor.Model: Encodable where Base.Model: Encodable {}
extension BaggingRegressor.Model: Decodable where Base.Model: Decodable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      members: try container.decode([Member].self, forKey: .members),
      featureCount: try container.decode(Int.self, forKey: .featureCount))
    try BaggingDraws.check(members.map(\.features), featureCount, decoder)
  }
}

extension BaggingRegressor.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    ModelTable(
      title: "Bagging", facts: ["\(target ?? "target") by \(members.count) regressors"],
      header: ["regressor", "features"], rows: members.indices.map { ["\($0 + 1)", "\(members[$0].features.count)"] })
  }
}
