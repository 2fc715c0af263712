import MartletNumerics

/// How good an order of results is: gains of relevant ones, less the further down they are.
///
/// `DCG = ∑ relevance / log₂(place + 1)`, divided by that of the best order. Results with equal scores share the mean of
/// their places' discounts.
///
///     normalizedDiscountedGain(relevance: [10, 0, 0, 1, 5], scores: [0.1, 0.2, 0.3, 4, 70])      // 0.6956940443813076
/// - Parameters:
///   - relevance: how relevant each result is, at least 0.
///   - scores: larger for what is ranked higher.
///   - k: only the first `k` places count; `nil` for all.
/// - Returns: from 0 to 1; 0 when nothing is relevant. (scikit-learn: `ndcg_score`)
///
/// Reference: Järvelin and Kekäläinen (2002), Cumulated gain-based evaluation of IR techniques.
public func normalizedDiscountedGain(relevance: [Double], scores: [Double], k: Int? = nil) -> Double {
  if let wrong = relevance.first(where: { !($0 >= 0) }) {
    fatalError("normalizedDiscountedGain needs relevance of at least 0; found \(wrong).")
  }
  let best = discountedGain(relevance: relevance, scores: relevance, k: k)
  return best == 0 ? 0 : discountedGain(relevance: relevance, scores: scores, k: k) / best
}

/// The discounted gain itself: `∑ relevance / log₂(place + 1)`. (scikit-learn: `dcg_score`)
public func discountedGain(relevance: [Double], scores: [Double], k: Int? = nil) -> Double {
  MetricChecks.pairs(scores.count, relevance.count, "discountedGain")
  let order = Matrix(scores.map { -$0 }).argSort().scalars
  func discount(_ place: Int) -> Double { place < k ?? .max ? 1 / log2(Double(place) + 2) : 0 }
  var (gain, start) = (0.0, 0)
  while start < order.count {
    var end = start + 1
    while end < order.count, scores[order[end]] == scores[order[start]] { end += 1 }
    let tied = start..<end
    let relevant = tied.reduce(0) { $0 + relevance[order[$1]] } / Double(tied.count)
    gain += relevant * tied.reduce(0) { $0 + discount($1) }
    start = end
  }
  return gain
}

/// One over the place of the first relevant result; 0 when there is none.
///
///     reciprocalRank(ranked: ["c", "a", "b"], relevant: ["a"])      // 0.5
/// The mean over queries is the mean reciprocal rank (MRR).
public func reciprocalRank<Item: Hashable>(ranked: [Item], relevant: Set<Item>) -> Double {
  ranked.firstIndex(where: relevant.contains).map { 1 / Double($0 + 1) } ?? 0
}

/// The fraction of the relevant items that is among the first `k`; 0 when nothing is relevant.
public func recall<Item: Hashable>(atRank k: Int, ranked: [Item], relevant: Set<Item>) -> Double {
  relevant.isEmpty ? 0 : Double(RankChecks.hits(k, ranked, relevant)) / Double(relevant.count)
}

/// The fraction of the first `k` that is relevant; places without a result count as misses.
public func precision<Item: Hashable>(atRank k: Int, ranked: [Item], relevant: Set<Item>) -> Double {
  Double(RankChecks.hits(k, ranked, relevant)) / Double(k)
}

/// Whether any of the first `k` is relevant: 1 or 0; the mean over queries is the hit rate.
public func hitRate<Item: Hashable>(atRank k: Int, ranked: [Item], relevant: Set<Item>) -> Double {
  RankChecks.hits(k, ranked, relevant) > 0 ? 1 : 0
}

/// The mean of the precisions at the places of the relevant results, misses counting 0.
///
///     averagePrecision(ranked: ["a", "x", "b"], relevant: ["a", "b"])      // 0.8333333333333333
/// The mean over queries is the mean average precision (MAP).
/// - Parameter k: only the first `k` places count, and at most `k` items can be found; `nil` for all.
public func averagePrecision<Item: Hashable>(ranked: [Item], relevant: Set<Item>, k: Int? = nil) -> Double {
  RankChecks.check(k ?? 1, ranked)
  let possible = min(relevant.count, k ?? .max)
  guard possible > 0 else { return 0 }
  var (hits, sum) = (0.0, 0.0)
  for (place, item) in ranked.prefix(k ?? .max).enumerated() where relevant.contains(item) {
    hits += 1
    sum += hits / Double(place + 1)
  }
  return sum / Double(possible)
}

private enum RankChecks {
  static func check<Item: Hashable>(_ k: Int, _ ranked: [Item]) {
    guard k > 0 else { fatalError("Ranks are counted from 1; found \(k).") }
    guard Set(ranked).count == ranked.count else { fatalError("A ranking has every item once.") }
  }

  static func hits<Item: Hashable>(_ k: Int, _ ranked: [Item], _ relevant: Set<Item>) -> Int {
    check(k, ranked)
    return ranked.prefix(k).count(where: relevant.contains)
  }
}
