import MartletNumerics

/// Any classifier of such features and labels, its type forgotten: for lists of different ones.
///
///     let candidates = ["logistic": AnyClassifier(LogisticRegression<Int>()), "baseline": AnyClassifier(DummyClassifier())]
public struct AnyClassifier<Features: Sendable, Label: Hashable & Sendable>: WeightedEstimator {
  private let learn: @Sendable (Features, [Label], [Double]?) throws(FitError) -> Model

  /// Forgets the type of an estimator.
  public init<Estimator: SupervisedEstimator>(_ estimator: Estimator)
  where
    Estimator.Features == Features, Estimator.Target == [Label], Estimator.Model: Classifier,
    Estimator.Model.Label == Label
  {
    learn = { x, y, weights throws(FitError) in Model(base: try estimator.fit(x, y, countingBy: weights)) }
  }

  /// - Throws: ``FitError`` when the data cannot be learned from, and of kind `parameter` for weights where the estimator takes
  ///   none.
  public func fit(_ x: Features, _ y: [Label], weights: [Double]?) throws(FitError) -> Model {
    try learn(x, y, weights)
  }

  /// What the estimator has learned.
  public struct Model: Classifier {
    /// The model itself.
    public let base: any Classifier
    private let answer: @Sendable (Features) throws(FitError) -> [Label]
    private let probabilities: @Sendable (Features) throws(FitError) -> Matrix
    public let classes: [Label]

    init<Base: Classifier>(base: Base) where Base.Features == Features, Base.Label == Label {
      self.base = base
      classes = base.classes
      answer = { x throws(FitError) in try base.predict(x) }
      probabilities = { x throws(FitError) in try base.predictProbabilities(x) }
    }

    public func predict(_ x: Features) throws(FitError) -> [Label] { try answer(x) }
    public func predictProbabilities(_ x: Features) throws(FitError) -> Matrix { try probabilities(x) }
  }
}

/// Any predictor of numbers from such features, its type forgotten: for lists of different ones.
public struct AnyRegressor<Features: Sendable>: WeightedEstimator {
  private let learn: @Sendable (Features, [Double], [Double]?) throws(FitError) -> Model

  /// Forgets the type of an estimator.
  public init<Estimator: SupervisedEstimator>(_ estimator: Estimator)
  where Estimator.Features == Features, Estimator.Target == [Double], Estimator.Model: Regressor {
    learn = { x, y, weights throws(FitError) in Model(base: try estimator.fit(x, y, countingBy: weights)) }
  }

  /// - Throws: ``FitError`` when the data cannot be learned from, and of kind `parameter` for weights where the estimator takes
  ///   none.
  public func fit(_ x: Features, _ y: [Double], weights: [Double]?) throws(FitError) -> Model {
    try learn(x, y, weights)
  }

  /// What the estimator has learned.
  public struct Model: Regressor {
    /// The model itself.
    public let base: any Regressor
    private let answer: @Sendable (Features) throws(FitError) -> [Double]

    init<Base: Regressor>(base: Base) where Base.Features == Features {
      self.base = base
      answer = { x throws(FitError) in try base.predict(x) }
    }

    public func predict(_ x: Features) throws(FitError) -> [Double] { try answer(x) }
  }
}
