import MartletDisplay
import MartletFrames
import MartletNumerics

/// Why a predictor of numbers is wrong: because it is too rigid (bias), because it follows the accidents of its training
/// samples (variance), or because nobody can know better (noise).
///
/// `error = squaredBias + variance + noise`, in squared units of the target.
///
/// Reference: Hastie, Tibshirani and Friedman (2009), The Elements of Statistical Learning, section 7.3.
public struct BiasVariance: Sendable, Equatable, Codable {
  /// The mean squared error over training sets, test samples and their answers.
  public let error: Double
  /// The mean squared distance of the average prediction from the truth.
  public let squaredBias: Double
  /// How much predictions for the same sample differ between training sets.
  public let variance: Double
  /// How much answers for the same sample differ; 0 where that is not known, when bias includes it.
  public let noise: Double

  /// Fits to every training set and compares with a known truth.
  ///
  /// - Parameters:
  ///   - trainingSets: independent draws of samples and answers; at least two.
  ///   - xTest: the test samples.
  ///   - truth: the noiseless answer of each test sample.
  ///   - answers: several noisy answers for each test sample: shape `[samples, draws]`.
  /// - Throws: ``FitError``.
  public static func measure<Estimator: SupervisedEstimator>(
    _ estimator: Estimator, trainingSets: [(x: Estimator.Features, y: [Double])], xTest: Estimator.Features,
    truth: [Double], answers: Matrix
  ) throws(FitError) -> BiasVariance
  where Estimator.Target == [Double], Estimator.Model: Regressor, Estimator.Features: SampleCollection & Sendable {
    try SampleChecks.parameter(trainingSets.count > 1, "trainingSets", "with at least two", trainingSets.count)
    guard answers.rank == 2, answers.shape[0] == truth.count, answers.shape[1] > 0, xTest.sampleCount == truth.count
    else {
      throw FitError(
        .shape, expected: "a truth and a row of answers for each of the \(xTest.sampleCount) test samples",
        found: "\(truth.count) truths and answers of shape \(answers.shape)", advice: "Make them from the same samples."
      )
    }
    let sets = trainingSets
    let predictions = try ConcurrentTasks.map(sets.count, showing: "samples of the data") { (place) throws(FitError) in
      try estimator.fit(sets[place].x, sets[place].y).predict(xTest)
    }
    let table = Matrix(predictions)
    let average = table.mean(axis: 0)
    let square = { (x: Matrix) in (x * x).mean() }
    // The error over all pairs of a prediction and an answer of the same sample.
    let error = (0..<answers.shape[1]).map { square(table - answers.column($0)) }.reduce(0, +)
    return BiasVariance(
      error: error / Double(answers.shape[1]), squaredBias: square(average - Matrix(truth)),
      variance: table.variance(axis: 0).mean(), noise: answers.variance(axis: 1).mean())
  }

  /// Fits to bootstrap samples of one training set, where no more can be drawn; the bias then includes the noise.
  ///
  /// - Parameters:
  ///   - rounds: how many bootstrap samples; at least 2.
  ///   - seed: up to 2³² − 1.
  /// - Throws: ``FitError``.
  public static func bootstrap<Estimator: SupervisedEstimator>(
    _ estimator: Estimator, _ x: Estimator.Features, _ y: [Double], xTest: Estimator.Features, yTest: [Double],
    rounds: Int = 200, seed: UInt64? = nil
  ) throws(FitError) -> BiasVariance
  where Estimator.Target == [Double], Estimator.Model: Regressor, Estimator.Features: SampleCollection & Sendable {
    try SampleChecks.parameter(rounds > 1, "rounds", "above 1", rounds)
    var random = try SeededStart.generator(seed)
    let sets = (0..<rounds).map { _ in
      let drawn = (0..<y.count).map { _ in random.integer(below: y.count) }
      return (x: x.samples(at: drawn), y: y.samples(at: drawn))
    }
    return try measure(
      estimator, trainingSets: sets, xTest: xTest, truth: yTest, answers: Matrix(yTest, shape: [yTest.count, 1]))
  }
}

extension BiasVariance: CustomStringConvertible, RichDisplayable {
  private var table: ModelTable {
    let texts = FrameNumberFormat.texts([squaredBias, variance, noise, error])
    return ModelTable(
      title: "Why predictions are wrong", facts: [], header: ["part", "squared error"],
      rows: zip(["bias²", "variance", "noise", "together"], texts).map { [$0, $1] })
  }
  /// The parts of the error.
  public var description: String { table.text }
  /// The same as a table.
  public func displayBundle() -> DisplayBundle { table.displayBundle() }
}
