import CMartletRuntime
import MartletFrames

/// Finds what is bought together: "who takes bread and butter also takes milk".
///
/// A set of items is frequent when at least `minimumSupport` of all baskets have it; a rule `A → B` holds with confidence
/// `support(A ∪ B) / support(A)`, and its lift says how much likelier `B` is with `A` than anyway.
///
///     let rules = try AssociationRules(minimumSupport: 0.4, minimumConfidence: 0.7).find(in: [
///       ["bread", "milk"], ["bread", "butter", "milk"], ["bread", "butter"], ["milk"], ["bread", "butter", "milk"],
///     ])
///     rules[0].description      // butter → bread: support 0.6, confidence 1, lift 1.25
///
/// Reference: Agrawal and Srikant (1994), Fast algorithms for mining association rules (Apriori).
public struct AssociationRules: Sendable, Hashable {
  /// The least part of baskets that have a set; above 0, up to 1.
  public var minimumSupport: Double
  /// The least confidence of a rule; from 0 to 1.
  public var minimumConfidence: Double
  /// At most how many items a set has; `nil` for any number.
  public var maximumItems: Int?

  public init(minimumSupport: Double = 0.1, minimumConfidence: Double = 0.5, maximumItems: Int? = nil) {
    self.minimumSupport = minimumSupport
    self.minimumConfidence = minimumConfidence
    self.maximumItems = maximumItems
  }

  /// A set of items that are often together.
  public struct FrequentSet<Item: Hashable & Comparable & Sendable>: Sendable, Hashable {
    /// In ascending order.
    public let items: [Item]
    /// The part of baskets that have them all.
    public let support: Double
  }

  /// What follows from what.
  public struct Rule<Item: Hashable & Comparable & Sendable>: Sendable, Hashable, CustomStringConvertible {
    /// What is there, in ascending order.
    public let antecedent: [Item]
    /// What is then likely there too, in ascending order.
    public let consequent: [Item]
    /// The part of baskets that have all of both.
    public let support: Double
    /// The part of baskets with the antecedent that have the consequent too.
    public let confidence: Double
    /// How much likelier the consequent is with the antecedent than anyway; 1 where they have nothing to do with each other.
    public let lift: Double

    public var description: String {
      func list(_ items: [Item]) -> String { items.map { "\($0)" }.joined(separator: ", ") }
      let texts = FrameNumberFormat.texts([support]) + FrameNumberFormat.texts([confidence])
      return "\(list(antecedent)) → \(list(consequent)): support \(texts[0]), confidence \(texts[1]), lift "
        + FrameNumberFormat.texts([lift])[0]
    }
  }

  /// All frequent sets, small ones first, each size in ascending order.
  ///
  /// - Throws: ``FitError`` of kind `parameter` or `tooFewSamples`.
  /// - Complexity: O(baskets · candidates) for each size of set.
  public func frequentSets<Item: Hashable & Comparable & Sendable>(
    in baskets: [[Item]]
  ) throws(FitError) -> [FrequentSet<Item>] {
    try SampleChecks.parameter(
      minimumSupport > 0 && minimumSupport <= 1, "minimumSupport", "above 0, up to 1", minimumSupport)
    try SampleChecks.parameter(
      (0...1).contains(minimumConfidence), "minimumConfidence", "from 0 to 1", minimumConfidence)
    try SampleChecks.parameter(maximumItems ?? 1 > 0, "maximumItems", "above 0", maximumItems ?? 1)
    guard !baskets.isEmpty else {
      throw FitError(.tooFewSamples, expected: "at least one basket", found: "none", advice: "Add baskets.")
    }
    let names = Array(Set(baskets.joined())).sorted()
    let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    // Which baskets have each item: sets of them are intersected instead of looking through all baskets again.
    var holders = [Set<Int>](repeating: [], count: names.count)
    for (number, basket) in baskets.enumerated() {
      for item in basket { if let place = places[item] { holders[place].insert(number) } }
    }
    let total = Double(baskets.count)
    func isFrequent(_ count: Int) -> Bool { Double(count) / total >= minimumSupport - 1e-12 }
    var level = names.indices.filter { isFrequent(holders[$0].count) }.map { (items: [$0], baskets: holders[$0]) }
    var found: [FrequentSet<Item>] = []
    while !level.isEmpty {
      martlet_poll()
      found += level.map { FrequentSet(items: $0.items.map { names[$0] }, support: Double($0.baskets.count) / total) }
      if let maximumItems, level[0].items.count >= maximumItems { break }
      level = grown(level, isFrequent)
    }
    return found
  }

  /// Sets with one item more: two that differ in their last item make one, if all its parts are frequent.
  private func grown(
    _ level: [(items: [Int], baskets: Set<Int>)], _ isFrequent: (Int) -> Bool
  ) -> [(items: [Int], baskets: Set<Int>)] {
    let known = Set(level.map(\.items))
    var next: [(items: [Int], baskets: Set<Int>)] = []
    for (place, first) in level.enumerated() {
      for second in level[(place + 1)...] {
        guard first.items.dropLast() == second.items.dropLast() else { break }
        let items = first.items + second.items.suffix(1)
        let parts = items.indices.map { left in items.indices.filter { $0 != left }.map { items[$0] } }
        guard parts.allSatisfy(known.contains) else { continue }
        let both = first.baskets.intersection(second.baskets)
        if isFrequent(both.count) { next.append((items, both)) }
      }
    }
    return next
  }

  /// All rules, those with the largest lift first, then the largest confidence and support.
  ///
  /// - Throws: ``FitError`` of kind `parameter` or `tooFewSamples`.
  public func find<Item: Hashable & Comparable & Sendable>(in baskets: [[Item]]) throws(FitError) -> [Rule<Item>] {
    let sets = try frequentSets(in: baskets)
    let support = Dictionary(uniqueKeysWithValues: sets.map { ($0.items, $0.support) })
    var rules: [Rule<Item>] = []
    for set in sets where set.items.count > 1 && set.items.count < 20 {
      for mask in 1..<(1 << set.items.count) - 1 {
        let antecedent = set.items.indices.filter { mask & (1 << $0) != 0 }.map { set.items[$0] }
        let consequent = set.items.indices.filter { mask & (1 << $0) == 0 }.map { set.items[$0] }
        // Every part of a frequent set is frequent, so both are there.
        guard let before = support[antecedent], let anyway = support[consequent] else { continue }
        let confidence = set.support / before
        guard confidence >= minimumConfidence - 1e-12 else { continue }
        rules.append(
          Rule(
            antecedent: antecedent, consequent: consequent, support: set.support, confidence: confidence,
            lift: confidence / anyway))
      }
    }
    func comesFirst(_ a: Rule<Item>, _ b: Rule<Item>) -> Bool {
      let (left, right) = ([a.lift, a.confidence, a.support], [b.lift, b.confidence, b.support])
      if let place = left.indices.first(where: { abs(left[$0] - right[$0]) > 1e-12 }) {
        return left[place] > right[place]
      }
      let (first, second) = (a.antecedent + a.consequent, b.antecedent + b.consequent)
      return a.antecedent == b.antecedent
        ? first.lexicographicallyPrecedes(second) : a.antecedent.lexicographicallyPrecedes(b.antecedent)
    }
    return rules.sorted(by: comesFirst)
  }
}
