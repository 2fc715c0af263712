import MartletFrames
import MartletNumerics

/// Tells classes apart by a classifier that learns from what others say.
///
/// What the last classifier learns from are the probabilities that the others give to samples they have not learned from:
/// each fold's by models of the other folds. Asked later, the others are models of all samples. Of two classes the second's
/// probability says all.
///
///     let stack = StackingClassifier(
///       ["trees": AnyClassifier(RandomForestClassifier<Int>(seed: 0)), "neighbours": AnyClassifier(KNeighborsClassifier())],
///       final: LogisticRegression<Int>())
///
/// Reference: Wolpert (1992), Stacked generalization. (scikit-learn: `StackingClassifier`)
public struct StackingClassifier<Base: SupervisedEstimator, Final: SupervisedEstimator>: SupervisedEstimator
where
  Base.Features == Matrix, Final.Features == Matrix, Base.Model: Classifier, Final.Model: Classifier,
  Base.Target == [Base.Model.Label], Final.Target == [Base.Model.Label], Final.Model.Label == Base.Model.Label
{
  public typealias Features = Matrix
  public typealias Target = [Base.Model.Label]
  public typealias Label = Base.Model.Label

  /// The classifiers' names.
  public var names: [String]
  /// The classifiers that are listened to, at least one.
  public var members: [Base]
  /// The classifier that decides.
  public var final: Final
  /// Whether it sees the features, too. (scikit-learn: `passthrough`)
  public var passesFeatures: Bool
  /// How the samples are cut; each is tested on once. (scikit-learn: `cv`)
  public var folds: any Splitter

  /// - Parameters:
  ///   - members: the classifiers by name, at least one.
  ///   - final: the classifier that decides.
  ///   - passesFeatures: whether it sees the features, too.
  ///   - folds: how the samples are cut.
  public init(
    _ members: KeyValuePairs<String, Base>, final: Final, passesFeatures: Bool = false,
    folds: any Splitter = StratifiedKFold(5)
  ) {
    names = members.map(\.key)
    self.members = members.map(\.value)
    self.final = final
    self.passesFeatures = passesFeatures
    self.folds = folds
  }

  /// - Throws: ``FitError`` of kind `parameter`, and what the classifiers throw.
  /// - Complexity: a fit of each classifier for each fold, and one more.
  public func fit(_ x: Matrix, _ y: [Label]) throws(FitError) -> Model { try learn(x, y, nil) }

  private func learn(_ x: Matrix, _ y: [Label], _ weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.parameter(!members.isEmpty, "members", "with at least one", "none")
    try SampleChecks.features(x, allowingMissing: true)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.weights(weights, count: y.count)
    let coding = try SampleChecks.classes(y, weights)
    let cut = GivenFolds(try folds.folds(of: SplitSamples(count: y.count, answers: y)))
    var (opinions, models): ([Matrix], [Base.Model]) = ([], [])
    for member in members {
      let found = try crossValidatedProbabilities(member, x, y, folds: cut, weights: weights)
      guard found.classes == coding.classes else {
        throw FitError(
          .tooFewClasses, expected: "every class in every training part", found: "\(found.classes)",
          advice: "Stratify the folds.")
      }
      opinions.append(StackedOpinions.columns(found.probabilities))
      models.append(try member.fit(x, y, countingBy: weights))
    }
    let input = StackParts<Base.Model, Final.Model>.input(opinions, x, passesFeatures: passesFeatures)
    return Model(
      parts: StackParts(
        names: names, models: models, final: try final.fit(input, y, countingBy: weights),
        passesFeatures: passesFeatures,
        featureCount: x.shape[1]))
  }

  /// What `StackingClassifier` has learned.
  public struct Model: Classifier {
    let parts: StackParts<Base.Model, Final.Model>
    /// The classifiers' names.
    public var names: [String] { parts.names }
    /// What each has learned from all samples.
    public var models: [Base.Model] { parts.models }
    /// What decides.
    public var final: Final.Model { parts.final }
    /// Whether it sees the features, too.
    public var passesFeatures: Bool { parts.passesFeatures }
    /// How many features a sample has.
    public var featureCount: Int { parts.featureCount }
    public var classes: [Label] { final.classes }

    /// What the last classifier sees: the others' probabilities one after the other, and the features where they are passed.
    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func transform(_ x: Matrix) throws(FitError) -> Matrix {
      try parts.input(x) { (model) throws(FitError) in StackedOpinions.columns(try model.predictProbabilities(x)) }
    }

    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func predict(_ x: Matrix) throws(FitError) -> [Label] { try final.predict(try transform(x)) }
    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func predictProbabilities(_ x: Matrix) throws(FitError) -> Matrix {
      try final.predictProbabilities(try transform(x))
    }
  }
}

extension StackingClassifier: WeightedEstimator where Base: WeightedEstimator, Final: WeightedEstimator {
  /// Every classifier, the last one too, learns from samples of which each counts as much as its weight.
  /// - Throws: ``FitError`` as without weights, and of kind `parameter` for weights that cannot be used.
  public func fit(_ x: Matrix, _ y: [Label], weights: [Double]?) throws(FitError) -> Model {
    try learn(x, y, weights)
  }
}

/// What one classifier says, as features of the next.
private enum StackedOpinions {
  static func columns(_ probabilities: Matrix) -> Matrix {
    probabilities.shape[1] == 2 ? probabilities[.all, 1..<2] : probabilities
  }
}

extension StackingClassifier.Model: Encodable where Base.Model: Encodable, Final.Model: Encodable {
  /// Writes the models and what decides.
  public func encode(to encoder: any Encoder) throws { try parts.encode(to: encoder) }
}

extension StackingClassifier.Model: Decodable where Base.Model: Decodable, Final.Model: Decodable {
  private enum CodingKeys: String, CodingKey { case models }

  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let parts = try StackParts<Base.Model, Final.Model>(from: decoder)
    try ModelChecks.fits(
      parts.models.allSatisfy { $0.classes == parts.final.classes }, try decoder.container(keyedBy: CodingKeys.self),
      .models, "classifiers of \(parts.final.classes)")
    self.parts = parts
  }
}

extension StackingClassifier.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    parts.table("\(target ?? "label") (\(classes.count) classes)", "classifier")
  }
}
