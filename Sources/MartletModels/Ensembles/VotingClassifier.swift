import MartletFrames
import MartletNumerics

/// Tells classes apart by what several classifiers say together.
///
/// With ``Vote/soft`` the class with the largest weighted mean probability is answered, with ``Vote/hard`` the one that most
/// classifiers, by their weights, answer. It helps where they are about equally good and err in different ways.
///
///     let vote = VotingClassifier([
///       "logistic": AnyClassifier(LogisticRegression<Int>()), "forest": AnyClassifier(RandomForestClassifier<Int>(seed: 0)),
///     ])
///     try vote.fit(x, y).score(xTest, yTest)
///
/// Classifiers of one type need no `AnyClassifier`, and their model can be saved. (scikit-learn: `VotingClassifier`)
public struct VotingClassifier<Base: SupervisedEstimator>: SupervisedEstimator
where Base.Model: Classifier, Base.Target == [Base.Model.Label], Base.Features: SampleCollection {
  public typealias Features = Base.Features
  public typealias Target = [Base.Model.Label]
  public typealias Label = Base.Model.Label

  /// How several opinions become one.
  public enum Vote: String, Sendable, Codable {
    /// By the mean of the probabilities.
    case soft
    /// By the number of votes.
    case hard
  }

  /// The classifiers' names.
  public var names: [String]
  /// The classifiers, at least one.
  public var members: [Base]
  /// How several opinions become one. (scikit-learn: `voting`)
  public var vote: Vote
  /// How much each classifier counts, at least 0; `nil` for all the same. (scikit-learn: `weights`)
  public var memberWeights: [Double]?

  /// - Parameters:
  ///   - members: the classifiers by name, at least one.
  ///   - vote: how several opinions become one.
  ///   - memberWeights: how much each classifier counts.
  public init(_ members: KeyValuePairs<String, Base>, vote: Vote = .soft, memberWeights: [Double]? = nil) {
    names = members.map(\.key)
    self.members = members.map(\.value)
    self.vote = vote
    self.memberWeights = memberWeights
  }

  /// - Throws: ``FitError`` of kind `parameter`, and what the classifiers throw.
  /// - Complexity: one fit of each classifier.
  public func fit(_ x: Base.Features, _ y: [Label]) throws(FitError) -> Model {
    let shares = try EnsembleChecks.shares(memberWeights, count: members.count)
    var models: [Base.Model] = []
    for member in members { models.append(try member.fit(x, y)) }
    return try Model(names: names, models: models, shares: shares, vote: vote)
  }

  /// What `VotingClassifier` has learned.
  public struct Model: Classifier {
    /// The classifiers' names.
    public let names: [String]
    /// What each has learned.
    public let models: [Base.Model]
    /// How much each counts; the sum is 1.
    public let shares: [Double]
    /// How several opinions become one.
    public let vote: Vote

    init(names: [String], models: [Base.Model], shares: [Double], vote: Vote) throws(FitError) {
      guard let first = models.first, models.allSatisfy({ $0.classes == first.classes }) else {
        throw FitError(
          .tooFewClasses, expected: "classifiers that know the same classes", found: "\(models.map(\.classes))",
          advice: "Fit all of them to the same labels.")
      }
      (self.names, self.models, self.shares, self.vote) = (names, models, shares, vote)
    }

    public var classes: [Label] { models[0].classes }

    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func predict(_ x: Base.Features) throws(FitError) -> [Label] {
      try predictProbabilities(x).argMax(axis: 1).scalars.map { classes[$0] }
    }

    /// The weighted mean of the classifiers' probabilities, or the shares of their votes.
    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func predictProbabilities(_ x: Base.Features) throws(FitError) -> Matrix {
      var sum = Matrix.zeros(x.sampleCount, classes.count)
      for (model, share) in zip(models, shares) {
        switch vote {
        case .soft: sum += try model.predictProbabilities(x) * share
        case .hard:
          let codes = try ClassShares.codes(try model.predict(x), of: classes)
          sum += ClassShares.matrix(codes, classCount: classes.count, nil) * share
        }
      }
      return sum
    }

    private enum CodingKeys: String, CodingKey { case names, models, shares, vote }
  }
}

extension VotingClassifier: WeightedEstimator where Base: WeightedEstimator {
  /// Each learns from samples of which each counts as much as its weight.
  /// - Throws: ``FitError`` as without weights, and of kind `parameter` for weights that cannot be used.
  public func fit(_ x: Base.Features, _ y: Target, weights: [Double]?) throws(FitError) -> Model {
    let shares = try EnsembleChecks.shares(memberWeights, count: members.count)
    var models: [Base.Model] = []
    for member in members { models.append(try member.fit(x, y, weights: weights)) }
    return try Model(names: names, models: models, shares: shares, vote: vote)
  }
}

extension VotingClassifier.Model: Encodable where Base.Model: Encodable {}
extension VotingClassifier.Model: Decodable where Base.Model: Decodable {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    let models = try file.decode([Base.Model].self, forKey: .models)
    let names = try file.decode([String].self, forKey: .names)
    let shares = try EnsembleChecks.shares(file, .shares, count: models.count)
    try ModelChecks.fits(names.count == models.count, file, .names, "a name for each of \(models.count) classifiers")
    do {
      try self.init(
        names: names, models: models, shares: shares, vote: try file.decode(VotingClassifier.Vote.self, forKey: .vote))
    } catch let error as FitError {
      throw DecodingError.dataCorruptedError(forKey: .models, in: file, debugDescription: error.description)
    }
  }
}

extension VotingClassifier.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let counts = FrameNumberFormat.texts(shares)
    return ModelTable(
      title: "Vote", facts: ["\(target ?? "label") (\(classes.count) classes), \(vote.rawValue)"],
      header: ["classifier", "share"], rows: names.indices.map { [names[$0], counts[$0]] })
  }
}
