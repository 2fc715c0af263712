import MartletNumerics

/// A way to make classes equally common: it draws, drops or makes samples. (imbalanced-learn)
///
///     let (x, y) = try SMOTE(seed: 0).resample(xTrain, yTrain)
///
/// Only what is learned from is to be resampled, never what is measured on: ``then(_:)`` sees to it.
public protocol Resampler: Sendable {
  /// The samples that stand for these.
  /// - Throws: ``FitError`` when there is nothing to draw from.
  func resample<Label: Hashable & Sendable>(_ x: Matrix, _ y: [Label]) throws(FitError) -> (x: Matrix, y: [Label])
}

extension Resampler {
  /// A classifier that learns from the resampled samples, and is asked with samples as they are.
  ///
  ///     let method = SMOTE(seed: 0).then(LogisticRegression<Bool>())
  ///     try crossValidate(method, x, y, folds: StratifiedKFold(5), scoring: [.averagePrecision])
  public func then<Estimator: SupervisedEstimator>(_ estimator: Estimator) -> ResampledClassifier<Self, Estimator> {
    ResampledClassifier(resampler: self, estimator: estimator)
  }
}

/// A classifier that learns from resampled samples; see ``Resampler/then(_:)``.
public struct ResampledClassifier<Resampling: Resampler, Estimator: SupervisedEstimator>: SupervisedEstimator
where Estimator.Features == Matrix, Estimator.Model: Classifier, Estimator.Target == [Estimator.Model.Label] {
  public typealias Features = Matrix
  public typealias Target = [Estimator.Model.Label]
  public typealias Model = Estimator.Model
  /// What changes the samples before they are learned from.
  public var resampler: Resampling
  /// The classifier.
  public var estimator: Estimator

  /// - Throws: ``FitError`` when the samples cannot be resampled, and what the classifier throws.
  public func fit(_ x: Matrix, _ y: [Estimator.Model.Label]) throws(FitError) -> Estimator.Model {
    let samples = try resampler.resample(x, y)
    return try estimator.fit(samples.x, samples.y)
  }
}

/// The samples of each class.
struct ClassMembers<Label: Hashable & Sendable> {
  let classes: [Label]
  /// The places of each class's samples, in order.
  let members: [[Int]]

  init(_ x: Matrix, _ y: [Label], allowingMissing: Bool = false) throws(FitError) {
    try SampleChecks.features(x, allowingMissing: allowingMissing)
    try SampleChecks.pairs(x, targets: y.count)
    let coding = try SampleChecks.classes(y, nil)
    classes = coding.classes
    var members = coding.classes.map { _ in [Int]() }
    for (sample, code) in coding.codes.enumerated() { members[code].append(sample) }
    self.members = members
  }

  var largest: Int { members.map(\.count).max() ?? 0 }
  var smallest: Int { members.map(\.count).min() ?? 0 }
  /// The class with the most samples, of equal ones the first.
  var commonest: Int { members.firstIndex { $0.count == largest } ?? 0 }
  /// The class with the fewest samples, of equal ones the first.
  var rarest: Int { members.firstIndex { $0.count == smallest } ?? 0 }
}
