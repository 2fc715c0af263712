/// What stochastic descent has to choose, whatever it predicts.
public struct StochasticParameters: Sendable, Equatable {
  /// What holds weights back.
  public var penalty = StochasticPenalty.l2
  /// How much weights are held back; at least 0. (scikit-learn: `alpha`)
  public var regularization = 1e-4
  /// How long steps are.
  public var rate: StochasticRate
  /// Whether there are intercepts; without, what is predicted for features of zero is fixed.
  public var fitsIntercept = true
  /// From which step on the answer is the mean of the weights after each step; 0 for the last ones. (scikit-learn: `average`)
  public var averagesFrom = 0
  /// The most passes through the samples. (scikit-learn: `max_iter`)
  public var maximumEpochs = 1_000
  /// It has settled when ``patience`` epochs in a row do not lower the mean objective by this; `nil` for all epochs.
  /// (scikit-learn: `tol`)
  public var tolerance: Double? = 1e-3
  /// How many epochs without progress it takes. (scikit-learn: `n_iter_no_change`)
  public var patience = 5
  /// Whether samples come in another order each epoch.
  public var shuffles = true
  /// Fixes that order; up to 2³² − 1, `nil` for another every time.
  public var seed: UInt64?

  /// The defaults, with a step length.
  public init(rate: StochasticRate) { self.rate = rate }

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
