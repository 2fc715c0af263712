import MartletNumerics

/// Grows boosted trees from derivatives, in histograms or exactly, and adds their answers to the scores.
final class TreeEngine {
  private enum Features {
    case binned(BinnedFeatures, HistogramPool, RowPartition)
    case ranked(RankedFeatures)
  }

  private let x: [Double]
  private let featureCount: Int
  private let parameters: BoostingParameters
  private let weights: [Double]?
  private let features: Features
  /// The samples with weight.
  private let rows: [Int]
  private var derivatives: PackedDerivatives
  private let seed: UInt64

  init(_ x: Matrix, _ parameters: BoostingParameters, weights: [Double]?) throws(FitError) {
    self.x = x.scalars
    self.parameters = parameters
    self.weights = weights
    featureCount = x.shape[1]
    rows = weights.map { weights in weights.indices.filter { weights[$0] > 0 } } ?? Array(0..<x.shape[0])
    seed = parameters.seed ?? .random(in: 0 ... .max)
    switch parameters.search {
    case .histogram(let bins):
      let binned = try BinnedFeatures(x, bins: bins, categorical: parameters.categoricalFeatures)
      let drawn = max(1, Int((parameters.sampleFraction * Double(rows.count)).rounded()))
      features = .binned(binned, HistogramPool(binned), RowPartition(rows.prefix(drawn)))
    case .exact:
      features = .ranked(RankedFeatures(x, categorical: parameters.categoricalFeatures))
    }
    derivatives = PackedDerivatives(capacity: x.shape[0])
  }

  deinit { derivatives.deallocate() }

  /// Grows a tree and adds its answers to the scores of one output.
  ///
  /// - Parameters:
  ///   - targets: what the scores should be, for losses whose leaves answer a quantile of the residuals.
  func grow(
    _ gradients: ArraySlice<Double>, _ hessians: ArraySlice<Double>, _ scores: inout [Double], output: Int,
    of outputs: Int, targets: [Double], quantile: Double?, round: Int
  ) -> DecisionTree {
    // A stream for each tree: what one draws does not depend on the others.
    var random = PCG64(seed: seed &+ UInt64(round * outputs + output) &* 0x9e37_79b9_7f4a_7c15)
    let drawn = drawnRows(&random)
    switch features {
    case .binned(let binned, let pool, let partition):
      if let drawn { partition.reset(drawn) } else { partition.reset(rows) }
      return gradients.withUnsafeBufferPointer { gradients in
        hessians.withUnsafeBufferPointer { hessians in
          // There are samples, so neither is empty.
          let (gradients, hessians) = (gradients.baseAddress!, hessians.baseAddress!)
          derivatives.pack(gradients, hessians, x.count / featureCount)
          var grower = HistogramGrower(
            binned, parameters, derivatives, partition, pool, allowed: allowedFeatures(&random))
          var (tree, ranges, bounds) = grower.grow()
          answer(&tree, ranges, partition, bounds, gradients, hessians) { row in
            quantile == nil ? 0 : targets[row] - scores[row * outputs + output]
          } quantile: {
            quantile
          }
          add(tree, ranges, partition, to: &scores, output, of: outputs)
          return tree
        }
      }
    case .ranked(let ranked):
      return growExactly(
        ranked, Array(gradients), Array(hessians), drawn, &scores, output, outputs, targets, quantile, random)
    }
  }

  private func drawnRows(_ random: inout PCG64) -> [Int]? {
    guard parameters.sampleFraction < 1 else { return nil }
    let count = max(1, Int((parameters.sampleFraction * Double(rows.count)).rounded()))
    return random.distinctPlaces(count, below: rows.count).map { rows[$0] }.sorted()
  }

  private func allowedFeatures(_ random: inout PCG64) -> [Int] {
    guard parameters.featureFraction < 1 else { return Array(0..<featureCount) }
    let count = max(1, Int((parameters.featureFraction * Double(featureCount)).rounded()))
    return random.distinctPlaces(count, below: featureCount).sorted()
  }

