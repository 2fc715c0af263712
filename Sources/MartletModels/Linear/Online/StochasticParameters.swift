/// What stochastic descent has to choose, whatever it predicts.
public struct StochasticParameters: Sendable, Equatable {
  /// What holds weights back.
  public var penalty: StochasticPenalty
  /// How much weights are held back; at least 0. (scikit-learn: `alpha`)
  public var regularization: Double
  /// How long steps are.
  public var rate: StochasticRate
  /// Whether there are intercepts; without, what is predicted for features of zero is fixed.
  public var fitsIntercept: Bool
  /// From which step on the answer is the mean of the weights after each step; 0 for the last ones. (scikit-learn: `average`)
  public var averagesFrom: Int
  /// The most passes through the samples. (scikit-learn: `max_iter`)
  public var maximumEpochs: Int
  /// It has settled when ``patience`` epochs in a row do not lower the mean objective by this; `nil` for all epochs.
  /// (scikit-learn: `tol`)
  public var tolerance: Double?
  /// How many epochs without progress it takes. (scikit-learn: `n_iter_no_change`)
  public var patience: Int
  /// Whether samples come in another order each epoch.
  public var shuffles: Bool
  /// Fixes that order; up to 2³² − 1, `nil` for another every time.
  public var seed: UInt64?

  /// - Parameters:
  ///   - penalty: what holds weights back.
  ///   - regularization: how much; at least 0.
  ///   - rate: how long steps are.
  ///   - fitsIntercept: whether there are intercepts.
  ///   - averagesFrom: 0, or the step from which on weights are averaged.
  ///   - maximumEpochs: at least 1.
  ///   - tolerance: `nil` for all epochs.
  ///   - patience: at least 1.
  ///   - shuffles: `false` takes samples in their order.
  ///   - seed: fixes the order.
  public init(
    penalty: StochasticPenalty = .l2, regularization: Double = 1e-4, rate: StochasticRate, fitsIntercept: Bool = true,
    averagesFrom: Int = 0, maximumEpochs: Int = 1_000, tolerance: Double? = 1e-3, patience: Int = 5,
    shuffles: Bool = true, seed: UInt64? = nil
  ) {
    (self.penalty, self.regularization, self.rate) = (penalty, regularization, rate)
    (self.fitsIntercept, self.averagesFrom) = (fitsIntercept, averagesFrom)
    (self.maximumEpochs, self.tolerance, self.patience) = (maximumEpochs, tolerance, patience)
    (self.shuffles, self.seed) = (shuffles, seed)
  }

  func check() throws(FitError) {
    try SampleChecks.parameter(
      regularization >= 0 && regularization.isFinite, "regularization", "of at least 0", regularization)
    try SampleChecks.parameter((0...1).contains(penalty.l1Ratio), "l1Ratio", "from 0 to 1", penalty.l1Ratio)
    try SampleChecks.parameter(maximumEpochs > 0, "maximumEpochs", "above 0", maximumEpochs)
    try SampleChecks.parameter(patience > 0, "patience", "above 0", patience)
    try SampleChecks.parameter(averagesFrom >= 0, "averagesFrom", "of at least 0", averagesFrom)
    switch rate {
    case .optimal: try SampleChecks.parameter(regularization > 0, "regularization", "above 0 for the optimal rate", 0)
    case .constant(let rate), .adaptive(let rate):
      try SampleChecks.parameter(rate > 0 && rate.isFinite, "rate", "above 0", rate)
    case .inverseScaling(let start, let power):
      try SampleChecks.parameter(start > 0 && start.isFinite, "rate", "above 0", start)
      try SampleChecks.parameter(power.isFinite, "power", "finite", power)
    }
  }
}
