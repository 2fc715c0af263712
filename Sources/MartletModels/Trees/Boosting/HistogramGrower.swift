import CMartletRuntime
import MartletNumerics

/// Grows one boosted tree from histograms.
struct HistogramGrower {
  private let features: BinnedFeatures
  private let parameters: BoostingParameters
  private let search: HistogramSearch
  private let allowed: [Int]
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
    search = HistogramSearch(features: features, parameters: parameters, derivatives: derivatives)
    tree = DecisionTree(featureCount: features.featureCount, outputCount: 1)
  }

  /// A leaf that could be split.
  private struct Bud {
    var node: Int
    var depth: Int
    var sums: NodeSums
    var histogram: GradientHistogram
    var split: HistogramSplit
  }

  /// A tree whose leaves have no answers yet, and where each leaf's samples are.
  mutating func grow() -> (tree: DecisionTree, ranges: [Range<Int>], bounds: [ClosedRange<Double>]) {
    var buds: [Bud] = []
    let root = NodeSums(packed: rows.sum(0..<rows.count, derivatives.values), count: rows.count)
    _ = append(root, 0..<rows.count)
    if canSplit(root, depth: 0) {
      let histogram = pool.take()
      histogram.fill(features, rows.rows, rows.count, derivatives.values)
      if let bud = bud(0, 0, root, histogram) { buds.append(bud) }
    }
    var leaves = 1
    while leaves < parameters.maximumLeaves ?? .max, let place = next(buds) {
      martlet_poll()
      buds += split(buds.remove(at: place), isLast: leaves + 1 == parameters.maximumLeaves)
      leaves += 1
    }
    for bud in buds { pool.give(bud.histogram) }
    return (tree, ranges, bounds)
  }

  private func next(_ buds: [Bud]) -> Int? {
    switch parameters.order {
    case .bestLeafFirst: buds.indices.max { buds[$0].split.gain < buds[$1].split.gain }
    case .levelByLevel: buds.indices.min { (buds[$0].depth, buds[$0].node) < (buds[$1].depth, buds[$1].node) }
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

  /// Looks for the node's best question; gives the histogram back where there is none.
  private func bud(_ node: Int, _ depth: Int, _ sums: NodeSums, _ histogram: GradientHistogram) -> Bud? {
    var split = search.best(histogram, sums, allowed: allowed)
    if split.isFound && !leavesEnough(split, node, sums) {
      // The estimate of a side's samples was too high; count them.
      let range = ranges[node]
      let counts = GradientHistogram.counts(features, rows.rows + range.lowerBound, range.count)
      split = search.best(histogram, sums, allowed: allowed, counts: counts)
    }
    guard split.isFound else {
      pool.give(histogram)
      return nil
    }
    return Bud(node: node, depth: depth, sums: sums, histogram: histogram, split: split)
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
    let (split, range) = (bud.split, ranges[bud.node])
    let border = rows.partition(range, features.column(split.feature), table(split))
    var left = NodeSums(packed: split.left, count: border - range.lowerBound, bounds: bud.sums.bounds)
    var right = NodeSums(
      packed: bud.sums.packed &- split.left, count: range.upperBound - border, bounds: bud.sums.bounds)
    holdApart(&left, &right, split.feature)
    ask(bud, split, isLeftLarger: left.count > right.count)
    let leftNode = append(left, range.lowerBound..<border)
    let rightNode = append(right, border..<range.upperBound)
    tree.link(leftNode, to: bud.node, isLeft: true)
    tree.link(rightNode, to: bud.node, isLeft: false)
    let depth = bud.depth + 1
    let canGrow = isLast ? [false, false] : [canSplit(left, depth: depth), canSplit(right, depth: depth)]
    guard canGrow[0] || canGrow[1] else {
      pool.give(bud.histogram)
      return []
    }
    let isLeftSmaller = left.count <= right.count
    let smaller = pool.take()
    let smallerRange = ranges[isLeftSmaller ? leftNode : rightNode]
    smaller.fill(features, rows.rows + smallerRange.lowerBound, smallerRange.count, derivatives.values)
    bud.histogram.subtract(smaller)
    let histograms = isLeftSmaller ? [smaller, bud.histogram] : [bud.histogram, smaller]
    return buds([(leftNode, left), (rightNode, right)], depth, histograms, canGrow)
  }

  /// Looks for the questions of both children at the same time.
  private func buds(
    _ children: [(node: Int, sums: NodeSums)], _ depth: Int, _ histograms: [GradientHistogram], _ canGrow: [Bool]
  ) -> [Bud] {
    for side in 0..<2 where !canGrow[side] { pool.give(histograms[side]) }
    let sides = [0, 1].filter { canGrow[$0] }
    var found = [Bud?](repeating: nil, count: sides.count)
    found.withUnsafeMutableBufferPointer { found in
      // Each piece fills its own place, and histograms are only read.
      nonisolated(unsafe) let (found, histograms, grower) = (found, histograms, self)
      Parallel.forEach(sides.count) { place in
        let side = sides[place]
        found[place] = grower.bud(children[side].node, depth, children[side].sums, histograms[side])
      }
    }
    return found.compactMap { $0 }
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

  private mutating func ask(_ bud: Bud, _ split: HistogramSplit, isLeftLarger: Bool) {
    tree.ask(
      bud.node, gain: split.gain, missingGoesLeft: split.hasMissing ? split.missingGoesLeft : isLeftLarger,
      feature: split.feature)
    let mapper = features.mappers[split.feature]
    if let categories = mapper.categories {
      tree.setCategories(
        CategorySet(categories.indices.filter { split.leftBins[$0] }.map { categories[$0] }), of: bud.node)
    } else if let bin = split.bin {
      // Behind the last border only missing values go right.
      tree.steps[bud.node].threshold = bin < mapper.borders.count ? mapper.borders[bin] : .infinity
    }
  }
}
