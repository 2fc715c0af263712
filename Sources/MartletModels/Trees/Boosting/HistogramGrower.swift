import CMartletRuntime
import MartletNumerics

/// Grows one boosted tree from histograms.
struct HistogramGrower {
  /// Fewer samples are not worth waking another core.
  private static let worthCores = 1 << 10

  private let features: BinnedFeatures
  private let parameters: BoostingParameters
  private let search: HistogramSearch
  private let allowed: [Int]
  private let allowedByGroup: [[Int]]
  private let derivatives: PackedDerivatives
  private let rows: RowPartition
  private let pool: HistogramPool
  private var tree: DecisionTree
  private(set) var ranges: [Range<Int>] = []
  private var bounds: [ClosedRange<Double>] = []

  /// - Parameters:
  ///   - rows: the samples to learn from; afterwards those of each leaf are a range.
  ///   - allowed: the features to ask about.
  init(
    _ features: BinnedFeatures, _ parameters: BoostingParameters, _ derivatives: PackedDerivatives,
    _ rows: RowPartition,
    _ pool: HistogramPool, allowed: [Int]
  ) {
    self.features = features
    self.parameters = parameters
    self.derivatives = derivatives
    self.rows = rows
    self.pool = pool
    self.allowed = allowed
    allowedByGroup = (0..<features.groupCount).map { group in
      allowed.filter { $0 / BinnedFeatures.groupWidth == group }
    }
    search = HistogramSearch(features: features, parameters: parameters, derivatives: derivatives)
    tree = DecisionTree(featureCount: features.featureCount, outputCount: 1)
  }

  /// A leaf whose best question is looked for.
  private struct Seed {
    var node: Int
    var depth: Int
    var sums: NodeSums
    var histogram: GradientHistogram
  }

  /// A leaf that could be split.
  private struct Bud {
    var seed: Seed
    var split: HistogramSplit
  }

  /// A tree whose leaves have no answers yet, and where each leaf's samples are.
  mutating func grow() -> (tree: DecisionTree, ranges: [Range<Int>], bounds: [ClosedRange<Double>]) {
    var buds: [Bud] = []
    let root = NodeSums(packed: rows.sum(0..<rows.count, derivatives.values), count: rows.count)
    _ = append(root, 0..<rows.count)
    if canSplit(root, depth: 0) {
      let histogram = pool.take()
      buds = self.buds(
        [Seed(node: 0, depth: 0, sums: root, histogram: histogram)], filling: histogram, of: 0, from: nil)
    }
    var leaves = 1
    while leaves < parameters.maximumLeaves ?? .max, let place = next(buds) {
      martlet_poll()
      buds += split(buds.remove(at: place), isLast: leaves + 1 == parameters.maximumLeaves)
      leaves += 1
    }
    for bud in buds { pool.give(bud.seed.histogram) }
    return (tree, ranges, bounds)
  }

  private func next(_ buds: [Bud]) -> Int? {
    switch parameters.order {
    case .bestLeafFirst: buds.indices.max { buds[$0].split.gain < buds[$1].split.gain }
    case .levelByLevel: buds.map(\.seed).enumerated().min { ($0.1.depth, $0.1.node) < ($1.1.depth, $1.1.node) }?.offset
    }
  }

  private mutating func append(_ sums: NodeSums, _ range: Range<Int>) -> Int {
    let hessian = derivatives.hessian(sums.packed)
    let node = tree.appendLeaf(impurity: 0, samples: sums.count, weight: hessian)
    tree.values.append(search.answer(derivatives.gradient(sums.packed), hessian, sums.bounds))
    ranges.append(range)
    bounds.append(sums.bounds)
    return node
  }

  private func canSplit(_ sums: NodeSums, depth: Int) -> Bool {
    depth < parameters.maximumDepth ?? .max && sums.count >= 2 * parameters.minimumLeafSamples
      && derivatives.hessian(sums.packed) >= 2 * parameters.minimumLeafWeight
  }

  /// Looks for the best questions of one or two leaves; gives the histograms back of those that have none.
  ///
  /// Group by group of the features, each on one core, a histogram is filled, taken away from another, and both are searched
  /// while they are in the cache.
  /// - Parameters:
  ///   - histogram: the one to fill with the samples of a node.
  ///   - parent: the one to take it away from, `nil` at the root.
  private func buds(
    _ seeds: [Seed], filling histogram: GradientHistogram, of node: Int, from parent: GradientHistogram?
  ) -> [Bud] {
    let (rows, count, groups) = (rows.rows + ranges[node].lowerBound, ranges[node].count, features.groupCount)
    let isNarrow = groups < Parallel.threadLimit
    if isNarrow { histogram.fill(features, rows, count, derivatives.values) }
    var found = [HistogramSplit](repeating: HistogramSplit(), count: seeds.count * groups)
    found.withUnsafeMutableBufferPointer { found in
      // Each piece fills its own places, and its own group of the histograms.
      nonisolated(unsafe) let (found, rows, grower) = (found, rows, self)
      func look(_ group: Int) {
        if !isNarrow { histogram.fill(group..<group + 1, grower.features, rows, count, grower.derivatives.values) }
        parent?.subtract(histogram, group: group)
        for (place, seed) in seeds.enumerated() {
          found[place * groups + group] = grower.search.best(
            seed.histogram, seed.sums, allowed: grower.allowedByGroup[group])
        }
      }
      if count < Self.worthCores { for group in 0..<groups { look(group) } } else { Parallel.forEach(groups, look) }
    }
    return seeds.enumerated().compactMap { place, seed in
      // Of equal ones the first feature's.
      let best = found[place * groups..<(place + 1) * groups].reduce(HistogramSplit()) { $1.gain > $0.gain ? $1 : $0 }
      return bud(seed, best)
    }
  }

