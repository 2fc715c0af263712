import MartletFrames
import MartletNumerics

/// Predicts numbers by the weighted mean of what several predictors say. (scikit-learn: `VotingRegressor`)
///
///     let vote = VotingRegressor(["line": AnyRegressor(Ridge()), "trees": AnyRegressor(RandomForestRegressor(seed: 0))])
public struct VotingRegressor<Base: SupervisedEstimator>: SupervisedEstimator
where Base.Model: Regressor, Base.Target == [Double], Base.Features: SampleCollection {
  public typealias Features = Base.Features
  public typealias Target = [Double]

  /// The predictors' names.
  public var names: [String]
  /// The predictors, at least one.
  public var members: [Base]
  /// How much each counts, at least 0; `nil` for all the same. (scikit-learn: `weights`)
  public var memberWeights: [Double]?

  /// - Parameters:
  ///   - members: the predictors by name, at least one.
  ///   - memberWeights: how much each counts.
  public init(_ members: KeyValuePairs<String, Base>, memberWeights: [Double]? = nil) {
    names = members.map(\.key)
    self.members = members.map(\.value)
    self.memberWeights = memberWeights
  }

  /// - Throws: ``FitError`` of kind `parameter`, and what the predictors throw.
  /// - Complexity: one fit of each predictor.
  public func fit(_ x: Base.Features, _ y: [Double]) throws(FitError) -> Model {
    let shares = try EnsembleChecks.shares(memberWeights, count: members.count)
    var models: [Base.Model] = []
    for member in members { models.append(try member.fit(x, y)) }
    return Model(names: names, models: models, shares: shares)
  }

  /// What `VotingRegressor` has learned.
  public struct Model: Regressor {
    /// The predictors' names.
    public let names: [String]
    /// What each has learned.
    public let models: [Base.Model]
    /// How much each counts; the sum is 1.
    public let shares: [Double]

    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func predict(_ x: Base.Features) throws(FitError) -> [Double] {
      var sum = Matrix.zeros(x.sampleCount)
      for (model, share) in zip(models, shares) { sum += Matrix(try model.predict(x)) * share }
      return sum.scalars
    }

    private enum CodingKeys: String, CodingKey { case names, models, shares }
  }
}

extension VotingRegressor: WeightedEstimator where Base: WeightedEstimator {
  /// Each learns from samples of which each counts as much as its weight.
  /// - Throws: ``FitError`` as without weights, and of kind `parameter` for weights that cannot be used.
  public func fit(_ x: Base.Features, _ y: [Double], weights: [Double]?) throws(FitError) -> Model {
    let shares = try EnsembleChecks.shares(memberWeights, count: members.count)
    var models: [Base.Model] = []
    for member in members { models.append(try member.fit(x, y, weights: weights)) }
    return Model(names: names, models: models, shares: shares)
  }
}

extension VotingRegressor.Model: Encodable where Base.Model: Encodable {}
extension VotingRegressor.Model: Decodable where Base.Model: Decodable {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    models = try file.decode([Base.Model].self, forKey: .models)
    names = try file.decode([String].self, forKey: .names)
    shares = try EnsembleChecks.shares(file, .shares, count: models.count)
    try ModelChecks.fits(names.count == models.count, file, .names, "a name for each of \(models.count) predictors")
  }
}

extension VotingRegressor.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let counts = FrameNumberFormat.texts(shares)
    return ModelTable(
      title: "Mean of predictors", facts: [target ?? "target"], header: ["predictor", "share"],
      rows: names.indices.map { [names[$0], counts[$0]] })
  }
}