  /// Gives each leaf its answer, from the derivatives themselves or a quantile of the residuals, times the learning rate.
  private func answer(
    _ tree: inout DecisionTree, _ ranges: [Range<Int>], _ partition: RowPartition, _ bounds: [ClosedRange<Double>],
    _ gradients: UnsafePointer<Double>, _ hessians: UnsafePointer<Double>, residual: (Int) -> Double,
    quantile: () -> Double?
  ) {
    let penalty = parameters.penalty
    let steps = tree.steps
    tree.values.withUnsafeMutableBufferPointer { values in
      // Each piece writes its own node.
      nonisolated(unsafe) let (values, gradients, hessians) = (values, gradients, hessians)
      Parallel.forEach(steps.count) { node in
        defer { values[node] *= parameters.learningRate }
        guard steps[node].feature < 0 else { return }
        let leaf = ranges[node].map { Int(partition.rows[$0]) }
        if let quantile = quantile() {
          values[node] = WeightedSamples.quantile(
            leaf.map(residual), weights.map { all in leaf.map { all[$0] } }, quantile)
        } else {
          var (gradient, hessian) = (0.0, 0.0)
          for row in leaf {
            gradient += gradients[row]
            hessian += hessians[row]
          }
          values[node] = penalty.answer(gradient, hessian)
        }
        values[node] = min(max(values[node], bounds[node].lowerBound), bounds[node].upperBound)
      }
    }
  }

  private func add(
    _ tree: DecisionTree, _ ranges: [Range<Int>], _ partition: RowPartition, to scores: inout [Double], _ output: Int,
    of outputs: Int
  ) {
    guard partition.count == x.count / featureCount else {
      // Not every sample has a place in a leaf: all walk.
      return TreeSum.add([tree], x, to: &scores, width: outputs) { _ in output }
    }
    scores.withUnsafeMutableBufferPointer { scores in
      nonisolated(unsafe) let scores = scores  // leaves have different samples
      Parallel.forEach(ranges.count) { node in
        guard tree.steps[node].feature < 0 else { return }
        let value = tree.values[node]
        for place in ranges[node] { scores[Int(partition.rows[place]) * outputs + output] += value }
      }
    }
  }

  private func growExactly(
    _ ranked: RankedFeatures, _ gradients: [Double], _ hessians: [Double], _ drawn: [Int]?, _ scores: inout [Double],
    _ output: Int, _ outputs: Int, _ targets: [Double], _ quantile: Double?, _ random: PCG64
  ) -> DecisionTree {
    // No second derivative is quite 0, or its sample would be left out.
    var hessians = hessians.map { max($0, 1e-16) }
    let steps = zip(gradients, hessians).map { $0 / $1 }
    if let weights { for row in hessians.indices where weights[row] == 0 { hessians[row] = 0 } }
    if let drawn {
      let isDrawn = Set(drawn)
      for row in hessians.indices where !isDrawn.contains(row) { hessians[row] = 0 }
    }
    let limits = TreeLimits(
      maximumDepth: parameters.maximumDepth, minimumLeafSamples: parameters.minimumLeafSamples,
      maximumLeaves: parameters.maximumLeaves)
    let grown = TreeGrower(
      ranked, steps, hessians, criterion: NewtonCriterion(parameters.penalty), limits: limits,
      minimumGain: max(parameters.minimumGain, 1e-6), minimumLeafWeight: parameters.minimumLeafWeight, random: random
    ).grow()
    var tree = grown.tree
    if let quantile {
      var residuals: [Int32: [Int]] = [:]
      for (row, leaf) in grown.leaves.enumerated() where leaf >= 0 { residuals[leaf, default: []].append(row) }
      for (leaf, members) in residuals {
        tree.values[Int(leaf)] = WeightedSamples.quantile(
          members.map { targets[$0] - scores[$0 * outputs + output] }, weights.map { all in members.map { all[$0] } },
          quantile)
      }
    }
    for node in tree.values.indices { tree.values[node] *= parameters.learningRate }
    TreeSum.add([tree], x, to: &scores, width: outputs) { _ in output }
    return tree
  }
}
