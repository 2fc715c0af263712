import MartletNumerics

/// Finds the best question for a node.
struct NodeSplitter<Criterion: SplitCriterion> {
  let features: RankedFeatures
  let rows: GrowingRows<Criterion.Observation>
  let limits: TreeLimits
  let rule: SplitRule
  /// The least weight that a side must have.
  let minimumLeafWeight: Double
  private let candidates: Int
  /// The features in the order they are looked at; kept between nodes, so that drawing needs no copy.
  private var order: [Int]
  private let sorter: RankSort
  /// A rank in the upper half, a place in the node in the lower; freed by `deallocate`.
  private let entries: UnsafeMutablePointer<UInt64>
  private let bins: BorderBins
  /// Whether any border may be chosen.
  private let allowsAllBorders: Bool

  init(
    _ features: RankedFeatures, _ rows: GrowingRows<Criterion.Observation>, _ limits: TreeLimits, _ rule: SplitRule,
    minimumLeafWeight: Double
  ) {
    self.features = features
    self.rows = rows
    self.limits = limits
    self.rule = rule
    self.minimumLeafWeight = minimumLeafWeight
    candidates = limits.maximumFeatures.of(features.featureCount)
    order = Array(0..<features.featureCount)
    sorter = RankSort(capacity: rows.count)
    entries = .allocate(capacity: max(1, rows.count))
    bins = BorderBins(capacity: rows.count)
    allowsAllBorders = rule == .best && limits.minimumLeafSamples == 1 && minimumLeafWeight <= 0
  }

  func deallocate() {
    sorter.deallocate()
    entries.deallocate()
    bins.deallocate()
  }

  /// The best question about the samples at `range`, which the criterion has taken.
  ///
  /// At least one question is found if there is any: where all features drawn are constant, more are drawn.
  mutating func best(
    _ range: Range<Int>, _ criterion: inout Criterion, _ random: inout PCG64
  ) -> SplitChoice {
    var choice = SplitChoice()
    let draws = candidates < order.count
    for looked in order.indices {
      if looked >= candidates && choice.isFound { break }
      if draws { order.swapAt(looked, looked + random.integer(below: order.count - looked)) }
      let feature = order[looked]
      if allowsAllBorders, range.count >= BorderBins.worthBins, !features.hasMissing[feature],
        !features.isCategorical[feature], let pairs = Criterion.pairs(rows.observations + range.lowerBound)
      {
        tryBins(feature, range, pairs, &choice)
        continue
      }
      let found = gather(feature, range)
      guard found.smallest < found.largest || (found.missing > 0 && found.present > 0) else { continue }
      if features.isCategorical[feature] {
        tryCategories(feature, range, found, &criterion, &choice)
      } else if rule == .random {
        tryRandomBorder(feature, range, found, &criterion, &choice, &random)
      } else {
        sorter.sort(entries, found.present, differing: found.differing)
        tryBorders(feature, range, found, &criterion, &choice)
      }
    }
    return choice
  }

  /// What a node's samples have of a feature.
  struct Gathered {
    var present = 0
    var missing = 0
    var smallest = UInt32.max
    var largest: UInt32 = 0
    /// The bits in which their ranks differ.
    var differing: UInt32 = 0
  }

  /// Collects the node's ranks in `entries`; places with a missing value come behind the others.
  private func gather(_ feature: Int, _ range: Range<Int>) -> Gathered {
    let column = features.column(feature)
    let samples = rows.samples + range.lowerBound
    var found = Gathered()
    var (all, any) = (UInt32.max, UInt32(0))
    for place in 0..<range.count {
      let rank = column[Int(samples[place])]
      if rank == RankedFeatures.missing {
        found.missing += 1
        entries[range.count - found.missing] = UInt64(place)
        continue
      }
      entries[found.present] = UInt64(rank) << 32 | UInt64(place)
      found.present += 1
      found.smallest = min(found.smallest, rank)
      found.largest = max(found.largest, rank)
      all &= rank
      any |= rank
    }
    found.differing = found.present > 0 ? all ^ any : 0
    return found
  }

