import MartletModels
import MartletNumerics

/// Tells classes apart by layers of weighted sums, each followed by a bend: a small neural net as an estimator.
///
/// Learns by ``Adam`` from batches, and minimises the cross entropy with a penalty on the weights' squares, until the loss
/// has not become smaller by ``MLPParameters/tolerance`` for some epochs.
///
///     let model = try MLPClassifier<Int>(hiddenLayers: [64], seed: 0).fit(digits.features, digits.labels)
///     try model.score(test.features, test.labels)
///
/// Scale features first: ``StandardScaler`` or a division will do. For other architectures build a ``Sequential`` and train
/// it with a ``Trainer``.
public struct MLPClassifier<Label: Hashable & Sendable>: SupervisedEstimator {
  /// What was chosen.
  public var parameters: MLPParameters

  /// - Parameters: see ``MLPParameters``; the defaults are scikit-learn's.
  public init(
    hiddenLayers: [Int] = [100], activation: MLPParameters.Activation = .relu, penalty: Double = 1e-4,
    learningRate: Double = 1e-3, batchSize: Int = 200, maximumEpochs: Int = 200, tolerance: Double = 1e-4,
    patience: Int = 10, seed: UInt64 = Random.nextSeed()
  ) {
    parameters = MLPParameters(
      hiddenLayers: hiddenLayers, activation: activation, penalty: penalty, learningRate: learningRate,
      batchSize: batchSize, maximumEpochs: maximumEpochs, tolerance: tolerance, patience: patience, seed: seed)
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: `n` labels of at least two classes.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `tooFewClasses`, `notFinite`, `parameter` or `notConverged`.
  /// - Complexity: O(n · weights) an epoch.
  public func fit(_ x: Matrix, _ y: [Label]) throws(FitError) -> Model {
    try parameters.check()
    try SampleChecks.features(x, atLeast: 2)
    try SampleChecks.pairs(x, targets: y.count)
    let coding = try SampleChecks.classes(y, nil)
    let codes = Tensor(coding.codes)
    let (net, epochs, loss) = try parameters.fit(x, outputs: coding.classes.count) { scores, rows in
      crossEntropy(scores, codes[rows: rows])
    }
    return Model(classes: coding.classes, net: net, epochs: epochs, loss: loss)
  }

  /// What `MLPClassifier` has learned.
  public struct Model: Classifier {
    /// The classes, in ascending order where they have one, else in order of appearance.
    public let classes: [Label]
    let net: MLPNet
    /// What an export writes: the dense layers, and what is between them.
    package var layers: [Linear<Double>] { net.layers }
    package var activation: MLPParameters.Activation { net.activation }
    /// How many passes over the samples it took.
    public let epochs: Int
    /// The mean loss of the last one.
    public let loss: Double

    private enum CodingKeys: String, CodingKey { case classes, net, epochs, loss }

    /// The scores of the classes before softmax: shape `[samples, classes]`.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func decisionFunction(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: net.inputs)
      return x.shape[0] == 0 ? .zeros(0, classes.count) : net(x)
    }

    /// The most probable class of each sample.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predict(_ x: Matrix) throws(FitError) -> [Label] {
      let scores = try decisionFunction(x)
      return x.shape[0] == 0 ? [] : scores.argMax(axis: 1).scalars.map { classes[$0] }
    }

    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predictProbabilities(_ x: Matrix) throws(FitError) -> Matrix {
      Variable(try decisionFunction(x)).softmax().value
    }
  }
}

extension MLPClassifier.Model: Encodable where Label: Encodable {}
extension MLPClassifier.Model: Decodable where Label: Decodable {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    classes = try ModelChecks.classes(file, .classes)
    net = try file.decode(MLPNet.self, forKey: .net)
    try ModelChecks.fits(net.outputs == classes.count, file, .net, "a net with \(classes.count) outputs")
    epochs = try file.decode(Int.self, forKey: .epochs)
    loss = try file.decode(Double.self, forKey: .loss)
  }
}
