import MartletModels
import MartletNumerics

/// What ``MLPClassifier`` and ``MLPRegressor`` are told, and how they learn.
public struct MLPParameters: Sendable, Hashable {
  /// What follows each hidden layer.
  public enum Activation: String, Codable, Sendable, Hashable, CaseIterable { case relu, tanh, logistic, identity }

  /// How many sums each hidden layer has. (scikit-learn: `hidden_layer_sizes`)
  public var hiddenLayers: [Int]
  /// What follows each hidden layer.
  public var activation: Activation
  /// How strongly weights are drawn towards 0: `½ · penalty · ∑weight²`, for each batch divided by its size. (scikit-learn:
  /// `alpha`)
  public var penalty: Double
  /// How large steps of Adam are.
  public var learningRate: Double
  /// How many samples each step is made from; at most all. (scikit-learn: `batch_size`)
  public var batchSize: Int
  /// The most passes over the samples. (scikit-learn: `max_iter`)
  public var maximumEpochs: Int
  /// An epoch counts as better when its loss is smaller by this. (scikit-learn: `tol`)
  public var tolerance: Double
  /// After how many epochs that are no better it ends. (scikit-learn: `n_iter_no_change`)
  public var patience: Int
  /// What the start and the order of the samples depend on.
  public var seed: UInt64

  func check() throws(FitError) {
    try SampleChecks.parameter(hiddenLayers.allSatisfy { $0 > 0 }, "hiddenLayers", "of at least 1 each", hiddenLayers)
    try SampleChecks.parameter(penalty >= 0 && penalty.isFinite, "penalty", "of at least 0", penalty)
    try SampleChecks.parameter(learningRate > 0 && learningRate.isFinite, "learningRate", "above 0", learningRate)
    try SampleChecks.parameter(batchSize > 0, "batchSize", "above 0", batchSize)
    try SampleChecks.parameter(maximumEpochs > 0, "maximumEpochs", "above 0", maximumEpochs)
    try SampleChecks.parameter(patience > 0, "patience", "above 0", patience)
    try SampleChecks.parameter(tolerance >= 0, "tolerance", "of at least 0", tolerance)
  }

  /// Learns, and says how many epochs it took and the last loss.
  ///
  /// - Parameter loss: of the net's outputs and the samples' rows, averaged over samples.
  func fit(
    _ x: Matrix, outputs: Int, _ loss: (Variable<Double>, [Int]) -> Variable<Double>
  ) throws(FitError) -> (net: MLPNet, epochs: Int, loss: Double) {
    let samples = x.shape[0]
    var net = MLPNet([x.shape[1]] + hiddenLayers + [outputs], activation, seed: seed)
    let size = min(batchSize, samples)
    var optimizer = Adam(
      learningRate: learningRate, groups: [ParameterGroup(weightDecay: 0) { $0.hasSuffix("bias") }],
      precision: Double.self)
    var random = PCG64(seed: seed)
    var (best, waited, last, epochs) = (Double.infinity, 0, 0.0, 0)
    while epochs < maximumEpochs, waited <= patience {
      let order = random.permutation(samples)
      var sum = 0.0
      for start in stride(from: 0, to: samples, by: size) {
        let rows = Array(order[start..<min(start + size, samples)])
        optimizer.weightDecay = .coupled(penalty / Double(rows.count))
        let (value, gradients) = valueWithGradient(at: net) { loss($0(Variable(x[rows: rows])), rows) }
        sum += value * Double(rows.count)
        optimizer.update(&net, along: gradients)
      }
      last = sum / Double(samples)
      epochs += 1
      guard last.isFinite else {
        throw FitError(
          .notConverged, expected: "a finite loss", found: "\(last) in epoch \(epochs)",
          advice: "Scale the features, or take a smaller learning rate.")
      }
      waited = last > best - tolerance ? waited + 1 : 0
      best = min(best, last)
    }
    return (net, epochs, last)
  }
}

/// Dense layers with an activation between them, in double precision.
struct MLPNet: Layer, Codable {
  var layers: [Linear<Double>]
  let activation: MLPParameters.Activation

  init(_ widths: [Int], _ activation: MLPParameters.Activation, seed: UInt64) {
    self.activation = activation
    // Glorot's start, with the smaller spread for the logistic function, as in scikit-learn.
    let gain = activation == .logistic ? (1.0 / 3).squareRoot() : 1
    layers = zip(widths, widths.dropFirst()).enumerated().map { place, pair in
      Linear(
        pair.0, pair.1, initializer: .xavierUniform(gain: gain), seed: seed &+ UInt64(place) &* 0x9e37_79b9,
        precision: Double.self)
    }
  }

  func callAsFunction(_ x: Variable<Double>, mode: Mode) -> Variable<Double> {
    layers.dropLast().reduce(x) { activated($1($0)) }.linear(layers[layers.count - 1])
  }

  private func activated(_ x: Variable<Double>) -> Variable<Double> {
    switch activation {
    case .relu: x.relu()
    case .tanh: tanh(x)
    case .logistic: x.sigmoid()
    case .identity: x
    }
  }

  /// How many features it takes.
  var inputs: Int { layers[0].weight.shape[1] }
  /// How many numbers it gives.
  var outputs: Int { layers[layers.count - 1].weight.shape[0] }

  private enum CodingKeys: String, CodingKey { case activation, weights, biases }

  func encode(to encoder: any Encoder) throws {
    var file = encoder.container(keyedBy: CodingKeys.self)
    try file.encode(activation, forKey: .activation)
    try file.encode(layers.map(\.weight.value), forKey: .weights)
    try file.encode(layers.map { $0.bias?.value ?? .zeros($0.weight.shape[0]) }, forKey: .biases)
  }

  init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    activation = try file.decode(MLPParameters.Activation.self, forKey: .activation)
    let weights = try file.decode([Matrix].self, forKey: .weights)
    let biases = try file.decode([Matrix].self, forKey: .biases)
    try ModelChecks.fits(
      !weights.isEmpty && weights.allSatisfy { $0.rank == 2 && $0.count > 0 }
        && weights.allSatisfy { $0.scalars.allSatisfy(\.isFinite) }, file, .weights,
      "finite weights of shape [outputs, inputs] for at least one layer")
    try ModelChecks.fits(
      zip(weights, weights.dropFirst()).allSatisfy { $0.shape[0] == $1.shape[1] }, file, .weights,
      "layers that take as many numbers as the one before gives")
    try ModelChecks.fits(
      biases.map(\.shape) == weights.map { [$0.shape[0]] } && biases.allSatisfy { $0.scalars.allSatisfy(\.isFinite) },
      file, .biases, "a finite bias for each output of each layer")
    layers = zip(weights, biases).map { Linear(weight: $0, bias: $1) }
  }
}

extension Variable {
  fileprivate func linear(_ layer: Linear<Scalar>) -> Variable { layer(self) }
}
