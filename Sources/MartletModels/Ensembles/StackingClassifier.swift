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
  public func fit(_ x: Matrix, _ y: [Label]) throws(FitError) -> Model {
    try SampleChecks.parameter(!members.isEmpty, "members", "with at least one", "none")
    try SampleChecks.features(x, allowingMissing: true)
    try SampleChecks.pairs(x, targets: y.count)
    let coding = try SampleChecks.classes(y, nil)
    let cut = GivenFolds(try folds.folds(of: SplitSamples(count: y.count, answers: y)))
    var (opinions, models): ([Matrix], [Base.Model]) = ([], [])
    for member in members {
      let found = try crossValidatedProbabilities(member, x, y, folds: cut)
      guard found.classes == coding.classes else {
        throw FitError(
          .tooFewClasses, expected: "every class in every training part", found: "\(found.classes)",
          advice: "Stratify the folds.")
      }
      opinions.append(StackedOpinions.columns(found.probabilities))
      models.append(try member.fit(x, y))
    }
    let input = Matrix.concatenated(opinions + (passesFeatures ? [x] : []), axis: 1)
    return Model(
      names: names, models: models, final: try final.fit(input, y), passesFeatures: passesFeatures,
      featureCount: x.shape[1])
  }

  /// What `StackingClassifier` has learned.
  public struct Model: Classifier {
    /// The classifiers' names.
    public let names: [String]
    /// What each has learned from all samples.
    public let models: [Base.Model]
    /// What decides.
    public let final: Final.Model
    /// Whether it sees the features, too.
    public let passesFeatures: Bool
    /// How many features a sample has.
    public let featureCount: Int
    public var classes: [Label] { final.classes }

    /// What the last classifier sees: the others' probabilities one after the other, and the features where they are passed.
    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func transform(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: featureCount, allowingMissing: true)
      var parts: [Matrix] = []
      for model in models { parts.append(StackedOpinions.columns(try model.predictProbabilities(x))) }
      return Matrix.concatenated(parts + (passesFeatures ? [x] : []), axis: 1)
    }

    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func predict(_ x: Matrix) throws(FitError) -> [Label] { try final.predict(try transform(x)) }
    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func predictProbabilities(_ x: Matrix) throws(FitError) -> Matrix {
      try final.predictProbabilities(try transform(x))
    }

    private enum CodingKeys: String, CodingKey { case names, models, final, passesFeatures, featureCount }
  }
}

/// What one classifier says, as features of the next.
private enum StackedOpinions {
  static func columns(_ probabilities: Matrix) -> Matrix {
    probabilities.shape[1] == 2 ? probabilities[.all, 1..<2] : probabilities
  }
}

extension StackingClassifier.Model: Encodable where Base.Model: Encodable, Final.Model: Encodable {}
extension StackingClassifier.Model: Decodable where Base.Model: Decodable, Final.Model: Decodable {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    names = try file.decode([String].self, forKey: .names)
    models = try file.decode([Base.Model].self, forKey: .models)
    let final = try file.decode(Final.Model.self, forKey: .final)
    self.final = final
    passesFeatures = try file.decode(Bool.self, forKey: .passesFeatures)
    featureCount = try file.decode(Int.self, forKey: .featureCount)
    try ModelChecks.fits(
      !models.isEmpty && models.allSatisfy { $0.classes == final.classes }, file, .models,
      "classifiers of \(final.classes)")
    try ModelChecks.fits(names.count == models.count, file, .names, "a name for each of \(models.count) classifiers")
    try ModelChecks.fits(featureCount > 0, file, .featureCount, "at least one feature")
  }
}

extension StackingClassifier.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    ModelTable(
      title: "Stack", facts: ["\(target ?? "label") (\(classes.count) classes)"], header: ["classifier", "role"],
      rows: names.map { [$0, "listened to"] } + [["\(Final.self)", "decides"]])
  }
}
