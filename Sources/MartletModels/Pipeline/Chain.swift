import MartletNumerics

/// Two steps of preprocessing, one after the other; the second learns from what the first makes.
public struct Chain<First: UnsupervisedEstimator, Next: UnsupervisedEstimator>: UnsupervisedEstimator
where
  First.Model: Transformer, Next.Model: Transformer, First.Model.Input == First.Features,
  First.Model.Output == Next.Features, Next.Model.Input == Next.Features
{
  /// The step that sees the features first.
  public var first: First
  /// The step that sees what the first makes of them.
  public var next: Next

  /// - Throws: ``FitError`` when either step cannot learn.
  public func fit(_ x: First.Features) throws(FitError) -> Model {
    let first = try self.first.fit(x)
    return Model(first: first, next: try next.fit(try first.transform(x)))
  }

  /// What both steps have learned.
  public struct Model: Transformer {
    /// The first step.
    public let first: First.Model
    /// The step after it.
    public let next: Next.Model

    /// - Throws: ``FitError`` when the features are not like those of fitting.
    public func transform(_ x: First.Model.Input) throws(FitError) -> Next.Model.Output {
      try next.transform(try first.transform(x))
    }
  }
}

extension Chain.Model: Encodable where First.Model: Encodable, Next.Model: Encodable {}
extension Chain.Model: Decodable where First.Model: Decodable, Next.Model: Decodable {}

extension UnsupervisedEstimator where Model: Transformer, Model.Input == Features {
  /// This step of preprocessing and then another.
  public func then<Next: UnsupervisedEstimator>(_ next: Next) -> Chain<Self, Next>
  where Next.Model: Transformer, Next.Model.Input == Next.Features, Next.Features == Model.Output {
    Chain(first: self, next: next)
  }

  /// This preprocessing and then a method that learns from its results.
  ///
  ///     let method = StandardScaler().then(LogisticRegression<Int>())
  ///     let model = try method.fit(xTrain, yTrain)
  ///     try model.score(xTest, yTest)                 // 0.9611111111111111, for the digits
  public func then<Estimator: SupervisedEstimator>(_ estimator: Estimator) -> Pipeline<Self, Estimator>
  where Estimator.Features == Model.Output {
    Pipeline(preprocessing: self, estimator: estimator)
  }
}
