import MartletNumerics

/// Independent random splits; a sample may be tested on several times or never. (scikit-learn: `ShuffleSplit`,
/// `StratifiedShuffleSplit`)
public struct ShuffleSplit: Splitter, Hashable {
  /// How many splits; at least 1. (scikit-learn: `n_splits`)
  public var splits: Int
  /// The fraction to test on, between 0 and 1; the number of samples is rounded up.
  public var testSize: Double
  /// Whether both sides have each class in the same proportion.
  public var isStratified: Bool
  /// Where the random numbers begin; up to 2³² − 1, `nil` for other splits every time.
  public var seed: UInt64?

  /// - Parameters:
  ///   - splits: at least 1.
  ///   - testSize: between 0 and 1.
  ///   - isStratified: keeps classes in proportion.
  ///   - seed: up to 2³² − 1.
  public init(_ splits: Int = 10, testSize: Double = 0.1, isStratified: Bool = false, seed: UInt64? = nil) {
    self.splits = splits
    self.testSize = testSize
    self.isStratified = isStratified
    self.seed = seed
  }

  public func folds(of samples: SplitSamples) throws(FitError) -> [Fold] {
    try SampleChecks.parameter(splits > 0, "splits", "above 0", splits)
    var random = try SeededStart.generator(seed)
    let classes = isStratified ? try samples.classes() : nil
    var folds: [Fold] = []
    for _ in 0..<splits {
      let split =
        if let classes {
          try TrainTestSplit(stratifiedBy: classes, testSize: testSize, &random)
        } else {
          try TrainTestSplit(count: samples.count, testSize: testSize, &random)
        }
      folds.append(Fold(train: split.train, test: split.test))
    }
    return folds
  }
}

/// Tests on later samples what was learned from earlier ones. (scikit-learn: `TimeSeriesSplit`)
///
///     try TimeSeriesSplit(3).folds(count: 4).map(\.train)      // [[0], [0, 1], [0, 1, 2]]
public struct TimeSeriesSplit: Splitter, Hashable {
  /// How many splits; at least 2. (scikit-learn: `n_splits`)
  public var splits: Int
  /// How many samples each test has; by default `count / (splits + 1)`.
  public var testCount: Int?
  /// The most samples to learn from, the latest; `nil` for all before the test. (scikit-learn: `max_train_size`)
  public var maximumTrainCount: Int?
  /// How many samples are left out between learning and testing.
  public var gap: Int

  /// - Parameters:
  ///   - splits: at least 2.
  ///   - testCount: at least 1.
  ///   - maximumTrainCount: at least 1.
  ///   - gap: at least 0.
  public init(_ splits: Int = 5, testCount: Int? = nil, maximumTrainCount: Int? = nil, gap: Int = 0) {
    self.splits = splits
    self.testCount = testCount
    self.maximumTrainCount = maximumTrainCount
    self.gap = gap
  }

  public func folds(of samples: SplitSamples) throws(FitError) -> [Fold] {
    try SampleChecks.parameter(gap >= 0, "gap", "of at least 0", gap)
    try SampleChecks.parameter(maximumTrainCount ?? 1 > 0, "maximumTrainCount", "above 0", maximumTrainCount ?? 1)
    try SplitChecks.parts(splits, of: samples.count - 1, "samples after the first")
    let testCount = testCount ?? samples.count / (splits + 1)
    try SampleChecks.parameter(testCount > 0, "testCount", "above 0", testCount)
    guard samples.count / splits >= testCount, samples.count - splits * testCount - gap > 0 else {
      throw FitError(
        .tooFewSamples, expected: "samples for \(splits) tests of \(testCount) after a gap of \(gap), and one before",
        found: "\(samples.count)", advice: "Use fewer splits, shorter tests or a smaller gap.")
    }
    return stride(from: samples.count - splits * testCount, to: samples.count, by: testCount).map { start in
      let end = start - gap
      let first = maximumTrainCount.map { max(0, end - $0) } ?? 0
      return Fold(train: Array(first..<end), test: Array(start..<start + testCount))
    }
  }
}

/// Tests on every choice of `p` samples. (scikit-learn: `LeavePOut`; with `p` = 1, `LeaveOneOut`)
public struct LeavePOut: Splitter, Hashable {
  /// How many samples are tested on at a time; at least 1.
  public var p: Int
  /// At most this many folds are made, since their number grows like `nᵖ`.
  static let limit = 1_000_000

  /// - Parameter p: from 1 to one less than the number of samples.
  public init(_ p: Int) { self.p = p }

  public func folds(of samples: SplitSamples) throws(FitError) -> [Fold] {
    try SampleChecks.parameter(p > 0, "p", "above 0", p)
    guard samples.count > p else {
      throw FitError(
        .tooFewSamples, expected: "more than \(p) samples", found: "\(samples.count)", advice: "Use more samples.")
    }
    let choices = binomialCoefficient(samples.count, p)
    try SampleChecks.parameter(
      choices <= Double(Self.limit), "p", "for which there are at most \(Self.limit) folds", "\(choices) of them")
    var folds: [Fold] = []
    var chosen = Array(0..<p)
    while true {
      let tested = Set(chosen)
      folds.append(Fold(count: samples.count, testing: tested.contains))
      guard let moving = chosen.indices.last(where: { chosen[$0] < samples.count - p + $0 }) else { return folds }
      chosen[moving] += 1
      for place in moving + 1..<p where moving + 1 < p { chosen[place] = chosen[place - 1] + 1 }
    }
  }
}

/// Tests on every sample once, having learned from all others. (scikit-learn: `LeaveOneOut`)
public struct LeaveOneOut: Splitter, Hashable {
  /// A splitter with nothing to choose.
  public init() {}
  public func folds(of samples: SplitSamples) throws(FitError) -> [Fold] { try LeavePOut(1).folds(of: samples) }
}

/// Folds that are known beforehand. (scikit-learn: `PredefinedSplit`)
public struct GivenFolds: Splitter {
  /// The folds.
  public var folds: [Fold]
  /// - Parameter folds: places within the samples, at least one on each side.
  public init(_ folds: [Fold]) { self.folds = folds }

  public func folds(of samples: SplitSamples) throws(FitError) -> [Fold] {
    for fold in folds {
      guard !fold.train.isEmpty, !fold.test.isEmpty,
        (fold.train + fold.test).allSatisfy((0..<samples.count).contains)
      else {
        throw FitError(
          .parameter, expected: "folds with samples on both sides, from 0 to \(samples.count - 1)",
          found: "\(fold.train.count) to learn from and \(fold.test.count) to test on, some of them elsewhere",
          advice: "Make the folds for as many samples as there are.")
      }
    }
    return folds
  }
}
