import CMartletRuntime
import MartletFrames
import MartletNumerics

/// Linear regression step by step: what ``LinearRegression`` solves at once, found by going downhill.
///
/// Goes against the gradient of the mean squared error, of all samples at a time or of a few: `w ← w − rate · ∇`. Its
/// model keeps the loss and, if asked, the weights after each epoch, for a picture of the way.
///
///     let model = try GradientDescentRegressor(keepsPath: true).fit(x, y)
///     model.history              // the mean squared error after each epoch
///     model.path                 // intercept and coefficients after each epoch
///
/// With all samples at a time it arrives at the least squares; the flatter the valley, the longer it takes. Scaled
/// features make a round one.
public struct GradientDescentRegressor: SupervisedEstimator {
  /// The length of a step for a gradient of 1; by default the largest that is certain not to run away with all samples at a
  /// time, `1 / λ` for the largest eigenvalue `λ` of twice the features' mean products.
  public var learningRate: Double?
  /// How many samples each step looks at; `nil` for all of them.
  public var batchSize: Int?
  /// How much of the last step is kept, from 0 to below 1.
  public var momentum: Double
  /// The rate falls with the number of epochs behind: `rate / (1 + decay · epochs)`; at least 0.
  public var decay: Double
  /// It has arrived when no component of the gradient of all samples is larger than this.
  public var gradientTolerance: Double
  /// The most passes through the samples; at least 1.
  public var maximumEpochs: Int
  /// Whether the model keeps the weights after each epoch.
  public var keepsPath: Bool
  /// Fixes the order of samples, where a step looks at a few; `nil` for another every time.
  public var seed: UInt64?

  /// - Parameters:
  ///   - learningRate: above 0, or `nil` for one that suits the features.
  ///   - batchSize: at least 1, or `nil` for all samples.
  ///   - momentum: from 0 to below 1.
  ///   - decay: at least 0.
  ///   - gradientTolerance: at least 0.
  ///   - maximumEpochs: at least 1.
  ///   - keepsPath: `true` to draw the way.
  ///   - seed: fixes the order of samples.
  public init(
    learningRate: Double? = nil, batchSize: Int? = nil, momentum: Double = 0, decay: Double = 0,
    gradientTolerance: Double = 1e-8, maximumEpochs: Int = 10_000, keepsPath: Bool = false, seed: UInt64? = nil
  ) {
    self.learningRate = learningRate
    self.batchSize = batchSize
    self.momentum = momentum
    self.decay = decay
    self.gradientTolerance = gradientTolerance
    self.maximumEpochs = maximumEpochs
    self.keepsPath = keepsPath
    self.seed = seed
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: `n` targets, every one finite.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite`, `parameter`, or `notConverged` when the steps run
  ///   away.
  /// - Complexity: O(n · d) an epoch.
  public func fit(_ x: Matrix, _ y: [Double]) throws(FitError) -> Model {
    try check()
    try SampleChecks.features(x)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.finite(y, "target", width: 1)
    let input = Matrix.concatenated([Matrix.ones(y.count, 1), x], axis: 1)
    let rate: Double
    if let learningRate { rate = learningRate } else { rate = try steepest(input) }
    var random = PCG64(seed: batchSize == nil ? 0 : seed ?? Random.nextSeed())
    var weights = Matrix.zeros(x.shape[1] + 1)
    var velocity = weights
    var history = [loss(input, y, weights)]
    var path = keepsPath ? [weights.scalars] : []
    var hasConverged = false
    let progress = FitProgress.begin("epochs", of: maximumEpochs)
    for epoch in 0..<maximumEpochs {
      martlet_poll()
      defer { progress?.advance() }
      let length = rate / (1 + decay * Double(epoch))
      if let batchSize {
        let order = random.permutation(y.count)
        for first in stride(from: 0, to: y.count, by: batchSize) {
          let rows = Array(order[first..<min(first + batchSize, y.count)])
          velocity = velocity * momentum - gradient(input[rows: rows], rows.map { y[$0] }, weights) * length
          weights += velocity
        }
      } else {
        velocity = velocity * momentum - gradient(input, y, weights) * length
        weights += velocity
      }
      history.append(loss(input, y, weights))
      if keepsPath { path.append(weights.scalars) }
      guard history[epoch + 1].isFinite else {
        throw FitError(
          .notConverged, expected: "a loss that falls", found: "infinity after \(epoch + 1) epochs",
          advice: "Take a smaller learningRate, or scale the features with StandardScaler.")
      }
      hasConverged = gradient(input, y, weights).scalars.allSatisfy { abs($0) <= gradientTolerance }
      if hasConverged { break }
    }
    return Model(
      weights: LinearWeights(coefficients: Array(weights.scalars.dropFirst()), intercept: weights[0]), history: history,
      path: path, learningRate: rate, hasConverged: hasConverged)
  }

  private func check() throws(FitError) {
    let rate = learningRate ?? 1
    try SampleChecks.parameter(rate > 0 && rate.isFinite, "learningRate", "above 0", rate)
    try SampleChecks.parameter(batchSize ?? 1 > 0, "batchSize", "above 0, or nil", batchSize ?? 0)
    try SampleChecks.parameter(momentum >= 0 && momentum < 1, "momentum", "from 0 to below 1", momentum)
    try SampleChecks.parameter(decay >= 0 && decay.isFinite, "decay", "of at least 0", decay)
    try SampleChecks.parameter(gradientTolerance >= 0, "gradientTolerance", "of at least 0", gradientTolerance)
    try SampleChecks.parameter(maximumEpochs > 0, "maximumEpochs", "above 0", maximumEpochs)
  }

  private func gradient(_ x: Matrix, _ y: [Double], _ weights: Matrix) -> Matrix {
    ((x • weights - Matrix(y)) • x) * (2 / Double(y.count))
  }

  private func loss(_ x: Matrix, _ y: [Double], _ weights: Matrix) -> Double {
    let missed = x • weights - Matrix(y)
    return missed.dot(missed) / Double(y.count)
  }

  private func steepest(_ x: Matrix) throws(FitError) -> Double {
    let products = x.transposed() • x * (2 / Double(x.shape[0]))
    let eigen = try SampleChecks.algebra("eigenvalues of the features' products") { () throws(LinearAlgebraError) in
      try products.symmetricEigen()
    }
    return 1 / (eigen.values.max() ?? 1)
  }

  /// What `GradientDescentRegressor` has learned: `y = intercept + ∑ coefficient · feature`.
  public struct Model: LinearRegressor, Codable, Equatable {
    let weights: LinearWeights
    /// The mean squared error before the first epoch and after each.
    public let history: [Double]
    /// Intercept and coefficients before the first epoch and after each, where they were kept.
    public let path: [[Double]]
    /// The length of a step for a gradient of 1.
    public let learningRate: Double
    /// Whether the gradient vanished within the epochs.
    public let hasConverged: Bool

    public var coefficients: [Double] { weights.coefficients }
    public var intercept: Double { weights.intercept }
    /// How many epochs it took.
    public var epochs: Int { history.count - 1 }
    public static let title = "Linear regression by gradient descent"
    public var facts: [String] {
      [hasConverged ? "arrived after \(epochs) epochs" : "not arrived after \(epochs) epochs"]
    }
  }
}
