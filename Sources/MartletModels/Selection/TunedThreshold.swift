import MartletNumerics

/// Tells two classes apart by a probability other than one half: the one that does best on samples not learned from.
/// (scikit-learn: `TunedThresholdClassifierCV`)
///
///     // A missed fraud costs 100, a false alarm 1.
///     let costs = CostMatrix(classes: [false, true], costs: Matrix([[0, 1], [100, 0]]))
///     let method = TunedThreshold(LogisticRegression<Bool>(), folds: StratifiedKFold(5), costs: costs)
///
/// The candidates are the probabilities that occur; of equally good ones the one nearest to one half.
public struct TunedThreshold<Base: SupervisedEstimator>: SupervisedEstimator
where
  Base.Model: Classifier, Base.Target == [Base.Model.Label], Base.Features: SampleCollection & Sendable
{
  public typealias Features = Base.Features
  public typealias Target = Base.Target
  /// The classifier.
  public var base: Base
  /// How the samples are cut.
  public var folds: any Splitter
  private let merit: @Sendable (_ predicted: [Base.Model.Label], _ actual: [Base.Model.Label]) -> Double

  /// - Parameters:
  ///   - base: the classifier, of two classes.
  ///   - folds: how the samples are cut; each is tested on once.
  ///   - maximizing: what is to be as large as possible, of predicted and actual labels.
  public init(
    _ base: Base, folds: any Splitter = StratifiedKFold(5),
    maximizing merit: @escaping @Sendable (_ predicted: [Base.Model.Label], _ actual: [Base.Model.Label]) -> Double
  ) {
    self.base = base
    self.folds = folds
    self.merit = merit
  }

  /// - Parameters:
  ///   - base: the classifier, of two classes.
  ///   - folds: how the samples are cut; each is tested on once.
  ///   - costs: what wrong decisions cost; their mean is made as small as possible.
  public init(_ base: Base, folds: any Splitter = StratifiedKFold(5), costs: CostMatrix<Base.Model.Label>) {
    self.init(base, folds: folds) { -costs.mean(predicted: $0, actual: $1) }
  }

  /// - Throws: ``FitError`` when the classifier cannot learn, of kind `parameter` unless there are two classes.
  public func fit(_ x: Base.Features, _ y: Base.Target) throws(FitError) -> Model {
    let (probabilities, classes) = try crossValidatedProbabilities(base, x, y, folds: folds)
    guard classes.count == 2 else {
      throw FitError(
        .parameter, expected: "two classes for a threshold", found: "\(classes.count)",
        advice: "Take one class against the rest.")
    }
    let second = probabilities.column(1).scalars
    var best = (threshold: 0.5, merit: -Double.infinity)
    for threshold in Set(second + [0.5]).sorted(by: { (abs($0 - 0.5), $0) < (abs($1 - 0.5), $1) }) {
      let own = merit(second.map { classes[$0 >= threshold ? 1 : 0] }, y)
      if own > best.merit { best = (threshold, own) }
    }
    return Model(base: try base.fit(x, y), threshold: best.threshold, merit: best.merit)
  }

  /// What `TunedThreshold` has learned.
  public struct Model: Classifier {
    public typealias Label = Base.Model.Label
    /// The classifier, fitted to all samples.
    public let base: Base.Model
    /// The second class is answered from this probability of it on.
    public let threshold: Double
    /// How good the threshold is on samples not learned from.
    public let merit: Double
    public var classes: [Base.Model.Label] { base.classes }

    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func predict(_ x: Base.Features) throws(FitError) -> [Base.Model.Label] {
      let probabilities = try base.predictProbabilities(x)
      return (0..<probabilities.shape[0]).map { classes[probabilities[$0, 1] >= threshold ? 1 : 0] }
    }

    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func predictProbabilities(_ x: Base.Features) throws(FitError) -> Matrix {
      try base.predictProbabilities(x)
    }
  }
}

extension TunedThreshold.Model { enum CodingKeys: String, CodingKey { case base, threshold, merit } }
extension TunedThreshold.Model: Encodable where Base.Model: Encodable {}
extension TunedThreshold.Model: Decodable where Base.Model: Decodable {
  /// Reads what was encoded; throws `DecodingError` unless the model has two classes.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    base = try file.decode(Base.Model.self, forKey: .base)
    try ModelChecks.fits(base.classes.count == 2, file, .base, "a model of two classes")
    threshold = try file.decode(Double.self, forKey: .threshold)
    merit = try file.decode(Double.self, forKey: .merit)
  }
}
