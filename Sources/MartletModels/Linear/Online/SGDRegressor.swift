import MartletFrames
import MartletNumerics

/// Predicts numbers by a weighted sum that learns sample by sample: for data that are too many, or that keep coming.
///
/// Minimises `mean loss + regularization · penalty` by steps against the slope of one sample's loss at a time;
/// ``update(_:_:_:weights:)`` goes on learning. The same seed gives what scikit-learn's `SGDRegressor` gives.
///
///     let model = try StandardScaler().then(SGDRegressor(seed: 0)).fit(x, y)
///
/// Scale the features first: one step length has to suit all of them.
///
/// Reference: Bottou (2012), Stochastic gradient descent tricks.
@dynamicMemberLookup
public struct SGDRegressor: WeightedEstimator {
  /// What a miss costs; `e` is its size.
  public enum Loss: Sendable, Equatable {
    /// `e² / 2`.
    case squaredError
    /// `e² / 2` up to the threshold, straight beyond.
    case huber(threshold: Double)
    /// `max(0, e − margin)`: small misses are free.
    case epsilonInsensitive(margin: Double)
    /// `max(0, e − margin)²`.
    case squaredEpsilonInsensitive(margin: Double)

    var term: StochasticLoss {
      switch self {
      case .squaredError: .squaredError
      case .huber(let threshold): .huber(threshold: threshold)
      case .epsilonInsensitive(let margin): .epsilonInsensitive(margin: margin)
      case .squaredEpsilonInsensitive(let margin): .squaredEpsilonInsensitive(margin: margin)
      }
    }

    fileprivate var number: Double {
      switch self {
      case .squaredError: 0
      case .huber(let number), .epsilonInsensitive(let number), .squaredEpsilonInsensitive(let number): number
      }
    }
  }

  /// What a miss costs.
  public var loss: Loss
  /// How it descends.
  public var parameters: StochasticParameters

  /// - Parameters:
  ///   - loss: what a miss costs.
  ///   - penalty: what holds weights back.
  ///   - regularization: how much; at least 0.
  ///   - rate: how long steps are.
  ///   - fitsIntercept: `false` forces the line through the origin.
  ///   - averagesFrom: 0, or the step from which on weights are averaged.
  ///   - maximumEpochs: at least 1.
  ///   - tolerance: `nil` for all epochs.
  ///   - patience: at least 1.
  ///   - shuffles: `false` takes samples in their order.
  ///   - seed: fixes the order.
  public init(
    loss: Loss = .squaredError, penalty: StochasticPenalty = .l2, regularization: Double = 1e-4,
    rate: StochasticRate = .inverseScaling(start: 0.01, power: 0.25), fitsIntercept: Bool = true, averagesFrom: Int = 0,
    maximumEpochs: Int = 1_000, tolerance: Double? = 1e-3, patience: Int = 5, shuffles: Bool = true, seed: UInt64? = nil
  ) {
    self.loss = loss
    parameters = StochasticParameters(
      penalty: penalty, regularization: regularization, rate: rate, fitsIntercept: fitsIntercept,
      averagesFrom: averagesFrom, maximumEpochs: maximumEpochs, tolerance: tolerance, patience: patience,
      shuffles: shuffles, seed: seed)
  }

  /// One of the parameters.
  public subscript<Value>(dynamicMember member: WritableKeyPath<StochasticParameters, Value>) -> Value {
    get { parameters[keyPath: member] }
    set { parameters[keyPath: member] = newValue }
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: `n` targets, every one finite.
  ///   - weights: how much each sample's steps count.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite`, `parameter`, or `notConverged` when weights grow
  ///   without end.
  /// - Complexity: O(n · d) an epoch.
  public func fit(_ x: Matrix, _ y: [Double], weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.features(x)
    var model = Model(state: StochasticState(width: x.shape[1]), averagesFrom: parameters.averagesFrom)
    try learn(&model, x, y, weights, epochs: parameters.maximumEpochs)
    return model
  }

  /// Goes through more samples once, from where the model is. (scikit-learn: `partial_fit`)
  /// - Throws: ``FitError`` as in fitting.
  public func update(_ model: inout Model, _ x: Matrix, _ y: [Double], weights: [Double]? = nil) throws(FitError) {
    try SampleChecks.features(x, count: model.coefficients.count)
    if y.isEmpty && x.shape[0] == 0 { return }
    try learn(&model, x, y, weights, epochs: 1)
  }

  private func learn(
    _ model: inout Model, _ x: Matrix, _ y: [Double], _ weights: [Double]?, epochs: Int
  ) throws(FitError) {
    try parameters.check()
    try SampleChecks.parameter(loss.number >= 0 && loss.number.isFinite, "loss", "with a number of at least 0", loss)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.finite(y, "target", width: 1)
    try SampleChecks.weights(weights, count: y.count)
    var random = try SeededStart.generator(parameters.seed)
    var shuffle = parameters.shuffles ? StochasticShuffle(&random) : nil
    let samples = StochasticDescent.Samples(x: x.scalars, y: y, weights: weights, width: x.shape[1])
    let outcome = try StochasticDescent(loss: loss.term, parameters: parameters).learn(
      &model.state, samples, shuffle: &shuffle, epochs: epochs)
    (model.epochs, model.hasConverged) = outcome
  }

  /// What `SGDRegressor` has learned: `y = intercept + ∑ coefficient · feature`.
  public struct Model: LinearRegressor, Codable, Equatable {
    fileprivate(set) var state: StochasticState
    private let averagesFrom: Int
    /// How many epochs the last fit or update took.
    public fileprivate(set) var epochs = 0
    /// Whether the objective settled within its epochs.
    public fileprivate(set) var hasConverged = false

    init(state: StochasticState, averagesFrom: Int) {
      self.state = state
      self.averagesFrom = averagesFrom
    }

    private var answer: LinearWeights { state.answer(averagesFrom: averagesFrom) }
    public var coefficients: [Double] { answer.coefficients }
    public var intercept: Double { answer.intercept }
    public static let title = "Stochastic gradient descent"
    public var facts: [String] {
      [hasConverged ? "settled after \(epochs) epochs" : "not settled after \(epochs) epochs"]
    }
  }
}

extension SGDRegressor.Model {
  private enum CodingKeys: String, CodingKey { case state, averagesFrom, epochs, hasConverged }

  /// Writes the weights and where the steps are.
  public func encode(to encoder: any Encoder) throws {
    var file = encoder.container(keyedBy: CodingKeys.self)
    try file.encode([state], forKey: .state)
    try file.encode(averagesFrom, forKey: .averagesFrom)
    try file.encode(epochs, forKey: .epochs)
    try file.encode(hasConverged, forKey: .hasConverged)
  }

  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    state = try StochasticState.read(file, .state, count: 1)[0]
    averagesFrom = try file.decode(Int.self, forKey: .averagesFrom)
    epochs = try file.decode(Int.self, forKey: .epochs)
    hasConverged = try file.decode(Bool.self, forKey: .hasConverged)
  }
}
