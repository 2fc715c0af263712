import MartletNumerics

/// Cuts samples into `k` parts of equal size; each is tested on once. (scikit-learn: `KFold`)
///
///     try KFold(3).folds(count: 7).map(\.test)      // [[0, 1, 2], [3, 4], [5, 6]]
///
/// Without a seed the parts are runs of neighbouring samples: shuffle data that are sorted.
public struct KFold: Splitter, Hashable {
  /// How many parts; at least 2. (scikit-learn: `n_splits`)
  public var k: Int
  /// Shuffles the samples first, with scikit-learn's shuffle for `shuffle=True, random_state=seed`; up to 2³² − 1.
  public var seed: UInt64?

  /// - Parameters:
  ///   - k: from 2 to the number of samples.
  ///   - seed: `nil` leaves the samples in their order.
  public init(_ k: Int = 5, seed: UInt64? = nil) {
    self.k = k
    self.seed = seed
  }

  public func folds(of samples: SplitSamples) throws(FitError) -> [Fold] {
    var random = try seed.map { seed throws(FitError) in try SeededStart.generator(seed) }
    return try folds(of: samples, &random)
  }

  /// The folds, shuffled where there is a generator.
  func folds(of samples: SplitSamples, _ random: inout MT19937?) throws(FitError) -> [Fold] {
    try SplitChecks.parts(k, of: samples.count, "samples")
    let order = random?.permutation(samples.count) ?? Array(0..<samples.count)
    var parts = [Int](repeating: 0, count: samples.count)
    for (part, range) in EqualParts.ranges(of: samples.count, k).enumerated() {
      for place in range { parts[order[place]] = part }
    }
    return (0..<k).map { part in Fold(count: samples.count) { parts[$0] == part } }
  }
}

/// Cuts samples into `k` parts that have each class in the same proportion. (scikit-learn: `StratifiedKFold`)
///
///     try StratifiedKFold(2).folds(labels: ["a", "a", "b", "b"]).map(\.test)      // [[0, 2], [1, 3]]
public struct StratifiedKFold: Splitter, Hashable {
  /// How many parts; at least 2. (scikit-learn: `n_splits`)
  public var k: Int
  /// Shuffles the samples of each class first; up to 2³² − 1.
  public var seed: UInt64?

  /// - Parameters:
  ///   - k: from 2 to the number of samples of the commonest class.
  ///   - seed: `nil` leaves the samples in their order.
  public init(_ k: Int = 5, seed: UInt64? = nil) {
    self.k = k
    self.seed = seed
  }

  public func folds(of samples: SplitSamples) throws(FitError) -> [Fold] {
    var random = try seed.map { seed throws(FitError) in try SeededStart.generator(seed) }
    return try folds(of: samples, &random)
  }

  func folds(of samples: SplitSamples, _ random: inout MT19937?) throws(FitError) -> [Fold] {
    try SplitChecks.parts(k, of: samples.count, "samples")
    let codes = try samples.classes()
    var members: [[Int]] = []
    var places: [Int: Int] = [:]
    for (sample, code) in codes.enumerated() {  // classes in order of appearance, as scikit-learn counts them here
      let place = places[code] ?? members.count
      if place == members.count {
        places[code] = place
        members.append([])
      }
      members[place].append(sample)
    }
    try SplitChecks.parts(k, of: members.map(\.count).max() ?? 0, "samples of the commonest class")
    let shares = shares(of: members.map(\.count))
    var parts = [Int](repeating: 0, count: codes.count)
    for (place, rows) in members.enumerated() {
      var own = (0..<k).flatMap { [Int](repeating: $0, count: shares[place][$0]) }
      random?.shuffle(&own)
      for (row, part) in zip(rows, own) { parts[row] = part }
    }
    return (0..<k).map { part in Fold(count: codes.count) { parts[$0] == part } }
  }

  /// How many samples of each class each part gets: sorted by class, every `k`-th sample goes to the same part.
  private func shares(of counts: [Int]) -> [[Int]] {
    var shares = counts.map { _ in [Int](repeating: 0, count: k) }
    var place = 0
    for (code, count) in counts.enumerated() {
      for _ in 0..<count {
        shares[code][place % k] += 1
        place += 1
      }
    }
    return shares
  }
}

/// `k`-fold cross-validation several times over, shuffled anew each time. (scikit-learn: `RepeatedKFold`,
/// `RepeatedStratifiedKFold`)
public struct RepeatedKFold: Splitter, Hashable {
  /// How many parts; at least 2.
  public var k: Int
  /// How often; at least 1. (scikit-learn: `n_repeats`)
  public var repetitions: Int
  /// Whether each part has each class in the same proportion.
  public var isStratified: Bool
  /// Where the random numbers begin; up to 2³² − 1, `nil` for other folds every time.
  public var seed: UInt64?

  /// - Parameters:
  ///   - k: from 2 to the number of samples.
  ///   - repetitions: at least 1.
  ///   - isStratified: keeps classes in proportion.
  ///   - seed: up to 2³² − 1.
  public init(_ k: Int = 5, repetitions: Int = 10, isStratified: Bool = false, seed: UInt64? = nil) {
    self.k = k
    self.repetitions = repetitions
    self.isStratified = isStratified
    self.seed = seed
  }

  public func folds(of samples: SplitSamples) throws(FitError) -> [Fold] {
    try SampleChecks.parameter(repetitions > 0, "repetitions", "above 0", repetitions)
    var random: MT19937? = try SeededStart.generator(seed)
    var folds: [Fold] = []
    for _ in 0..<repetitions {
      folds +=
        isStratified
        ? try StratifiedKFold(k).folds(of: samples, &random) : try KFold(k).folds(of: samples, &random)
    }
    return folds
  }
}

/// Ranges that together are `0..<count`, the first ones longer by one where it does not divide.
enum EqualParts {
  static func ranges(of count: Int, _ parts: Int) -> [Range<Int>] {
    var start = 0
    return (0..<parts).map { part in
      let end = start + count / parts + (part < count % parts ? 1 : 0)
      defer { start = end }
      return start..<end
    }
  }
}

/// What splitters ask before they cut.
enum SplitChecks {
  static func parts(_ k: Int, of count: Int, _ what: String) throws(FitError) {
    try SampleChecks.parameter(k >= 2, "k", "of at least 2", k)
    guard k <= count else {
      throw FitError(
        .tooFewSamples, expected: "at least \(k) \(what), one for each part", found: "\(count)",
        advice: "Use more samples or fewer parts.")
    }
  }
}
