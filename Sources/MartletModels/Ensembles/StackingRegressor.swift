import MartletFrames
import MartletNumerics

/// Predicts numbers by a predictor that learns from what others say.
///
/// What the last one learns from are the others' predictions for samples they have not learned from; see
/// ``StackingClassifier``. (scikit-learn: `StackingRegressor`)
///
///     let stack = StackingRegressor(
///       ["line": AnyRegressor(Ridge()), "trees": AnyRegressor(RandomForestRegressor(seed: 0))], final: RidgeCV())
public struct StackingRegressor<Base: SupervisedEstimator, Final: SupervisedEstimator>: SupervisedEstimator
where
  Base.Features == Matrix, Final.Features == Matrix, Base.Model: Regressor, Final.Model: Regressor,
  Base.Target == [Double], Final.Target == [Double]
{
  public typealias Features = Matrix
  public typealias Target = [Double]

  /// The predictors' names.
  public var names: [String]
  /// The predictors that are listened to, at least one.
  public var members: [Base]
  /// The predictor that decides.
  public var final: Final
  /// Whether it sees the features, too. (scikit-learn: `passthrough`)
  public var passesFeatures: Bool
  /// How the samples are cut; each is tested on once. (scikit-learn: `cv`)
  public var folds: any Splitter

  /// - Parameters:
  ///   - members: the predictors by name, at least one.
  ///   - final: the predictor that decides.
  ///   - passesFeatures: whether it sees the features, too.
  ///   - folds: how the samples are cut.
  public init(
    _ members: KeyValuePairs<String, Base>, final: Final, passesFeatures: Bool = false, folds: any Splitter = KFold(5)
  ) {
    names = members.map(\.key)
    self.members = members.map(\.value)
    self.final = final
    self.passesFeatures = passesFeatures
    self.folds = folds
  }

  /// - Throws: ``FitError`` of kind `parameter`, and what the predictors throw.
  /// - Complexity: a fit of each predictor for each fold, and one more.
  public func fit(_ x: Matrix, _ y: [Double]) throws(FitError) -> Model {
    try SampleChecks.parameter(!members.isEmpty, "members", "with at least one", "none")
    try SampleChecks.features(x, allowingMissing: true)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.finite(y, "target", width: 1)
    let cut = GivenFolds(try folds.folds(of: SplitSamples(count: y.count)))
    var (columns, models): ([Matrix], [Base.Model]) = ([], [])
    for member in members {
      let predictions: [Double] = try crossValidatedPredictions(member, x, y, folds: cut)
      columns.append(Matrix(predictions, shape: [y.count, 1]))
      models.append(try member.fit(x, y))
    }
    let input = Matrix.concatenated(columns + (passesFeatures ? [x] : []), axis: 1)
    return Model(
      names: names, models: models, final: try final.fit(input, y), passesFeatures: passesFeatures,
      featureCount: x.shape[1])
  }

  /// What `StackingRegressor` has learned.
  public struct Model: Regressor {
    /// The predictors' names.
    public let names: [String]
    /// What each has learned from all samples.
    public let models: [Base.Model]
    /// What decides.
    public let final: Final.Model
    /// Whether it sees the features, too.
    public let passesFeatures: Bool
    /// How many features a sample has.
    public let featureCount: Int

    /// What the last predictor sees: a column for each of the others, and the features where they are passed.
    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func transform(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: featureCount, allowingMissing: true)
      var parts: [Matrix] = []
      for model in models { parts.append(Matrix(try model.predict(x), shape: [x.shape[0], 1])) }
      return Matrix.concatenated(parts + (passesFeatures ? [x] : []), axis: 1)
    }

    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func predict(_ x: Matrix) throws(FitError) -> [Double] { try final.predict(try transform(x)) }

    private enum CodingKeys: String, CodingKey { case names, models, final, passesFeatures, featureCount }
  }
}

extension StackingRegressor.Model: Encodable where Base.Model: Encodable, Final.Model: Encodable {}
extension StackingRegressor.Model: Decodable where Base.Model: Decodable, Final.Model: Decodable {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    names = try file.decode([String].self, forKey: .names)
    models = try file.decode([Base.Model].self, forKey: .models)
    final = try file.decode(Final.Model.self, forKey: .final)
    passesFeatures = try file.decode(Bool.self, forKey: .passesFeatures)
    featureCount = try file.decode(Int.self, forKey: .featureCount)
    try ModelChecks.fits(
      !models.isEmpty && names.count == models.count, file, .names, "a name for each of at least one predictor")
    try ModelChecks.fits(featureCount > 0, file, .featureCount, "at least one feature")
  }
}

extension StackingRegressor.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    ModelTable(
      title: "Stack", facts: [target ?? "target"], header: ["predictor", "role"],
      rows: names.map { [$0, "listened to"] } + [["\(Final.self)", "decides"]])
  }
}