  /// Tries every border between two ranks where bins can tell which may be best.
  private func tryBins(
    _ feature: Int, _ range: Range<Int>, _ pairs: UnsafePointer<ClassPair>, _ choice: inout SplitChoice
  ) {
    let column = features.column(feature)
    let (samples, ranks) = (rows.samples + range.lowerBound, bins.ranks)
    var bounds = (smallest: UInt32.max, largest: UInt32.min)
    for place in 0..<range.count {
      let rank = column[Int(samples[place])]
      ranks[place] = rank
      bounds = (min(bounds.smallest, rank), max(bounds.largest, rank))
    }
    guard bounds.smallest < bounds.largest,
      let border = bins.best(pairs, range.count, bounds, above: choice.score, sorter, entries),
      choice.isBeaten(by: border.score)
    else { return }
    let (low, high) = bins.neighbours(of: border.limit, range.count)
    choice = SplitChoice(feature: feature, score: border.score, low: low, high: high)
  }

  /// Tries every border between two ranks, with the missing values on the right and then on the left.
  private func tryBorders(
    _ feature: Int, _ range: Range<Int>, _ found: Gathered, _ criterion: inout Criterion, _ choice: inout SplitChoice
  ) {
    scan(feature, range, found, missingLeft: false, &criterion, &choice)
    if found.missing > 0 { scan(feature, range, found, missingLeft: true, &criterion, &choice) }
  }

  private func scan(
    _ feature: Int, _ range: Range<Int>, _ found: Gathered, missingLeft: Bool, _ original: inout Criterion,
    _ choice: inout SplitChoice
  ) {
    // A copy whose sums stay in registers; they begin again before anyone else looks at them.
    var criterion = original
    criterion.restart()
    let observations = rows.observations + range.lowerBound
    var best = choice.score
    var border = -1
    if missingLeft { moveMissing(range, found, &criterion) }
    let before = missingLeft ? found.missing : 0
    let (first, last) = (limits.minimumLeafSamples, range.count - limits.minimumLeafSamples)
    // Behind the last present sample there is a border when missing values are on the right.
    let borders = missingLeft || found.missing == 0 ? found.present - 1 : found.present
    for i in 0..<borders {
      let entry = entries[i]
      let place = Int(truncatingIfNeeded: entry & 0xffff_ffff)
      criterion.move(observations[place])
      if i + 1 < found.present && entry >> 32 == entries[i + 1] >> 32 { continue }
      let left = before + i + 1
      guard left >= first, left <= last, isHeavyEnough(criterion) else { continue }
      let score = criterion.score
      if score > best { (best, border) = (score, i) }
    }
    guard border >= 0, choice.isBeaten(by: best) else { return }
    choice = SplitChoice(
      feature: feature, score: best, low: UInt32(entries[border] >> 32),
      high: border + 1 < found.present ? UInt32(entries[border + 1] >> 32) : RankedFeatures.missing,
      missingGoesLeft: missingLeft, hasMissing: found.missing > 0)
  }

  @inline(__always)
  private func isHeavyEnough(_ criterion: Criterion) -> Bool {
    minimumLeafWeight <= 0
      || (criterion.leftWeight >= minimumLeafWeight && criterion.weight - criterion.leftWeight >= minimumLeafWeight)
  }

  private func moveMissing(_ range: Range<Int>, _ found: Gathered, _ criterion: inout Criterion) {
    for i in found.present..<range.count {
      let place = range.lowerBound + Int(entries[i])
      criterion.move(rows.observations[place])
    }
  }

  /// Tries one border between the node's smallest and largest value.
  private func tryRandomBorder(
    _ feature: Int, _ range: Range<Int>, _ found: Gathered, _ criterion: inout Criterion, _ choice: inout SplitChoice,
    _ random: inout PCG64
  ) {
    let values = features.distinct[feature]
    var (low, high) = (found.largest, RankedFeatures.missing)
    var threshold = Double.infinity
    if found.smallest < found.largest {
      let (least, most) = (values[Int(found.smallest)], values[Int(found.largest)])
      threshold = min(least + random.uniform() * (most - least), most.nextDown)
      // The last rank that is not above the threshold.
      (low, high) = (found.smallest, found.largest)
      while high - low > 1 {
        let middle = low + (high - low) / 2
        if values[Int(middle)] <= threshold { low = middle } else { high = middle }
      }
    }
    for missingLeft in found.missing > 0 && threshold.isFinite ? [false, true] : [false] {
      criterion.restart()
      if missingLeft { moveMissing(range, found, &criterion) }
      var left = missingLeft ? found.missing : 0
      for i in 0..<found.present where entries[i] >> 32 <= low {
        let place = range.lowerBound + Int(truncatingIfNeeded: entries[i] & 0xffff_ffff)
        criterion.move(rows.observations[place])
        left += 1
      }
      let isAllowed = min(left, range.count - left) >= limits.minimumLeafSamples && isHeavyEnough(criterion)
      guard isAllowed, criterion.score > choice.score, choice.isBeaten(by: criterion.score) else { continue }
      choice = SplitChoice(
        feature: feature, score: criterion.score, low: low, high: high, threshold: threshold,
        missingGoesLeft: missingLeft, hasMissing: found.missing > 0)
    }
  }
}

