import MartletNumerics

/// In which order a boosted tree grows.
public enum TreeGrowthOrder: Sendable, Equatable, Codable {
  /// The leaf with the most to gain is split first. (LightGBM's way)
  case bestLeafFirst
  /// Level by level. (XGBoost's way)
  case levelByLevel
}

/// How borders are found.
public enum BorderSearch: Sendable, Equatable, Codable {
  /// Between at most this many bins a feature, 2 to 255. (scikit-learn: `max_bins`)
  case histogram(bins: Int)
  /// Between any two neighbouring samples: slow on many samples. (XGBoost: `tree_method="exact"`)
  case exact
}

/// What second-order boosting has to choose, whatever it predicts.
public struct BoostingParameters: Sendable, Equatable {
  /// The most rounds, with a tree each, or one for each of more than two classes; at least 1.
  /// (scikit-learn: `max_iter`, LightGBM: `n_estimators`)
  public var rounds = 100
  /// How much of each tree's answer is believed; above 0. (XGBoost: `eta`)
  public var learningRate = 0.1
  /// The most leaves of a tree, at least 2; `nil` for no limit. (LightGBM: `num_leaves`)
  public var maximumLeaves: Int? = 31
  /// The most questions in a row, at least 1; `nil` for no limit.
  public var maximumDepth: Int?
  /// At least this many samples on each side of a split; at least 1. (LightGBM: `min_data_in_leaf`)
  ///
  /// While looking for borders in histograms it is estimated from second derivatives, and made sure of afterwards.
  public var minimumLeafSamples = 20
  /// At least this sum of second derivatives on each side of a split. (XGBoost: `min_child_weight`)
  public var minimumLeafWeight = 1e-3
  /// `λ`, which draws answers towards 0; at least 0. (XGBoost: `lambda`, scikit-learn: `l2_regularization`)
  public var squaredPenalty = 0.0
  /// `α`, which sets small answers to 0; at least 0. (XGBoost: `alpha`)
  public var absolutePenalty = 0.0
  /// `γ`, the least gain of a split; at least 0. (XGBoost: `gamma`, LightGBM: `min_gain_to_split`)
  public var minimumGain = 0.0
  /// In which order trees grow.
  public var order = TreeGrowthOrder.bestLeafFirst
  /// How borders are found.
  public var search = BorderSearch.histogram(bins: 255)
  /// Which fraction of the samples each tree learns from; above 0 and at most 1. (XGBoost: `subsample`)
  public var sampleFraction = 1.0
  /// Which fraction of the features each tree may ask about; above 0 and at most 1. (XGBoost: `colsample_bytree`)
  public var featureFraction = 1.0
  /// By feature, +1 where the prediction may only rise with it and −1 where it may only fall.
  /// (scikit-learn: `monotonic_cst`)
  public var monotone: [Int: Int] = [:]
  /// The columns that hold categories, numbered from 0: their questions are about sets of categories.
  public var categoricalFeatures: [Int] = []
  /// After so many rounds without progress on samples that are held out, fitting ends and keeps the best round; `nil` to
  /// use every round. (XGBoost: `early_stopping_rounds`)
  public var earlyStoppingRounds: Int?
  /// Which fraction is held out to watch for progress where no samples are given for it. (scikit-learn:
  /// `validation_fraction`)
  public var validationFraction = 0.1
  /// Fixes the draws of samples and features; `nil` for other draws each time.
  public var seed: UInt64?

  /// Where trees are fitted to first derivatives alone: their limits, and what their answers are multiplied by.
  struct FirstOrder: Sendable, Equatable {
    var limits: TreeLimits
    var answerScale: Double
  }
  var firstOrder: FirstOrder?

  /// The defaults.
  public init() {}

  var penalty: NewtonPenalty { NewtonPenalty(squared: squaredPenalty, absolute: absolutePenalty) }

  func check(_ x: Matrix) throws(FitError) {
    try SampleChecks.parameter(rounds > 0, "rounds", "of at least 1", rounds)
    try SampleChecks.parameter(learningRate > 0 && learningRate.isFinite, "learningRate", "above 0", learningRate)
    for (name, value) in [("sampleFraction", sampleFraction), ("featureFraction", featureFraction)] {
      try SampleChecks.parameter(value > 0 && value <= 1, name, "above 0 and at most 1", value)
    }
    for (name, value) in [
      ("minimumLeafWeight", minimumLeafWeight), ("squaredPenalty", squaredPenalty),
      ("absolutePenalty", absolutePenalty), ("minimumGain", minimumGain),
    ] {
      try SampleChecks.parameter(value >= 0 && value.isFinite, name, "of at least 0", value)
    }
    try SampleChecks.parameter(
      validationFraction > 0 && validationFraction < 1, "validationFraction", "between 0 and 1", validationFraction)
    try SampleChecks.parameter((maximumLeaves ?? 2) > 1, "maximumLeaves", "of at least 2, or nil", maximumLeaves ?? 0)
    try SampleChecks.parameter((maximumDepth ?? 1) > 0, "maximumDepth", "of at least 1, or nil", maximumDepth ?? 0)
    try SampleChecks.parameter(minimumLeafSamples > 0, "minimumLeafSamples", "of at least 1", minimumLeafSamples)
    try SampleChecks.parameter(
      (earlyStoppingRounds ?? 1) > 0, "earlyStoppingRounds", "of at least 1, or nil", earlyStoppingRounds ?? 0)
    if case .histogram(let bins) = search {
      try SampleChecks.parameter(2...255 ~= bins, "bins", "from 2 to 255", bins)
    }
    try TreeChecks.categories(x, categoricalFeatures)
    try checkMonotone(x.shape[1])
  }

  private func checkMonotone(_ width: Int) throws(FitError) {
    for (feature, direction) in monotone.sorted(by: { $0.key < $1.key }) {
      try SampleChecks.parameter(0..<width ~= feature, "monotone", "for features from 0 to \(width - 1)", feature)
      try SampleChecks.parameter(-1...1 ~= direction, "monotone", "of −1, 0 or 1", direction)
      try SampleChecks.parameter(
        !categoricalFeatures.contains(feature), "monotone", "for features that are numbers", "category \(feature)")
    }
    if search == .exact {
      try SampleChecks.parameter(
        featureFraction == 1, "featureFraction", "of 1 where borders are exact", featureFraction)
      try SampleChecks.parameter(monotone.isEmpty, "search", "in histograms where features are monotone", "exact")
      try SampleChecks.parameter(
        order == .bestLeafFirst || maximumLeaves == nil, "maximumLeaves",
        "of nil where an exact tree grows level by level", maximumLeaves ?? 0)
    }
  }
}
