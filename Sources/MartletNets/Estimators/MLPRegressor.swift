import MartletModels
import MartletNumerics

/// Predicts numbers by layers of weighted sums, each followed by a bend: a small neural net as an estimator.
///
/// Learns by ``Adam`` from batches, and minimises half the squared error with a penalty on the weights' squares.
///
///     let model = try MLPRegressor(hiddenLayers: [50], maximumEpochs: 1_000, seed: 0).fit(x, y)
///
/// Scale features, and targets whose size is far from 1, first.
public struct MLPRegressor: SupervisedEstimator {
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
  ///   - y: `n` finite numbers.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite`, `parameter` or `notConverged`.
  /// - Complexity: O(n · weights) an epoch.
  public func fit(_ x: Matrix, _ y: [Double]) throws(FitError) -> Model {
    try parameters.check()
    try SampleChecks.features(x, atLeast: 2)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.finite(y, "target", width: 1)
    let targets = Matrix(y, shape: [y.count, 1])
    let (net, epochs, loss) = try parameters.fit(x, outputs: 1) { predictions, rows in
      meanSquaredError(predictions, targets[rows: rows]) * 0.5
    }
    return Model(net: net, epochs: epochs, loss: loss)
  }

  /// What `MLPRegressor` has learned.
  public struct Model: Regressor, Codable {
    let net: MLPNet
    /// What an export writes: the dense layers, and what is between them.
    package var layers: [Linear<Double>] { net.layers }
    package var activation: MLPParameters.Activation { net.activation }
    /// How many passes over the samples it took.
    public let epochs: Int
    /// The mean loss of the last one: half the squared error.
    public let loss: Double

    private enum CodingKeys: String, CodingKey { case net, epochs, loss }

    init(net: MLPNet, epochs: Int, loss: Double) { (self.net, self.epochs, self.loss) = (net, epochs, loss) }

    /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
    public init(from decoder: any Decoder) throws {
      let file = try decoder.container(keyedBy: CodingKeys.self)
      net = try file.decode(MLPNet.self, forKey: .net)
      try ModelChecks.fits(net.outputs == 1, file, .net, "a net with one output")
      epochs = try file.decode(Int.self, forKey: .epochs)
      loss = try file.decode(Double.self, forKey: .loss)
    }

    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predict(_ x: Matrix) throws(FitError) -> [Double] {
      try SampleChecks.features(x, count: net.inputs)
      return x.shape[0] == 0 ? [] : net(x).scalars
    }
  }
}
