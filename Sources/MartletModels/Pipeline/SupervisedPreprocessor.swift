import MartletNumerics

/// Preprocessing that learns from the answers, too: target encoding, or the choice of features.
public protocol SupervisedPreprocessor<Features, Target, Model>: Sendable {
  /// What it changes.
  associatedtype Features
  /// The answers.
  associatedtype Target
  /// What it has learned.
  associatedtype Model: Transformer where Model.Input == Features
  /// - Throws: ``FitError`` when the data cannot be learned from.
  func fit(_ x: Features, _ y: Target) throws(FitError) -> Model
  /// Learns, and changes the samples it has learned from in such a way that none is told its own answer.
  /// - Throws: ``FitError`` when the data cannot be learned from.
  func fitTransform(_ x: Features, _ y: Target) throws(FitError) -> (model: Model, output: Model.Output)
}

extension SupervisedPreprocessor {
  /// Learns, and changes the same samples.
  /// - Throws: ``FitError`` when the data cannot be learned from.
  public func fitTransform(_ x: Features, _ y: Target) throws(FitError) -> (model: Model, output: Model.Output) {
    let model = try fit(x, y)
    return (model, try model.transform(x))
  }

  /// This preprocessing and then a method that learns from its results.
  public func then<Estimator: SupervisedEstimator>(_ estimator: Estimator) -> SupervisedPipeline<Self, Estimator>
  where Estimator.Features == Model.Output, Estimator.Target == Target {
    SupervisedPipeline(preprocessing: self, estimator: estimator)
  }

  /// This preprocessing and then another that learns from the answers.
  public func then<Next: SupervisedPreprocessor>(_ next: Next) -> SupervisedChain<Self, Next>
  where Next.Features == Model.Output, Next.Target == Target {
    SupervisedChain(first: self, next: next)
  }
}

extension UnsupervisedEstimator where Model: Transformer, Model.Input == Features {
  /// This preprocessing and then one that learns from the answers, too.
  public func then<Next: SupervisedPreprocessor>(_ next: Next) -> SupervisedChain<
    WithoutAnswers<Self, Next.Target>, Next
  >
  where Next.Features == Model.Output {
    SupervisedChain(first: WithoutAnswers(self), next: next)
  }
}

/// Preprocessing that is given answers and does not look at them.
public struct WithoutAnswers<Base: UnsupervisedEstimator, Target>: SupervisedPreprocessor
where Base.Model: Transformer, Base.Model.Input == Base.Features {
  /// The preprocessing.
  public var base: Base
  init(_ base: Base) { self.base = base }

  /// - Throws: ``FitError`` when the data cannot be learned from.
  public func fit(_ x: Base.Features, _ y: Target) throws(FitError) -> Base.Model { try base.fit(x) }
}

/// Two steps of preprocessing, of which one or both learn from the answers.
public struct SupervisedChain<First: SupervisedPreprocessor, Next: SupervisedPreprocessor>: SupervisedPreprocessor
where First.Model.Output == Next.Features, First.Target == Next.Target {
  /// The step that sees the features first.
  public var first: First
  /// The step that sees what the first makes of them.
  public var next: Next

  /// - Throws: ``FitError`` when either step cannot learn.
  public func fit(_ x: First.Features, _ y: First.Target) throws(FitError) -> Model {
    try fitTransform(x, y).model
  }

  /// - Throws: ``FitError`` when either step cannot learn.
  public func fitTransform(
    _ x: First.Features, _ y: First.Target
  ) throws(FitError) -> (model: Model, output: Next.Model.Output) {
    let (first, between) = try self.first.fitTransform(x, y)
    let (next, output) = try self.next.fitTransform(between, y)
    return (Model(first: first, next: next), output)
  }

  /// What both steps have learned.
  public struct Model: Transformer {
    /// The first step.
    public let first: First.Model
    /// The step after it.
    public let next: Next.Model

    /// - Throws: ``FitError`` when the features are not like those of fitting.
    public func transform(_ x: First.Features) throws(FitError) -> Next.Model.Output {
      try next.transform(try first.transform(x))
    }
  }
}

extension SupervisedChain.Model: Encodable where First.Model: Encodable, Next.Model: Encodable {}
extension SupervisedChain.Model: Decodable where First.Model: Decodable, Next.Model: Decodable {}

/// Preprocessing that learns from the answers, and a method, as one; see ``Pipeline``.
public struct SupervisedPipeline<Preprocessing: SupervisedPreprocessor, Estimator: SupervisedEstimator>:
  SupervisedEstimator
where Preprocessing.Model.Output == Estimator.Features, Preprocessing.Target == Estimator.Target {
  /// What changes the features.
  public var preprocessing: Preprocessing
  /// What learns from the changed ones.
  public var estimator: Estimator

  /// - Throws: ``FitError`` when either part cannot learn.
  public func fit(_ x: Preprocessing.Features, _ y: Estimator.Target) throws(FitError) -> Model {
    let (preprocessing, output) = try self.preprocessing.fitTransform(x, y)
    return Model(preprocessing: preprocessing, estimator: try estimator.fit(output, y))
  }

  /// What both parts have learned.
  public struct Model: Predictor {
    /// What changes the features.
    public let preprocessing: Preprocessing.Model
    /// What answers.
    public let estimator: Estimator.Model

    /// - Throws: ``FitError`` when the features are not like those of fitting.
    public func predict(_ x: Preprocessing.Features) throws(FitError) -> Estimator.Model.Prediction {
      try estimator.predict(try preprocessing.transform(x))
    }
  }
}

extension SupervisedPipeline: WeightedEstimator where Estimator: WeightedEstimator {
  /// Learns from samples of which each counts as much as its weight; the preprocessing takes all of them alike.
  /// - Throws: ``FitError`` when either part cannot learn.
  public func fit(_ x: Preprocessing.Features, _ y: Estimator.Target, weights: [Double]?) throws(FitError) -> Model {
    let (preprocessing, output) = try self.preprocessing.fitTransform(x, y)
    return Model(preprocessing: preprocessing, estimator: try estimator.fit(output, y, weights: weights))
  }
}

extension SupervisedPipeline.Model: Regressor where Estimator.Model: Regressor {}

extension SupervisedPipeline.Model: Classifier where Estimator.Model: Classifier {
  public typealias Label = Estimator.Model.Label
  public var classes: [Estimator.Model.Label] { estimator.classes }
  /// - Throws: ``FitError`` when the features are not like those of fitting.
  public func predictProbabilities(_ x: Preprocessing.Features) throws(FitError) -> Matrix {
    try estimator.predictProbabilities(try preprocessing.transform(x))
  }
}

extension SupervisedPipeline.Model: Encodable where Preprocessing.Model: Encodable, Estimator.Model: Encodable {}
extension SupervisedPipeline.Model: Decodable where Preprocessing.Model: Decodable, Estimator.Model: Decodable {}
