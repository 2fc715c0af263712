import MartletNumerics

/// Tells classes apart by the oldest rule that learns: a sample on the wrong side of the border is added to its weights, one
/// on the right side changes nothing. (scikit-learn: `Perceptron`)
///
///     let model = try Perceptron<Int>(seed: 0).fit(x, y)
///     model.epochs
///
/// Where a straight border separates the classes it finds one, though not the one with the widest margin; where none does
/// it never comes to rest. ``SGDClassifier`` with another loss and ``LinearSVC`` do better then.
///
/// Reference: Rosenblatt (1958), The perceptron: a probabilistic model for information storage and organization in the
/// brain.
public struct Perceptron<Label: Hashable & Sendable>: WeightedEstimator {
  public typealias Features = Matrix
  public typealias Target = [Label]
  public typealias Model = SGDClassifier<Label>.Model

  /// How much of a sample is added; above 0. Without a penalty it changes the size of the weights alone. (scikit-learn:
  /// `eta0`)
  public var learningRate: Double
  /// Whether each class has an intercept.
  public var fitsIntercept: Bool
  /// How much the classes count. (scikit-learn: `class_weight`)
  public var classWeights: ClassWeights<Label>
  /// The most passes through the samples. (scikit-learn: `max_iter`)
  public var maximumEpochs: Int
  /// It has settled when five epochs in a row do not lower the mean loss by this; `nil` for all epochs. (scikit-learn: `tol`)
  public var tolerance: Double?
  /// Whether samples come in another order each epoch.
  public var shuffles: Bool
  /// Fixes that order; up to 2³² − 1, `nil` for another every time.
  public var seed: UInt64?

  /// - Parameters:
  ///   - learningRate: above 0.
  ///   - fitsIntercept: `false` puts every border through the origin.
  ///   - classWeights: how much the classes count.
  ///   - maximumEpochs: at least 1.
  ///   - tolerance: `nil` for all epochs.
  ///   - shuffles: `false` takes samples in their order.
  ///   - seed: fixes the order.
  public init(
    learningRate: Double = 1, fitsIntercept: Bool = true, classWeights: ClassWeights<Label> = .equal,
    maximumEpochs: Int = 1_000, tolerance: Double? = 1e-3, shuffles: Bool = true, seed: UInt64? = nil
  ) {
    self.learningRate = learningRate
    self.fitsIntercept = fitsIntercept
    self.classWeights = classWeights
    self.maximumEpochs = maximumEpochs
    self.tolerance = tolerance
    self.shuffles = shuffles
    self.seed = seed
  }

  private var descent: SGDClassifier<Label> {
    SGDClassifier(
      loss: .perceptron, penalty: .none, rate: .constant(learningRate), fitsIntercept: fitsIntercept,
      classWeights: classWeights, maximumEpochs: maximumEpochs, tolerance: tolerance, shuffles: shuffles, seed: seed)
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: `n` labels of at least two classes.
  ///   - weights: how much each sample's steps count.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `tooFewClasses`, `notFinite` or `parameter`.
  /// - Complexity: O(n · d) an epoch for each class.
  public func fit(_ x: Matrix, _ y: [Label], weights: [Double]?) throws(FitError) -> Model {
    try descent.fit(x, y, weights: weights)
  }

  /// Goes through more samples of the same classes once, from where the model is. (scikit-learn: `partial_fit`)
  /// - Throws: ``FitError`` as in fitting, and of kind `parameter` for a label that is none of the model's classes.
  public func update(_ model: inout Model, _ x: Matrix, _ y: [Label], weights: [Double]? = nil) throws(FitError) {
    try descent.update(&model, x, y, weights: weights)
  }
}
