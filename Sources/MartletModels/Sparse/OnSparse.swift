import MartletNumerics

/// A method whose features are sparse, as a step of a pipeline; `then` makes it.
///
///     let method = TfidfVectorizer().then(LogisticRegression<String>())
///     let model = try method.fit(texts, topics)
///     model.estimator.coefficients.shape      // [topics, words]
public struct OnSparse<Base: SparseEstimator>: WeightedEstimator {
  public typealias Features = SparseMatrix
  public typealias Target = Base.Target

  /// The method itself.
  public var base: Base

  /// - Parameter base: a method that learns from sparse features.
  public init(_ base: Base) { self.base = base }

  /// - Throws: ``FitError`` when the data cannot be learned from.
  public func fit(_ x: SparseMatrix, _ y: Base.Target, weights: [Double]?) throws(FitError) -> Model {
    Model(base: try base.fit(x, y, weights: weights))
  }

  /// What the method has learned.
  @dynamicMemberLookup
  public struct Model: Predictor {
    public typealias Features = SparseMatrix
    public typealias Prediction = Base.SparseModel.Prediction

    /// The model itself.
    public let base: Base.SparseModel

    /// What the model itself has.
    public subscript<Value>(dynamicMember member: KeyPath<Base.SparseModel, Value>) -> Value { base[keyPath: member] }

    /// - Throws: ``FitError`` when the features are not like those of fitting.
    public func predict(_ x: SparseMatrix) throws(FitError) -> Prediction { try base.predict(x) }
  }
}

extension OnSparse.Model: Classifier where Base.SparseModel: SparseClassifier {
  public typealias Label = Base.SparseModel.Label
  public var classes: [Base.SparseModel.Label] { base.classes }
  /// - Throws: ``FitError`` when the features are not like those of fitting.
  public func predictProbabilities(_ x: SparseMatrix) throws(FitError) -> Matrix { try base.predictProbabilities(x) }
}

extension OnSparse.Model: Encodable where Base.SparseModel: Encodable {}
extension OnSparse.Model: Decodable where Base.SparseModel: Decodable {}

extension UnsupervisedEstimator where Model: Transformer, Model.Input == Features, Model.Output == SparseMatrix {
  /// This preprocessing and then a method that learns from its sparse results.
  public func then<Base: SparseEstimator>(_ base: Base) -> Pipeline<Self, OnSparse<Base>> { then(OnSparse(base)) }
}

extension PipelineBuilder {
  /// The method at the end, which learns from sparse features.
  public static func buildPartialBlock<First: UnsupervisedEstimator, Base: SparseEstimator>(
    accumulated: First, next: Base
  ) -> Pipeline<First, OnSparse<Base>>
  where First.Model: Transformer, First.Model.Input == First.Features, First.Model.Output == SparseMatrix {
    accumulated.then(next)
  }
}
