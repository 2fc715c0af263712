import MartletNumerics

extension SampleTree {
  /// Calls `body` with the tree as searches read it.
  func withSearch<Result>(_ body: (Search) -> Result) -> Result {
    nodes.withUnsafeBufferPointer { nodes in
      bounds.withUnsafeBufferPointer { bounds in
        lanes.withUnsafeBufferPointer { lanes in
          order.withUnsafeBufferPointer { order in
            // None is empty: a tree has at least one sample.
            body(
              Search(
                nodes: nodes.baseAddress!, bounds: bounds.baseAddress!, lanes: lanes.baseAddress!,
                order: order.baseAddress!, width: width, metric: metric, region: region))
          }
        }
      }
    }
  }

  /// Reads the tree without bounds checks: every index comes from the tree itself.
  struct Search {
    fileprivate let nodes: UnsafePointer<Node>
    fileprivate let bounds: UnsafePointer<Double>
    fileprivate let lanes: UnsafePointer<SIMD8<Double>>
    fileprivate let order: UnsafePointer<Int32>
    fileprivate let width: Int
    fileprivate let metric: DistanceMetric
    fileprivate let region: Region

    /// Offers every sample that may be among the nearest.
    func nearest(_ query: UnsafePointer<Double>, _ heap: inout NearestHeap, node: Int32 = 0) {
      let box = nodes[Int(node)]
      if box.groups > 0 {
        for group in Int(box.firstGroup)..<Int(box.firstGroup + box.groups) {
          let distances = self.distances(query, group)
          for lane in 0..<8 where distances[lane] <= heap.bound && order[group * 8 + lane] >= 0 {
            heap.offer(distances[lane], order[group * 8 + lane])
          }
        }
        return
      }
      let (left, right) = (least(query, box.left), least(query, box.right))
      let (near, far) = left <= right ? (box.left, box.right) : (box.right, box.left)
      if min(left, right) <= heap.bound { nearest(query, &heap, node: near) }
      if max(left, right) <= heap.bound { nearest(query, &heap, node: far) }
    }

    /// Calls `body` with each sample within a reduced distance.
    @inline(__always)
    func forEach(within limit: Double, of query: UnsafePointer<Double>, _ body: (Int32, Double) -> Void) {
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: 128) { stack in
        // Each level leaves at most one box waiting, and no tree of Int32 places is 128 levels deep.
        stack[0] = 0
        var waiting = 1
        while waiting > 0 {
          waiting -= 1
          let box = nodes[Int(stack[waiting])]
          if box.groups > 0 {
            for group in Int(box.firstGroup)..<Int(box.firstGroup + box.groups) {
              let distances = self.distances(query, group)
              for lane in 0..<8 where distances[lane] <= limit && order[group * 8 + lane] >= 0 {
                body(order[group * 8 + lane], distances[lane])
              }
            }
          } else {
            for child in [box.left, box.right] where least(query, child) <= limit {
              stack[waiting] = child
              waiting += 1
            }
          }
        }
      }
    }

    /// How many samples are within a reduced distance; counting ends once there are `enough`.
    func count(within limit: Double, of query: UnsafePointer<Double>, enough: Int) -> Int {
      count(within: limit, of: query, enough: enough, node: 0)
    }

    private func count(within limit: Double, of query: UnsafePointer<Double>, enough: Int, node: Int32) -> Int {
      let box = nodes[Int(node)]
      if box.groups > 0 {
        var found = 0
        for group in Int(box.firstGroup)..<Int(box.firstGroup + box.groups) {
          let distances = self.distances(query, group)
          for lane in 0..<8 where distances[lane] <= limit && order[group * 8 + lane] >= 0 { found += 1 }
        }
        return found
      }
      let (left, right) = (least(query, box.left), least(query, box.right))
      let (near, far) = left <= right ? (box.left, box.right) : (box.right, box.left)
      var found = min(left, right) <= limit ? count(within: limit, of: query, enough: enough, node: near) : 0
      if found < enough, max(left, right) <= limit {
        found += count(within: limit, of: query, enough: enough - found, node: far)
      }
      return found
    }

    /// The reduced distances to eight samples.
    @inline(__always)
    private func distances(_ query: UnsafePointer<Double>, _ group: Int) -> SIMD8<Double> {
      let samples = lanes + group * width
      var sum = SIMD8<Double>.zero
      switch metric {
      case .euclidean:
        for feature in 0..<width {
          let difference = samples[feature] - SIMD8(repeating: query[feature])
          sum += difference * difference
        }
      case .manhattan, .cosine:
        for feature in 0..<width { sum += Self.size(samples[feature] - SIMD8(repeating: query[feature])) }
      case .chebyshev:
        for feature in 0..<width {
          let size = Self.size(samples[feature] - SIMD8(repeating: query[feature]))
          sum = sum.replacing(with: size, where: size .> sum)
        }
      case .minkowski(let power):
        for feature in 0..<width {
          let size = Self.size(samples[feature] - SIMD8(repeating: query[feature]))
          for lane in 0..<8 { sum[lane] += pow(size[lane], power) }
        }
      }
      return sum
    }

    @inline(__always)
    private static func size(_ x: SIMD8<Double>) -> SIMD8<Double> { x.replacing(with: -x, where: x .< .zero) }

    /// The reduced distance below which no sample of a region can be.
    @inline(__always)
    private func least(_ query: UnsafePointer<Double>, _ node: Int32) -> Double {
      let own = bounds + Int(node) * SampleTree.boundsLength(region, width: width)
      return region == .box ? leastToBox(query, own, own + width) : leastToBall(query, own)
    }

    @inline(__always)
    private func leastToBox(
      _ query: UnsafePointer<Double>, _ low: UnsafePointer<Double>, _ high: UnsafePointer<Double>
    ) -> Double {
      var sum = 0.0
      for feature in 0..<width {
        let gap = max(low[feature] - query[feature], query[feature] - high[feature], 0)
        switch metric {
        case .euclidean: sum += gap * gap
        case .manhattan, .cosine: sum += gap
        case .chebyshev: sum = max(sum, gap)
        case .minkowski(let power): sum += pow(gap, power)
        }
      }
      return sum
    }

    /// By the triangle's inequality: no sample is farther from the centre than the radius.
    private func leastToBall(_ query: UnsafePointer<Double>, _ centre: UnsafePointer<Double>) -> Double {
      let (distance, radius) = (
        metric.distance(fromReduced: metric.reducedDistance(query, centre, width)), centre[width]
      )
      // A whisker less: rounding must not hide a sample that is exactly as near as the farthest of those found.
      return metric.reduced(max(0, distance - radius - 1e-12 * (distance + radius)))
    }
  }
}
