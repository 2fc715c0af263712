import MartletNumerics

/// Cuts samples into `k` parts such that a group is never on both sides: all pictures of one patient, say.
/// (scikit-learn: `GroupKFold`)
///
/// Large groups are given out first, each to the part with the fewest samples; with a seed, whole groups are shuffled
/// and cut into parts of as many groups.
public struct GroupKFold: Splitter, Hashable {
  /// How many parts; from 2 to the number of groups.
  public var k: Int
  /// Shuffles the groups; up to 2³² − 1.
  public var seed: UInt64?
  /// Whether each part has each class in about the same proportion. (scikit-learn: `StratifiedGroupKFold`)
  public var isStratified: Bool
  private let groups: [Int]

  /// - Parameters:
  ///   - k: from 2 to the number of groups.
  ///   - groups: the group of each sample.
  ///   - isStratified: keeps classes in proportion as far as whole groups allow.
  ///   - seed: `nil` does not shuffle.
  public init<Group: Hashable>(_ k: Int = 5, groups: [Group], isStratified: Bool = false, seed: UInt64? = nil) {
    self.k = k
    self.seed = seed
    self.isStratified = isStratified
    self.groups = LabelCoding(groups).codes
  }

  public func folds(of samples: SplitSamples) throws(FitError) -> [Fold] {
    try GroupChecks.check(groups, samples.count)
    let groupCount = (groups.max() ?? -1) + 1
    try SplitChecks.parts(k, of: groupCount, "groups")
    let order = try shuffled(groupCount)
    let parts: [Int]
    if isStratified {
      parts = StratifiedGroups(k: k, groups: groups, classes: try samples.classes()).parts(order)
    } else {
      parts = order.map(cut) ?? balanced(groupCount)
    }
    return (0..<k).map { part in Fold(count: samples.count) { parts[groups[$0]] == part } }
  }

  private func shuffled(_ count: Int) throws(FitError) -> [Int]? {
    guard let seed else { return nil }
    var random = try SeededStart.generator(seed)
    return random.permutation(count)
  }

  /// The part of each group, when groups in this order are cut into runs.
  private func cut(_ order: [Int]) -> [Int] {
    var parts = [Int](repeating: 0, count: order.count)
    for (part, range) in EqualParts.ranges(of: order.count, k).enumerated() {
      for place in range { parts[order[place]] = part }
    }
    return parts
  }

  /// The part of each group, when the largest go first, each to the smallest part.
  private func balanced(_ count: Int) -> [Int] {
    var sizes = [Int](repeating: 0, count: count)
    for group in groups { sizes[group] += 1 }
    var parts = [Int](repeating: 0, count: count)
    var filled = [Int](repeating: 0, count: k)
    for group in sizes.indices.sorted(by: { (sizes[$0], $0) > (sizes[$1], $1) }) {
      let lightest = filled.indices.min { (filled[$0], $0) < (filled[$1], $1) } ?? 0
      filled[lightest] += sizes[group]
      parts[group] = lightest
    }
    return parts
  }
}

/// Gives groups to parts so that the classes spread evenly: the most uneven groups first, each to where the shares of
/// the classes differ least afterwards.
private struct StratifiedGroups {
  let k: Int
  let groups: [Int]
  let classes: [Int]

  /// The part of each group; groups that are equally uneven come in the given order.
  func parts(_ order: [Int]?) -> [Int] {
    let classCount = (classes.max() ?? -1) + 1
    let groupCount = (groups.max() ?? -1) + 1
    var counts = [[Double]](repeating: [Double](repeating: 0, count: classCount), count: groupCount)
    var totals = [Double](repeating: 0, count: classCount)
    for (group, code) in zip(groups, classes) {
      counts[group][code] += 1
      totals[code] += 1
    }
    let unevenness = counts.map { Matrix($0).standardDeviation() }
    let order = order ?? Array(0..<groupCount)
    // A stable sort: equally uneven groups keep their order.
    let sorted = order.enumerated().sorted {
      (unevenness[$0.element], -$0.offset) > (unevenness[$1.element], -$1.offset)
    }
    var filled = [[Double]](repeating: [Double](repeating: 0, count: classCount), count: k)
    var parts = [Int](repeating: 0, count: groupCount)
    for (_, group) in sorted {
      let part = best(for: counts[group], filled, totals)
      filled[part] = zip(filled[part], counts[group]).map(+)
      parts[group] = part
    }
    return parts
  }

  private func best(for group: [Double], _ filled: [[Double]], _ totals: [Double]) -> Int {
    var (best, least, fewest) = (0, Double.infinity, Double.infinity)
    for part in 0..<k {
      var trial = filled
      trial[part] = zip(trial[part], group).map(+)
      let spread = mean(
        totals.indices.map { code in Matrix(trial.map { $0[code] / totals[code] }).standardDeviation() })
      let size = filled[part].reduce(0, +)
      let isClose = abs(spread - least) <= 1e-8 + 1e-5 * abs(least)
      if spread < least || isClose && size < fewest { (best, least, fewest) = (part, spread, size) }
    }
    return best
  }
}

/// Tests on every group once. (scikit-learn: `LeaveOneGroupOut`)
public struct LeaveOneGroupOut: Splitter, Hashable {
  private let groups: [Int]

  /// - Parameter groups: the group of each sample; at least two different ones.
  public init<Group: Hashable>(groups: [Group]) { self.groups = LabelCoding(groups).codes }

  public func folds(of samples: SplitSamples) throws(FitError) -> [Fold] {
    try GroupChecks.check(groups, samples.count)
    let groupCount = (groups.max() ?? -1) + 1
    try SplitChecks.parts(2, of: groupCount, "groups")
    return (0..<groupCount).map { group in Fold(count: samples.count) { groups[$0] == group } }
  }
}

/// Random splits that keep groups together. (scikit-learn: `GroupShuffleSplit`)
public struct GroupShuffleSplit: Splitter, Hashable {
  /// How many splits; at least 1. (scikit-learn: `n_splits`)
  public var splits: Int
  /// The fraction of the groups to test on, between 0 and 1.
  public var testSize: Double
  /// Where the random numbers begin; up to 2³² − 1, `nil` for other splits every time.
  public var seed: UInt64?
  private let groups: [Int]

  /// - Parameters:
  ///   - splits: at least 1.
  ///   - groups: the group of each sample.
  ///   - testSize: between 0 and 1; the number of groups is rounded up.
  ///   - seed: up to 2³² − 1.
  public init<Group: Hashable>(_ splits: Int = 5, groups: [Group], testSize: Double = 0.2, seed: UInt64? = nil) {
    self.splits = splits
    self.testSize = testSize
    self.seed = seed
    self.groups = LabelCoding(groups).codes
  }

  public func folds(of samples: SplitSamples) throws(FitError) -> [Fold] {
    try GroupChecks.check(groups, samples.count)
    let ofGroups = ShuffleSplit(splits, testSize: testSize, seed: seed)
    return try ofGroups.folds(count: (groups.max() ?? -1) + 1).map { chosen in
      let (train, test) = (Set(chosen.train), Set(chosen.test))
      return Fold(
        train: groups.indices.filter { train.contains(groups[$0]) },
        test: groups.indices.filter { test.contains(groups[$0]) })
    }
  }
}

enum GroupChecks {
  static func check(_ groups: [Int], _ count: Int) throws(FitError) {
    guard groups.count == count else {
      throw FitError(
        .shape, expected: "one group for each of the \(count) samples", found: "\(groups.count) groups",
        advice: "Cut samples and groups from the same rows.")
    }
  }
}
