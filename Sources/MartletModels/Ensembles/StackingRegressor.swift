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
  public func fit(_ x: Matrix, _ y: [Double]) throws(FitError) -> Model { try learn(x, y, nil) }

  private func learn(_ x: Matrix, _ y: [Double], _ weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.parameter(!members.isEmpty, "members", "with at least one", "none")
    try SampleChecks.features(x, allowingMissing: true)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.finite(y, "target", width: 1)
    let cut = GivenFolds(try folds.folds(of: SplitSamples(count: y.count)))
    var (columns, models): ([Matrix], [Base.Model]) = ([], [])
    for member in members {
      let predictions: [Double] = try crossValidatedPredictions(member, x, y, folds: cut, weights: weights)
      columns.append(Matrix(predictions, shape: [y.count, 1]))
      models.append(try member.fit(x, y, countingBy: weights))
    }
    let input = StackParts<Base.Model, Final.Model>.input(columns, x, passesFeatures: passesFeatures)
    return Model(
      parts: StackParts(
        names: names, models: models, final: try final.fit(input, y, countingBy: weights),
        passesFeatures: passesFeatures,
        featureCount: x.shape[1]))
  }

  /// What `StackingRegressor` has learned.
  public struct Model: Regressor {
    let parts: StackParts<Base.Model, Final.Model>
    /// The predictors' names.
    public var names: [String] { parts.names }
    /// What each has learned from all samples.
    public var models: [Base.Model] { parts.models }
    /// What decides.
    public var final: Final.Model { parts.final }
    /// Whether it sees the features, too.
    public var passesFeatures: Bool { parts.passesFeatures }
    /// How many features a sample has.
    public var featureCount: Int { parts.featureCount }

    /// What the last predictor sees: a column for each of the others, and the features where they are passed.
    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func transform(_ x: Matrix) throws(FitError) -> Matrix {
      try parts.input(x) { (model) throws(FitError) in Matrix(try model.predict(x), shape: [x.shape[0], 1]) }
    }

    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func predict(_ x: Matrix) throws(FitError) -> [Double] { try final.predict(try transform(x)) }
  }
}

extension StackingRegressor: WeightedEstimator where Base: WeightedEstimator, Final: WeightedEstimator {
  /// Every predictor, the last one too, learns from samples of which each counts as much as its weight.
  /// - Throws: ``FitError`` as without weights, and of kind `parameter` for weights that cannot be used.
  public func fit(_ x: Matrix, _ y: [Double], weights: [Double]?) throws(FitError) -> Model {
    try learn(x, y, weights)
  }
}

extension StackingRegressor.Model: Encodable where Base.Model: Encodable, Final.Model: Encodable {
  /// Writes the models and what decides.
  public func encode(to encoder: any Encoder) throws { try parts.encode(to: encoder) }
}

extension StackingRegressor.Model: Decodable where Base.Model: Decodable, Final.Model: Decodable {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws { parts = try StackParts(from: decoder) }
}

extension StackingRegressor.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    parts.table(target ?? "target", "predictor")
  }
}
