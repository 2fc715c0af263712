import MartletFrames
import MartletNumerics

/// Tells classes apart by the mean of many classifiers of one kind, each fitted to other samples.
///
/// What a classifier has learned from chance differs from draw to draw and cancels out: bagging helps those most that change
/// much with their samples, such as deep trees. ``RandomForestClassifier`` does it for trees, and faster.
///
///     let model = try BaggingClassifier(LogisticRegression<Int>(), count: 20, seed: 0).fit(x, y)
///
/// Reference: Breiman (1996), Bagging predictors.
public struct BaggingClassifier<Base: SupervisedEstimator>: WeightedEstimator
where Base.Features == Matrix, Base.Model: Classifier, Base.Target == [Base.Model.Label] {
  public typealias Features = Matrix
  public typealias Target = [Base.Model.Label]
  public typealias Label = Base.Model.Label

  /// The classifier.
  public var base: Base
  /// How many, and what each learns from.
  public var draws: BaggingDraws
  /// Whether they are judged by the samples that they have not seen. (scikit-learn: `oob_score`)
  public var estimatesOutOfBag: Bool

  /// - Parameters:
  ///   - base: the classifier.
  ///   - count: how many, at least 1.
  ///   - sampleFraction: how many samples each draws, as a fraction of all.
  ///   - featureFraction: how many features each draws, as a fraction of all.
  ///   - bootstraps: whether samples are drawn with replacement.
  ///   - estimatesOutOfBag: whether they are judged by the samples that were not drawn.
  ///   - seed: fixes what is drawn.
  public init(
    _ base: Base, count: Int = 10, sampleFraction: Double = 1, featureFraction: Double = 1, bootstraps: Bool = true,
    estimatesOutOfBag: Bool = false, seed: UInt64? = nil
  ) {
    self.base = base
    self.estimatesOutOfBag = estimatesOutOfBag
    draws = BaggingDraws(
      count: count, sampleFraction: sampleFraction, featureFraction: featureFraction, bootstraps: bootstraps, seed: seed
    )
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`.
  ///   - y: `n` labels.
  ///   - weights: how likely each sample is drawn, whether the base takes weights or not; and how much it counts out of the bag.
  /// - Throws: ``FitError`` of kind `parameter` or `shape`, and what the base throws, for example when a draw misses a class.
  /// - Complexity: that of the base, times `count`.
  public func fit(_ x: Matrix, _ y: [Label], weights: [Double]?) throws(FitError) -> Model {
    try draws.check()
    try SampleChecks.shape(x)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.weights(weights, count: y.count)
    let drawn = draws.draws(x, weights: weights)
    let models = try draws.fitted(drawn, x) { draw, features in
      do throws(FitError) {
        return .success(try base.fit(features, draw.rows.map { y[$0] }))
      } catch { return .failure(error) }
    }
    let classes = LabelCoding(y).classes
    let members = zip(models, drawn).map { Model.Member(model: $0, features: $1.features) }
    var model = Model(classes: classes, members: members, featureCount: x.shape[1], outOfBagScore: nil)
    if estimatesOutOfBag { model.outOfBagScore = try outOfBagScore(model, drawn, x, y, weights) }
    return model
  }

  private func outOfBagScore(
    _ model: Model, _ drawn: [BaggingDraws.Draw], _ x: Matrix, _ y: [Label], _ weights: [Double]?
  ) throws(FitError) -> Double? {
    var sums = Matrix.zeros(x.shape[0], model.classes.count)
    var votes = [Int](repeating: 0, count: x.shape[0])
    for (member, draw) in zip(model.members, drawn) {
      let seen = Set(draw.rows)
      let unseen = (0..<x.shape[0]).filter { !seen.contains($0) }
      guard !unseen.isEmpty else { continue }
      let shares = try member.probabilities(x[rows: unseen], model.classes)
      for (place, row) in unseen.enumerated() {
        votes[row] += 1
        for label in model.classes.indices { sums[row, label] += shares[place, label] }
      }
    }
    let judged = votes.indices.filter { votes[$0] > 0 && weights?[$0] ?? 1 > 0 }
    if judged.isEmpty { return nil }
    let best = sums.argMax(axis: 1).scalars
    return accuracy(
      predicted: judged.map { model.classes[best[$0]] }, actual: judged.map { y[$0] },
      weights: weights?.samples(at: judged))
  }

  /// What `BaggingClassifier` has learned.
  public struct Model: Classifier {
    /// A classifier and the features that it looks at.
    public struct Member: Sendable {
      /// What it has learned.
      public let model: Base.Model
      /// The columns of the features that it takes.
      public let features: [Int]

      fileprivate func probabilities(_ x: Matrix, _ classes: [Label]) throws(FitError) -> Matrix {
        let own = try model.predictProbabilities(BaggingDraws.features(x, features))
        if model.classes == classes { return own }
        // A draw may lack a class: it has no probability there.
        var all = Matrix.zeros(x.shape[0], classes.count)
        for (column, label) in model.classes.enumerated() {
          guard let place = classes.firstIndex(of: label) else { continue }
          for row in 0..<x.shape[0] { all[row, place] = own[row, column] }
        }
        return all
      }
    }

    /// The classes, in ascending order where they have one, else in order of appearance.
    public let classes: [Label]
    /// The classifiers.
    public let members: [Member]
    /// How many features a sample has.
    public let featureCount: Int
    /// The fraction of training samples classified correctly by those that have not seen them; `nil` where it was not asked
    /// for.
    public internal(set) var outOfBagScore: Double?

    private enum CodingKeys: String, CodingKey { case classes, members, featureCount, outOfBagScore }

    /// The class with the largest mean probability.
    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func predict(_ x: Matrix) throws(FitError) -> [Label] {
      try predictProbabilities(x).argMax(axis: 1).scalars.map { classes[$0] }
    }

    /// The mean of the classifiers' probabilities.
    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func predictProbabilities(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.shape(x, atLeast: 0)
      try SampleChecks.width(x, featureCount)
      var sum = Matrix.zeros(x.shape[0], classes.count)
      for member in members { sum += try member.probabilities(x, classes) }
      return sum / Double(members.count)
    }
  }
}

extension BaggingClassifier.Model.Member: Encodable where Base.Model: Encodable {}
extension BaggingClassifier.Model.Member: Decodable where Base.Model: Decodable {}
extension BaggingClassifier.Model: Encodable where Base.Model: Encodable, Base.Model.Label: Encodable {}
extension BaggingClassifier.Model: Decodable where Base.Model: Decodable, Base.Model.Label: Decodable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      classes: try container.decode([Label].self, forKey: .classes),
      members: try container.decode([Member].self, forKey: .members),
      featureCount: try container.decode(Int.self, forKey: .featureCount),
      outOfBagScore: try container.decodeIfPresent(Double.self, forKey: .outOfBagScore))
    try TreeDecoding.classes(classes, decoder)
    try BaggingDraws.check(members.map(\.features), featureCount, decoder)
  }
}

extension BaggingClassifier.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let score = outOfBagScore.map { ["accuracy on samples out of the bag: \(FrameNumberFormat.texts([$0])[0])"] } ?? []
    return ModelTable(
      title: "Bagging",
      facts: ["\(target ?? "label") (\(classes.count) classes) by \(members.count) classifiers"] + score,
      header: ["classifier", "features"], rows: members.indices.map { ["\($0 + 1)", "\(members[$0].features.count)"] })
  }
}