extension NodeSplitter {
  /// Tries subsets of the categories.
  ///
  /// Where the criterion orders categories, the best subset is a beginning of that order, so borders in it are tried as if
  /// it were a number. Otherwise each category is tried against the rest.
  ///
  /// Reference: Breiman and others (1984), Classification and regression trees, theorem 4.5.
  private func tryCategories(
    _ feature: Int, _ range: Range<Int>, _ found: Gathered, _ criterion: inout Criterion, _ choice: inout SplitChoice
  ) {
    guard let places = placesInOrder(feature, range, found, criterion) else {
      sorter.sort(entries, found.present, differing: found.differing)
      return tryEachCategory(feature, range, found, &criterion, &choice)
    }
    var differing: UInt32 = 0
    for i in 0..<found.present {
      let place = places[Int(entries[i] >> 32)]
      entries[i] = UInt64(place) << 32 | entries[i] & 0xffff_ffff
      differing |= place
    }
    sorter.sort(entries, found.present, differing: differing)
    let before = choice.score
    tryBorders(feature, range, found, &criterion, &choice)
    if choice.score > before {
      // Categories that are not in the node have the place `missing`: they go right.
      let low = choice.low
      choice.leftRanks = places.map { $0 <= low }
    }
  }

  /// By rank, the place of a category in the order of the categories' means; `nil` where the criterion has no order.
  private func placesInOrder(
    _ feature: Int, _ range: Range<Int>, _ found: Gathered, _ criterion: Criterion
  ) -> [UInt32]? {
    let count = features.distinct[feature].count
    var (sums, weights) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
    for i in 0..<found.present {
      let (rank, place) = (Int(entries[i] >> 32), range.lowerBound + Int(truncatingIfNeeded: entries[i] & 0xffff_ffff))
      let term = criterion.orderTerm(rows.observations[place])
      sums[rank] += term.sum
      weights[rank] += term.weight
    }
    var means: [(rank: Int, mean: Double)] = []
    for rank in 0..<count where weights[rank] > 0 {
      guard let mean = criterion.categoryOrder(sums[rank], weights[rank]) else { return nil }
      means.append((rank, mean))
    }
    means.sort { ($0.mean, $0.rank) < ($1.mean, $1.rank) }
    var places = [UInt32](repeating: RankedFeatures.missing, count: count)
    for (place, entry) in means.enumerated() { places[entry.rank] = UInt32(place) }
    return places
  }

  private func tryEachCategory(
    _ feature: Int, _ range: Range<Int>, _ found: Gathered, _ criterion: inout Criterion, _ choice: inout SplitChoice
  ) {
    var first = 0
    while first < found.present {
      let rank = entries[first] >> 32
      criterion.restart()
      var end = first
      while end < found.present && entries[end] >> 32 == rank {
        let place = range.lowerBound + Int(truncatingIfNeeded: entries[end] & 0xffff_ffff)
        criterion.move(rows.observations[place])
        end += 1
      }
      let left = end - first
      let isAllowed = min(left, range.count - left) >= limits.minimumLeafSamples && isHeavyEnough(criterion)
      if isAllowed && criterion.score > choice.score {
        var leftRanks = [Bool](repeating: false, count: features.distinct[feature].count)
        leftRanks[Int(rank)] = true
        choice = SplitChoice(
          feature: feature, score: criterion.score, hasMissing: found.missing > 0, leftRanks: leftRanks)
      }
      first = end
    }
  }
}