  private func bud(_ seed: Seed, _ found: HistogramSplit) -> Bud? {
    var split = found
    if split.isFound && !leavesEnough(split, seed.node, seed.sums) {
      // The estimate of a side's samples was too high; count them.
      let range = ranges[seed.node]
      let counts = GradientHistogram.counts(features, rows.rows + range.lowerBound, range.count)
      split = search.best(seed.histogram, seed.sums, allowed: allowed, counts: counts)
    }
    guard split.isFound else {
      pool.give(seed.histogram)
      return nil
    }
    return Bud(seed: seed, split: split)
  }

  private func leavesEnough(_ split: HistogramSplit, _ node: Int, _ sums: NodeSums) -> Bool {
    // No sample has more than the largest second derivative; where that settles it, nothing is counted.
    let least = Double(parameters.minimumLeafSamples) * 1.001 * derivatives.largestHessian
    let (left, right) = (derivatives.hessian(split.left), derivatives.hessian(sums.packed &- split.left))
    if parameters.minimumLeafSamples == 1 || min(left, right) > least { return true }
    let range = ranges[node]
    let count = rows.count(range, features.column(split.feature), table(split))
    return min(count, range.count - count) >= parameters.minimumLeafSamples
  }

  /// By bin, 1 where it goes left.
  private func table(_ split: HistogramSplit) -> [UInt8] {
    guard let bin = split.bin else { return split.leftBins.map { $0 ? 1 : 0 } }
    var table = (0..<GradientHistogram.bins).map { UInt8($0 <= bin ? 1 : 0) }
    table[BinMapper.missingBin] = split.missingGoesLeft ? 1 : 0
    return table
  }

  private mutating func split(_ bud: Bud, isLast: Bool) -> [Bud] {
    let (split, seed, range) = (bud.split, bud.seed, ranges[bud.seed.node])
    let border = rows.partition(range, features.column(split.feature), table(split))
    var left = NodeSums(packed: split.left, count: border - range.lowerBound, bounds: seed.sums.bounds)
    var right = NodeSums(
      packed: seed.sums.packed &- split.left, count: range.upperBound - border, bounds: seed.sums.bounds)
    holdApart(&left, &right, split.feature)
    ask(seed.node, split, isLeftLarger: left.count > right.count)
    let leftNode = append(left, range.lowerBound..<border)
    let rightNode = append(right, border..<range.upperBound)
    tree.link(leftNode, to: seed.node, isLeft: true)
    tree.link(rightNode, to: seed.node, isLeft: false)
    let depth = seed.depth + 1
    let canGrow = isLast ? [false, false] : [canSplit(left, depth: depth), canSplit(right, depth: depth)]
    guard canGrow[0] || canGrow[1] else {
      pool.give(seed.histogram)
      return []
    }
    let isLeftSmaller = left.count <= right.count
    let smaller = pool.take()
    let children = [
      Seed(node: leftNode, depth: depth, sums: left, histogram: isLeftSmaller ? smaller : seed.histogram),
      Seed(node: rightNode, depth: depth, sums: right, histogram: isLeftSmaller ? seed.histogram : smaller),
    ]
    defer { for side in 0..<2 where !canGrow[side] { pool.give(children[side].histogram) } }
    return buds(
      [0, 1].filter { canGrow[$0] }.map { children[$0] }, filling: smaller, of: isLeftSmaller ? leftNode : rightNode,
      from: seed.histogram)
  }

  /// Under a monotone constraint all answers on one side stay below the middle, all on the other above.
  private func holdApart(_ left: inout NodeSums, _ right: inout NodeSums, _ feature: Int) {
    guard let constraint = parameters.monotone[feature], constraint != 0 else { return }
    func answer(_ sums: NodeSums) -> Double {
      search.answer(derivatives.gradient(sums.packed), derivatives.hessian(sums.packed), sums.bounds)
    }
    let middle = (answer(left) + answer(right)) / 2
    let (lowest, highest) = (left.bounds.lowerBound, left.bounds.upperBound)
    (left.bounds, right.bounds) =
      constraint > 0 ? (lowest...middle, middle...highest) : (middle...highest, lowest...middle)
  }

  private mutating func ask(_ node: Int, _ split: HistogramSplit, isLeftLarger: Bool) {
    tree.ask(
      node, gain: split.gain, missingGoesLeft: split.hasMissing ? split.missingGoesLeft : isLeftLarger,
      feature: split.feature)
    let mapper = features.mappers[split.feature]
    if let categories = mapper.categories {
      tree.setCategories(
        CategorySet(categories.indices.filter { split.leftBins[$0] }.map { categories[$0] }), of: node)
    } else if let bin = split.bin {
      // Behind the last border only missing values go right.
      tree.steps[node].threshold = bin < mapper.borders.count ? mapper.borders[bin] : .infinity
    }
  }
}
