import MartletNumerics

/// Grows boosted trees from derivatives, in histograms or exactly, and adds their answers to the scores.
final class TreeEngine {
  typealias ResidualAnswer = (_ residuals: [Double], _ weights: [Double]?) -> Double

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
    seed = parameters.seed ?? Random.nextSeed()
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
  ///   - targets: what the scores should be, for losses whose leaves answer from the residuals.
  ///   - residualAnswer: what such a leaf answers to residuals and weights.
  func grow(
    _ gradients: ArraySlice<Double>, _ hessians: ArraySlice<Double>, _ scores: inout [Double], output: Int,
    of outputs: Int, targets: [Double], residualAnswer: ResidualAnswer?, round: Int
  ) -> DecisionTree {
    // A stream for each tree: what one draws does not depend on the others.
    var random = PCG64(seed: seed &+ UInt64(round * outputs + output) &* 0x9e37_79b9_7f4a_7c15)
    let drawn = drawnRows(&random)
    switch features {
    case .binned(let binned, let pool, let partition):
      partition.reset(drawn)
      return gradients.withUnsafeBufferPointer { gradients in
        hessians.withUnsafeBufferPointer { hessians in
          // There are samples, so neither is empty.
          let (gradients, hessians) = (gradients.baseAddress!, hessians.baseAddress!)
          derivatives.pack(gradients, hessians, x.count / featureCount)
          var grower = HistogramGrower(
            binned, parameters, derivatives, partition, pool, allowed: allowedFeatures(&random))
          var (tree, ranges, bounds) = grower.grow()
          answer(&tree, ranges, partition, bounds, gradients, hessians) { row in
            targets[row] - scores[row * outputs + output]
          } residualAnswer: {
            residualAnswer
          }
          add(tree, ranges, partition, to: &scores, output, of: outputs)
          return tree
        }
      }
    case .ranked(let ranked):
      return growExactly(
        ranked, Array(gradients), Array(hessians), drawn, &scores, output, outputs, targets, residualAnswer, random)
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
    residualAnswer: () -> ResidualAnswer?
  ) {
    let penalty = parameters.penalty
    let leaves = tree.steps.indices.filter { tree.steps[$0].feature < 0 }
    tree.values.withUnsafeMutableBufferPointer { values in
      // Each piece writes its own node.
      nonisolated(unsafe) let (values, gradients, hessians) = (values, gradients, hessians)
      Parallel.forEach(leaves.count) { place in
        let node = leaves[place]
        if let residualAnswer = residualAnswer() {
          let leaf = ranges[node].map { Int(partition.rows[$0]) }
          values[node] = residualAnswer(leaf.map(residual), weights.map { all in leaf.map { all[$0] } })
        } else {
          var (gradient, hessian) = (0.0, 0.0)
          for place in ranges[node] {
            gradient += gradients[Int(partition.rows[place])]
            hessian += hessians[Int(partition.rows[place])]
          }
          values[node] = penalty.answer(gradient, hessian)
        }
        values[node] = min(max(values[node], bounds[node].lowerBound), bounds[node].upperBound)
      }
      for node in values.indices { values[node] *= parameters.learningRate }
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
    let leaves = tree.steps.indices.filter { tree.steps[$0].feature < 0 }
    scores.withUnsafeMutableBufferPointer { scores in
      nonisolated(unsafe) let scores = scores  // leaves have different samples
      Parallel.forEach(leaves.count) { leaf in
        let node = leaves[leaf]
        let value = tree.values[node]
        for place in ranges[node] { scores[Int(partition.rows[place]) * outputs + output] += value }
      }
    }
  }

  private func growExactly(
    _ ranked: RankedFeatures, _ gradients: [Double], _ hessians: [Double], _ drawn: [Int]?, _ scores: inout [Double],
    _ output: Int, _ outputs: Int, _ targets: [Double], _ residualAnswer: ResidualAnswer?, _ random: PCG64
  ) -> DecisionTree {
    let grown =
      parameters.firstOrder == nil
      ? secondOrderTree(ranked, gradients, hessians, drawn, random) : firstOrderTree(ranked, gradients, drawn, random)
    var tree = grown.tree
    var members = [[Int]](repeating: [], count: tree.nodeCount)
    for (row, leaf) in grown.leaves.enumerated() where leaf >= 0 { members[Int(leaf)].append(row) }
    for (leaf, rows) in members.enumerated() where !rows.isEmpty {
      if let residualAnswer {
        tree.values[leaf] = residualAnswer(
          rows.map { targets[$0] - scores[$0 * outputs + output] }, weights.map { all in rows.map { all[$0] } })
      } else if let scale = parameters.firstOrder?.answerScale {
        let gradient = rows.reduce(0) { $0 + gradients[$1] }
        let hessian = rows.reduce(0) { $0 + hessians[$1] }
        tree.values[leaf] = hessian > 1e-150 ? -scale * gradient / hessian : 0
      }
    }
    for node in tree.values.indices { tree.values[node] *= parameters.learningRate }
    TreeSum.add([tree], x, to: &scores, width: outputs) { _ in output }
    return tree
  }

  /// A tree whose questions lower the loss most by its first and second derivatives.
  private func secondOrderTree(
    _ ranked: RankedFeatures, _ gradients: [Double], _ hessians: [Double], _ drawn: [Int]?, _ random: PCG64
  ) -> GrownTree {
    // No second derivative is quite 0, or its sample would be left out.
    let hessians = hessians.map { max($0, 1e-16) }
    let steps = zip(gradients, hessians).map { $0 / $1 }
    let limits = TreeLimits(
      maximumDepth: parameters.maximumDepth, minimumLeafSamples: parameters.minimumLeafSamples,
      maximumLeaves: parameters.maximumLeaves)
    return TreeGrower(
      ranked, GrowingRows(steps, masked(hessians, drawn)), criterion: NewtonCriterion(parameters.penalty),
      limits: limits,
      minimumGain: max(parameters.minimumGain, 1e-6), minimumLeafWeight: parameters.minimumLeafWeight, random: random
    ).grow()
  }

  /// A regression tree of the negative first derivatives.
  private func firstOrderTree(
    _ ranked: RankedFeatures, _ gradients: [Double], _ drawn: [Int]?, _ random: PCG64
  ) -> GrownTree {
    let targets = gradients.indices.map { row in
      let weight = weights?[row] ?? 1
      return weight > 0 ? -gradients[row] / weight : 0
    }
    let limits = parameters.firstOrder?.limits ?? TreeLimits()
    let used = weights ?? [Double](repeating: 1, count: gradients.count)
    return TreeGrower(
      ranked, GrowingRows(targets, masked(used, drawn)), criterion: SquaredErrorCriterion(), limits: limits,
      random: random
    ).grow()
  }

  /// The weights of the samples that are learned from, 0 for the others.
  private func masked(_ values: [Double], _ drawn: [Int]?) -> [Double] {
    var masked = [Double](repeating: 0, count: values.count)
    for row in drawn ?? rows { masked[row] = values[row] }
    return masked
  }
}
