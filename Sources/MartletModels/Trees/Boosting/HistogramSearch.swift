/// Finds a node's best question in its histogram.
struct HistogramSearch {
  let features: BinnedFeatures
  let parameters: BoostingParameters
  let derivatives: PackedDerivatives
  private var penalty: NewtonPenalty { parameters.penalty }

  /// - Parameters:
  ///   - allowed: the features to ask about.
  ///   - counts: how many samples each bin has; `nil` to estimate it from second derivatives, as LightGBM does.
  func best(_ histogram: GradientHistogram, _ node: NodeSums, allowed: [Int], counts: [Int32]? = nil) -> HistogramSplit
  {
    var best = HistogramSplit()
    let (gradient, hessian) = (derivatives.gradient(node.packed), derivatives.hessian(node.packed))
    var view = View(
      gradient: gradient, hessian: hessian, count: node.count, bounds: node.bounds,
      unsplit: score(gradient, hessian, node.bounds), minimumHessian: minimumHessian(node, hessian, counts != nil))
    let least = max(parameters.minimumGain, 1e-12 * view.unsplit)
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: GradientHistogram.bins) { prefix in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: GradientHistogram.bins) { scores in
        for feature in allowed {
          view.sums = UnsafePointer(histogram.sums + feature * GradientHistogram.bins)
          view.counts = counts.map {
            Array($0[feature * GradientHistogram.bins..<(feature + 1) * GradientHistogram.bins])
          }
          view.constraint = parameters.monotone[feature] ?? 0
          if features.mappers[feature].categories != nil {
            tryCategories(feature, view, &best)
          } else {
            // Capacities are not zero, so both have an address.
            tryBorders(feature, view, prefix.baseAddress!, scores.baseAddress!, &best)
          }
        }
      }
    }
    return best.gain > least ? best : HistogramSplit()
  }

  /// A feature's part of the histogram, and what the node adds up to.
  private struct View {
    let gradient: Double
    let hessian: Double
    let count: Int
    let bounds: ClosedRange<Double>
    let unsplit: Double
    let minimumHessian: Double
    /// 256 sums; set for each feature before it is used.
    var sums = UnsafePointer<Int64>(bitPattern: MemoryLayout<Int64>.alignment)!  // an alignment is not zero
    var counts: [Int32]?
    var constraint = 0
  }

  /// The second derivatives that a side must have. Where counts are not known, a side's share of them stands for its share
  /// of the samples.
  private func minimumHessian(_ node: NodeSums, _ hessian: Double, _ areCountsKnown: Bool) -> Double {
    let share = areCountsKnown ? 0 : hessian * Double(parameters.minimumLeafSamples) / Double(node.count)
    // A whisker less, so that rounding does not exclude a side that has exactly as many.
    return max(parameters.minimumLeafWeight, share * (1 - 1e-9), hessian * 1e-12)
  }

  private func score(_ gradient: Double, _ hessian: Double, _ bounds: ClosedRange<Double>) -> Double {
    if parameters.monotone.isEmpty { return penalty.score(gradient, hessian) }
    return boundedScore(gradient, hessian, answer(gradient, hessian, bounds))
  }

  /// A side's answer within the bounds that monotone constraints set.
  func answer(_ gradient: Double, _ hessian: Double, _ bounds: ClosedRange<Double>) -> Double {
    min(max(penalty.answer(gradient, hessian), bounds.lowerBound), bounds.upperBound)
  }

  /// Twice the loss that an answer takes away; ``NewtonPenalty/score(_:_:)`` for the best answer.
  private func boundedScore(_ gradient: Double, _ hessian: Double, _ answer: Double) -> Double {
    -(2 * gradient * answer + (hessian + penalty.squared) * answer * answer + 2 * penalty.absolute * abs(answer))
  }

  private func tryBorders(
    _ feature: Int, _ view: View, _ prefix: UnsafeMutablePointer<Int64>, _ scores: UnsafeMutablePointer<Double>,
    _ best: inout HistogramSplit
  ) {
    let bins = features.mappers[feature].binCount
    let missing = view.sums[BinMapper.missingBin]
    var running: Int64 = 0
    for bin in 0..<bins {
      running &+= view.sums[bin]
      prefix[bin] = running
    }
    for missingLeft in missing != 0 ? [false, true] : [false] {
      // Behind the last bin there is a border when missing values are on the right.
      let borders = missing != 0 && !missingLeft ? bins : bins - 1
      let offset = missingLeft ? missing : 0
      if view.constraint == 0 && parameters.monotone.isEmpty {
        scoreBorders(view, prefix, offset, borders, scores)
      } else {
        scoreMonotone(view, prefix, offset, borders, scores)
      }
      if let counts = view.counts { excludeSmall(view, counts, missingLeft, borders, scores) }
      var (place, most) = (-1, best.gain + view.unsplit)
      for bin in 0..<borders where scores[bin] > most { (place, most) = (bin, scores[bin]) }
      guard place >= 0 else { continue }
      best = HistogramSplit(
        feature: feature, bin: place, gain: most - view.unsplit, missingGoesLeft: missingLeft, hasMissing: missing != 0,
        left: prefix[place] &+ offset)
    }
  }

  /// Straight-line arithmetic that runs in vector registers; only the last loop over scores has branches.
  private func scoreBorders(
    _ view: View, _ prefix: UnsafePointer<Int64>, _ offset: Int64, _ count: Int, _ scores: UnsafeMutablePointer<Double>
  ) {
    let (gradientUnit, hessianUnit) = (derivatives.gradientUnit, derivatives.hessianUnit)
    let (squared, absolute, least) = (penalty.squared, penalty.absolute, view.minimumHessian)
    let (gradient, hessian) = (view.gradient, view.hessian)
    for bin in 0..<max(0, count) {
      let packed = prefix[bin] &+ offset
      let left = Double(packed >> 32) * gradientUnit
      let leftHessian = Double(packed & 0xffff_ffff) * hessianUnit
      let (right, rightHessian) = (gradient - left, hessian - leftHessian)
      let leftSize = max(abs(left) - absolute, 0)
      let rightSize = max(abs(right) - absolute, 0)
      let (below, above) = (leftHessian + squared, rightHessian + squared)
      // Both sides over one denominator: a division less.
      let score = (leftSize * leftSize * above + rightSize * rightSize * below) / (below * above)
      scores[bin] = min(leftHessian, rightHessian) >= least ? score : -.infinity
    }
  }

  /// As ``scoreBorders(_:_:_:_:_:)`` with answers held within bounds and in the order that is asked for.
  private func scoreMonotone(
    _ view: View, _ prefix: UnsafePointer<Int64>, _ offset: Int64, _ count: Int, _ scores: UnsafeMutablePointer<Double>
  ) {
    for bin in 0..<max(0, count) {
      let packed = prefix[bin] &+ offset
      let (left, leftHessian) = (derivatives.gradient(packed), derivatives.hessian(packed))
      let (right, rightHessian) = (view.gradient - left, view.hessian - leftHessian)
      let below = answer(left, leftHessian, view.bounds)
      let above = answer(right, rightHessian, view.bounds)
      let isOrdered = Double(view.constraint) * (above - below) >= 0
      let isHeavy = min(leftHessian, rightHessian) >= view.minimumHessian
      scores[bin] =
        isOrdered && isHeavy
        ? boundedScore(left, leftHessian, below) + boundedScore(right, rightHessian, above) : -.infinity
    }
  }

  private func excludeSmall(
    _ view: View, _ counts: [Int32], _ missingLeft: Bool, _ borders: Int, _ scores: UnsafeMutablePointer<Double>
  ) {
    var left = missingLeft ? Int(counts[BinMapper.missingBin]) : 0
    for bin in 0..<max(0, borders) {
      left += Int(counts[bin])
      if min(left, view.count - left) < parameters.minimumLeafSamples { scores[bin] = -.infinity }
    }
  }

  /// Tries beginnings of the categories in the order of their mean derivatives, missing values as one more category.
  ///
  /// Small categories are drawn towards the middle of the order, as in LightGBM: their means are mostly noise.
  /// Reference: Fisher (1958), On grouping for maximum homogeneity.
  private func tryCategories(_ feature: Int, _ view: View, _ best: inout HistogramSplit) {
    let smoothing = 10.0
    var order: [(bin: Int, mean: Double)] = []
    for bin in Array(0..<features.mappers[feature].binCount) + [BinMapper.missingBin] where view.sums[bin] != 0 {
      let sum = view.sums[bin]
      order.append((bin, derivatives.gradient(sum) / (derivatives.hessian(sum) + smoothing)))
    }
    order.sort { ($0.mean, $0.bin) < ($1.mean, $1.bin) }
    var (left, leftCount) = (Int64(0), 0)
    for place in order.indices.dropLast() {
      left &+= view.sums[order[place].bin]
      if let counts = view.counts {
        leftCount += Int(counts[order[place].bin])
        if min(leftCount, view.count - leftCount) < parameters.minimumLeafSamples { continue }
      }
      let (gradient, hessian) = (derivatives.gradient(left), derivatives.hessian(left))
      let (right, rightHessian) = (view.gradient - gradient, view.hessian - hessian)
      guard min(hessian, rightHessian) >= view.minimumHessian else { continue }
      let gain =
        score(gradient, hessian, view.bounds) + score(right, rightHessian, view.bounds) - view.unsplit
      guard gain > best.gain else { continue }
      var leftBins = [Bool](repeating: false, count: GradientHistogram.bins)
      for entry in order[...place] { leftBins[entry.bin] = true }
      best = HistogramSplit(
        feature: feature, leftBins: leftBins, gain: gain, missingGoesLeft: leftBins[BinMapper.missingBin],
        hasMissing: view.sums[BinMapper.missingBin] != 0, left: left)
    }
  }
}
