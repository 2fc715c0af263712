import CMartletRuntime
import MartletDisplay
import MartletFrames
import MartletModels
import MartletNumerics

/// Finds a threshold for each group, so that groups are treated alike and as few as possible are misjudged.
///
///     let optimizer = GroupThresholdOptimizer(.demographicParity, tolerance: 0.05)
///     let thresholds = try optimizer.fit(scores: p, actual: isPositive, groups: sexes)
///     thresholds.thresholds["female"]                        // who has at least this score is chosen
///     let fair = try thresholds.predict(scores: pTest, groups: sexesTest)
///
/// The model stays as it is; only what counts as high enough changes. That treats people of equal score differently by
/// their group, which may be forbidden where it is meant to help.
///
/// Of all thresholds with a difference within the tolerance on these samples it takes the most accurate. On other samples
/// the difference is larger by chance.
///
/// Reference: Hardt, Price and Srebro (2016), Equality of opportunity in supervised learning.
public struct GroupThresholdOptimizer: Sendable {
  /// What is to be alike.
  public enum Constraint: Sendable {
    /// How often each group is chosen.
    case demographicParity
    /// How often those are chosen who should be: true positive rates.
    case equalOpportunity
    /// How often those are chosen who should not be: false positive rates.
    case falsePositiveParity
  }

  /// What is to be alike.
  public var constraint: Constraint
  /// By how much groups may differ, from 0 to 1.
  public var tolerance: Double

  /// - Parameters:
  ///   - constraint: what is to be alike.
  ///   - tolerance: by how much groups may differ, from 0 to 1.
  public init(_ constraint: Constraint = .demographicParity, tolerance: Double = 0.05) {
    self.constraint = constraint
    self.tolerance = tolerance
  }

  /// - Parameters:
  ///   - scores: how sure the model is that each sample is positive: probabilities, or any scores.
  ///   - actual: whether each is positive.
  ///   - groups: the group of each sample.
  /// - Throws: ``FitError`` of kind `shape`, `notFinite`, `parameter`, or `tooFewClasses` when there are fewer than two
  ///   groups, or a group has no samples that the constraint counts.
  /// - Complexity: O(n log n + n · windows), of which there are at most 2000.
  public func fit(scores: [Double], actual: [Bool], groups: [some Hashable]) throws(FitError) -> GroupThresholds {
    try SampleChecks.parameter((0...1).contains(tolerance), "tolerance", "from 0 to 1", tolerance)
    try GroupChecks.paired(["scores": scores.count, "actual": actual.count, "groups": groups.count])
    try SampleChecks.finite(scores, "score", width: 1)
    let members = GroupChecks.members(groups)
    guard members.count > 1 else {
      throw FitError(
        .tooFewClasses, expected: "at least two groups", found: "only \(members.first?.name ?? "none")",
        advice: "Give samples of every group that is to be treated alike.")
    }
    var curves: [GroupCurve] = []
    for group in members {
      let own = group.rows.map { (score: scores[$0], isPositive: actual[$0]) }
      guard let curve = GroupCurve(own, constraint) else {
        throw FitError(
          .tooFewClasses, expected: "samples of each group that the constraint counts",
          found: "none in '\(group.name)'", advice: "Add samples, or choose another constraint.")
      }
      curves.append(curve)
    }
    let chosen = best(curves)
    return GroupThresholds(
      thresholds: Dictionary(uniqueKeysWithValues: zip(members.map(\.name), chosen.map(\.threshold))),
      accuracy: chosen.reduce(0) { $0 + Double($1.right) } / Double(scores.count),
      difference: GroupChecks.difference(chosen.map(\.rate)))
  }

  /// The most accurate choice with all rates in a window as wide as the tolerance.
  private func best(_ curves: [GroupCurve]) -> [GroupCurve.Cut] {
    let starts = Set(curves.flatMap { $0.cuts.map(\.rate) }).sorted()
    let step = max((starts.count + 1999) / 2000, 1)
    var best: [GroupCurve.Cut]?
    var closest: (gap: Double, cuts: [GroupCurve.Cut])?
    for place in stride(from: 0, to: starts.count, by: step) {
      martlet_poll()
      let start = starts[place]
      // Rounding must not keep a rate out of its window.
      let inside = curves.compactMap { $0.best(from: start, to: start + tolerance + 1e-12) }
      if inside.count == curves.count {
        if inside.reduce(0, { $0 + $1.right }) > best?.reduce(0, { $0 + $1.right }) ?? -1 { best = inside }
      } else if best == nil {
        let near = curves.map { $0.nearest(to: start) }
        let gap = GroupChecks.difference(near.map(\.rate))
        if gap < closest?.gap ?? .infinity { closest = (gap, near) }
      }
    }
    // Every start is some group's rate, so that there is at least the closest choice.
    return best ?? closest?.cuts ?? []
  }
}

