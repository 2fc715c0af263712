import MartletNumerics

/// A tree of random cuts: samples that few cuts set apart are unusual.
struct IsolationTree: Sendable, Codable, Equatable {
  /// For each node the feature that is cut, or −1 for a leaf.
  private(set) var features: [Int32] = []
  /// For each node where it is cut: samples up to it go left.
  private(set) var cuts: [Double] = []
  /// For each node its left child; the right one follows.
  private(set) var children: [Int32] = []
  /// For each leaf the cuts on the way to it, and those that more would take.
  private(set) var depths: [Double] = []

  /// - Parameters:
  ///   - x: all samples.
  ///   - rows: those that the tree is grown from.
  ///   - limit: the most cuts one after the other.
  init(_ x: [Double], width: Int, rows: [Int], limit: Int, _ random: inout PCG64) {
    addLeaf()
    var waiting = [(node: 0, rows: rows, depth: 0)]
    while let (node, rows, depth) = waiting.popLast() {
      // Only features that vary can be cut.
      let varying = depth < limit && rows.count > 1 ? Self.varying(x, width, rows) : []
      guard !varying.isEmpty else {
        depths[node] = Double(depth) + Self.expectedDepth(rows.count)
        continue
      }
      let chosen = varying[random.integer(below: varying.count)]
      var cut = random.uniform(from: chosen.range.lowerBound, to: chosen.range.upperBound)
      // Rounding must not leave the right side empty.
      if cut >= chosen.range.upperBound { cut = chosen.range.lowerBound }
      features[node] = Int32(chosen.feature)
      cuts[node] = cut
      children[node] = Int32(features.count)
      let left = rows.filter { x[$0 * width + chosen.feature] <= cut }
      let right = rows.filter { x[$0 * width + chosen.feature] > cut }
      waiting.append((features.count, left, depth + 1))
      addLeaf()
      waiting.append((features.count, right, depth + 1))
      addLeaf()
    }
  }

  private mutating func addLeaf() {
    features.append(-1)
    cuts.append(0)
    children.append(0)
    depths.append(0)
  }

  private static func varying(
    _ x: [Double], _ width: Int, _ rows: [Int]
  ) -> [(feature: Int, range: ClosedRange<Double>)] {
    (0..<width).compactMap { feature in
      var (low, high) = (Double.infinity, -Double.infinity)
      for row in rows {
        low = min(low, x[row * width + feature])
        high = max(high, x[row * width + feature])
      }
      return low < high ? (feature, low...high) : nil
    }
  }

  /// The mean number of cuts that set one of so many samples apart.
  static func expectedDepth(_ count: Int) -> Double {
    let eulerMascheroni = 0.5772156649015329
    if count < 2 { return 0 }
    if count == 2 { return 1 }
    let n = Double(count)
    return 2 * (log(n - 1) + eulerMascheroni) - 2 * (n - 1) / n
  }

  func depth(_ sample: UnsafePointer<Double>) -> Double {
    var node = 0
    while features[node] >= 0 {
      let goesLeft = sample[Int(features[node])] <= cuts[node]
      node = Int(children[node]) + (goesLeft ? 0 : 1)
    }
    return depths[node]
  }

  /// Whether every node is reached from the first, once, and asks for a feature that is there.
  func isSound(width: Int) -> Bool {
    let count = features.count
    guard count > 0, cuts.count == count, children.count == count, depths.count == count,
      depths.allSatisfy({ $0.isFinite && $0 >= 0 }), cuts.allSatisfy(\.isFinite)
    else { return false }
    var isReached = [Bool](repeating: false, count: count)
    isReached[0] = true
    for node in features.indices where features[node] != -1 {
      let (feature, child) = (Int(features[node]), Int(children[node]))
      // Children come after their parents, so no walk goes round in circles.
      guard feature >= 0, feature < width, child > node, child < count - 1, !isReached[child], !isReached[child + 1]
      else { return false }
      (isReached[child], isReached[child + 1]) = (true, true)
    }
    return isReached.allSatisfy { $0 }
  }
}
