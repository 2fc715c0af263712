import MartletNumerics

extension DecisionTree {
  /// The leaf that each sample ends in. (scikit-learn: `apply`)
  ///
  /// - Parameter x: shape `[n, d]` with the `d` features of fitting; `nan` for a missing value.
  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  /// - Complexity: O(n · depth).
  public func apply(_ x: Matrix) throws(FitError) -> [Int] {
    try TreeChecks.features(x, count: featureCount)
    return leaves(of: x.scalars)
  }

  /// The nodes that each sample passes, from the root to its leaf. (scikit-learn: `decision_path`)
  ///
  /// - Parameter x: shape `[n, d]` with the `d` features of fitting; `nan` for a missing value.
  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  public func decisionPath(_ x: Matrix) throws(FitError) -> [[Int]] {
    try TreeChecks.features(x, count: featureCount)
    let scalars = x.scalars
    return (0..<x.shape[0]).map { row in
      var path = [0]
      while steps[path.last ?? 0].feature >= 0 {
        let step = steps[path.last ?? 0]
        path.append(Int(child(of: step, scalars[row * featureCount + Int(step.feature)])))
      }
      return path
    }
  }

  func leaves(of scalars: [Double]) -> [Int] {
    var leaves = [Int](repeating: 0, count: scalars.count / featureCount)
    leaves.withUnsafeMutableBufferPointer { leaves in
      // Each piece writes the places of its own rows.
      nonisolated(unsafe) let leaves = leaves
      scalars.withUnsafeBufferPointer { scalars in
        steps.withUnsafeBufferPointer { steps in
          // Read only, and alive until the pieces have ended.
          nonisolated(unsafe) let (scalars, steps) = (scalars, steps)
          Parallel.forEachRange(leaves.count, length: 4096) { _, rows in
            // A row is not empty, so there is an address.
            for row in rows { leaves[row] = leaf(steps, scalars.baseAddress! + row * featureCount) }
          }
        }
      }
    }
    return leaves
  }

  /// Walks from the root to a leaf. Node numbers and features are valid: growing and decoding see to it.
  @inline(__always)
  func leaf(_ steps: UnsafeBufferPointer<Step>, _ row: UnsafePointer<Double>) -> Int {
    var node = 0
    while true {
      let step = steps[node]
      if step.feature < 0 { return node }
      node = Int(child(of: step, row[Int(step.feature)]))
    }
  }

  @inline(__always)
  func child(of step: Step, _ value: Double) -> Int32 {
    if step.categories < 0 {
      if value <= step.threshold { return step.left }
      return value.isNaN && step.missingGoesLeft ? step.left : step.right
    }
    let goesLeft = value.isNaN ? step.missingGoesLeft : categories[Int(step.categories)].contains(value)
    return goesLeft ? step.left : step.right
  }
}

/// Sums of what many trees answer.
enum TreeSum {
  /// Adds `scale` times each tree's answer to the rows of `sums`, which has `width` numbers a sample.
  ///
  /// - Parameter offset: the first place of a tree's answer in a sample's row, by the number of the tree.
  static func add(
    _ trees: [DecisionTree], _ scalars: [Double], to sums: inout [Double], width: Int, scale: Double = 1,
    offset: (Int) -> Int = { _ in 0 }
  ) {
    guard let features = trees.first?.featureCount else { return }
    let offsets = trees.indices.map(offset)
    sums.withUnsafeMutableBufferPointer { sums in
      // Each piece writes the places of its own rows.
      nonisolated(unsafe) let sums = sums
      scalars.withUnsafeBufferPointer { scalars in
        nonisolated(unsafe) let scalars = scalars  // read only
        // Few rows a piece: they stay in the cache while one tree after the other looks at them.
        Parallel.forEachRange(sums.count / width, length: 512) { _, rows in
          for (place, tree) in trees.enumerated() {
            tree.add(scalars.baseAddress! + rows.lowerBound * features, rows, sums, width, offsets[place], scale)
          }
        }
      }
    }
  }
}

extension DecisionTree {
  /// Adds the tree's answers to the rows' sums. `first` is the first row's first feature.
  fileprivate func add(
    _ first: UnsafePointer<Double>, _ rows: Range<Int>, _ sums: UnsafeMutableBufferPointer<Double>, _ width: Int,
    _ offset: Int, _ scale: Double
  ) {
    steps.withUnsafeBufferPointer { steps in
      values.withUnsafeBufferPointer { values in
        for row in rows {
          let node = leaf(steps, first + (row - rows.lowerBound) * featureCount)
          let target = row * width + offset
          for output in 0..<outputCount { sums[target + output] += scale * values[node * outputCount + output] }
        }
      }
    }
  }
}