/// All thresholds of a group, with what each would do.
struct GroupCurve {
  /// One threshold.
  struct Cut {
    let threshold: Double
    /// What is to be alike.
    let rate: Double
    /// How many samples are judged rightly.
    let right: Int
  }

  /// By rising rate.
  let cuts: [Cut]

  /// `nil` where the constraint counts none of the samples.
  init?(_ samples: [(score: Double, isPositive: Bool)], _ constraint: GroupThresholdOptimizer.Constraint) {
    func counts(_ isPositive: Bool) -> Bool {
      switch constraint {
      case .demographicParity: true
      case .equalOpportunity: isPositive
      case .falsePositiveParity: !isPositive
      }
    }
    let whole = samples.count { counts($0.isPositive) }
    guard whole > 0 else { return nil }
    let sorted = samples.sorted { $0.score > $1.score }
    var chosen = 0
    var right = samples.count { !$0.isPositive }
    var cuts = [Cut(threshold: sorted[0].score.nextUp, rate: 0, right: right)]
    for (place, sample) in sorted.enumerated() {
      chosen += counts(sample.isPositive) ? 1 : 0
      right += sample.isPositive ? 1 : -1
      // Samples of equal score are chosen together.
      if place + 1 < sorted.count, sorted[place + 1].score == sample.score { continue }
      let next = place + 1 < sorted.count ? sorted[place + 1].score : sample.score
      cuts.append(
        Cut(threshold: next / 2 + sample.score / 2, rate: Double(chosen) / Double(whole), right: right))
    }
    self.cuts = cuts
  }

  /// The most accurate cut with a rate in a range; `nil` where there is none.
  func best(from low: Double, to high: Double) -> Cut? {
    var best: Cut?
    for cut in cuts where cut.rate >= low && cut.rate <= high && cut.right > best?.right ?? -1 { best = cut }
    return best
  }

  /// The cut whose rate is closest.
  func nearest(to rate: Double) -> Cut {
    // There is always the cut that chooses nobody.
    cuts.min { abs($0.rate - rate) < abs($1.rate - rate) } ?? cuts[0]
  }
}

/// A threshold for each group: what ``GroupThresholdOptimizer`` has found.
public struct GroupThresholds: Sendable, Equatable, Codable {
  /// Samples with at least this score are chosen, by group.
  public let thresholds: [String: Double]
  /// The fraction of right decisions on the samples that they were chosen with.
  public let accuracy: Double
  /// By how much groups differ on these samples in what was to be alike.
  public let difference: Double

  /// Who is chosen.
  ///
  /// - Throws: ``FitError`` of kind `shape` when the lists differ in length, `parameter` for a group without a threshold.
  public func predict(scores: [Double], groups: [some Hashable]) throws(FitError) -> [Bool] {
    try GroupChecks.paired(["scores": scores.count, "groups": groups.count])
    var chosen: [Bool] = []
    for (score, group) in zip(scores, groups) {
      guard let threshold = thresholds["\(group)"] else {
        throw FitError(
          .parameter, expected: "one of the groups \(thresholds.keys.sorted().joined(separator: ", "))",
          found: "\(group)", advice: "Choose thresholds with samples of this group.")
      }
      chosen.append(score >= threshold)
    }
    return chosen
  }
}

extension GroupThresholds: RichDisplayable, CustomStringConvertible {
  private enum CodingKeys: String, CodingKey { case thresholds, accuracy, difference }

  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    thresholds = try file.decode([String: Double].self, forKey: .thresholds)
    accuracy = try file.decode(Double.self, forKey: .accuracy)
    difference = try file.decode(Double.self, forKey: .difference)
    try ModelChecks.fits(
      thresholds.count > 1 && thresholds.values.allSatisfy(\.isFinite), file, .thresholds,
      "finite thresholds of at least two groups")
    try ModelChecks.fits((0...1).contains(accuracy), file, .accuracy, "an accuracy from 0 to 1")
    try ModelChecks.fits((0...1).contains(difference), file, .difference, "a difference from 0 to 1")
  }

  private var table: ModelTable {
    let names = thresholds.keys.sorted()
    let facts = FrameNumberFormat.texts([accuracy, difference])
    let numbers = FrameNumberFormat.texts(names.map { thresholds[$0] ?? .nan })
    return ModelTable(
      title: "Thresholds by group", facts: ["accuracy \(facts[0]), groups differ by \(facts[1])"],
      header: ["group", "threshold"], rows: names.indices.map { [names[$0], numbers[$0]] })
  }

  /// A row for each group, for a terminal.
  public var description: String { table.text }
  /// A row for each group, as text and as a table.
  public func displayBundle() -> DisplayBundle { table.displayBundle() }
}
