/// Samples in nested boxes, so that most of them need not be looked at to find those near a place.
///
/// Every box is halved at the median of its longest side until 16 samples or fewer are left; these lie side by side,
/// eight to a vector. Good up to some 15 features; beyond, boxes overlap too much to save anything.
///
/// Reference: Friedman, Bentley and Finkel (1977), An algorithm for finding best matches in logarithmic expected time.
struct KDTree {
  /// A box: either two boxes, or a few groups of eight samples.
  struct Node {
    var left: Int32 = -1
    var right: Int32 = -1
    var firstGroup: Int32 = 0
    var groups: Int32 = 0
    var count: Int32 = 0
  }

  let count: Int
  let width: Int
  let metric: DistanceMetric
  private(set) var nodes: [Node] = []
  /// For each node the lowest and then the highest value of every feature.
  private(set) var bounds: [Double] = []
  /// Eight samples' values of one feature after the other; places without a sample are infinitely far.
  private(set) var lanes: [SIMD8<Double>] = []
  /// Which sample is in which lane; −1 for none.
  private(set) var order: [Int32] = []

  private static let leafSize = 16

  /// - Parameter samples: `count` rows of `width` numbers, at least one row.
  init(_ samples: [Double], count: Int, width: Int, metric: DistanceMetric) {
    self.count = count
    self.width = width
    self.metric = metric
    var places = (0..<Int32(count)).map { $0 }
    samples.withUnsafeBufferPointer { samples in
      places.withUnsafeMutableBufferPointer { places in
        // Not empty: there is at least one sample.
        _ = build(samples.baseAddress!, places, 0..<count)
      }
    }
  }

  private mutating func build(
    _ samples: UnsafePointer<Double>, _ places: UnsafeMutableBufferPointer<Int32>, _ range: Range<Int>
  ) -> Int32 {
    let node = nodes.count
    nodes.append(Node(count: Int32(range.count)))
    let feature = addBounds(samples, places, range)
    guard range.count > Self.leafSize else {
      nodes[node].firstGroup = Int32(order.count / 8)
      nodes[node].groups = Int32((range.count + 7) / 8)
      addLeaf(samples, places, range)
      return Int32(node)
    }
    // A whole number of vectors on the left leaves fewer of them half empty.
    let middle = range.lowerBound + (range.count / 2 + 7) / 8 * 8
    Selection.partition(places, range, at: middle) { samples[Int($0) * width + feature] }
    let left = build(samples, places, range.lowerBound..<middle)
    let right = build(samples, places, middle..<range.upperBound)
    (nodes[node].left, nodes[node].right) = (left, right)
    return Int32(node)
  }

  /// Appends the box around the samples, and gives the feature of its longest side.
  private mutating func addBounds(
    _ samples: UnsafePointer<Double>, _ places: UnsafeMutableBufferPointer<Int32>, _ range: Range<Int>
  ) -> Int {
    var lowest = [Double](repeating: .infinity, count: width)
    var highest = [Double](repeating: -.infinity, count: width)
    for place in range {
      let row = samples + Int(places[place]) * width
      for feature in 0..<width {
        lowest[feature] = min(lowest[feature], row[feature])
        highest[feature] = max(highest[feature], row[feature])
      }
    }
    bounds += lowest
    bounds += highest
    var longest = 0
    for feature in 0..<width where highest[feature] - lowest[feature] > highest[longest] - lowest[longest] {
      longest = feature
    }
    return longest
  }

  private mutating func addLeaf(
    _ samples: UnsafePointer<Double>, _ places: UnsafeMutableBufferPointer<Int32>, _ range: Range<Int>
  ) {
    for first in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
      let group = first..<min(first + 8, range.upperBound)
      for lane in 0..<8 { order.append(lane < group.count ? places[first + lane] : -1) }
      for feature in 0..<width {
        var values = SIMD8<Double>(repeating: .infinity)
        for (lane, place) in group.enumerated() { values[lane] = samples[Int(places[place]) * width + feature] }
        lanes.append(values)
      }
    }
  }
}

/// Puts the smaller elements of a range before a place and the larger ones behind it.
enum Selection {
  /// Reference: Hoare (1961), Algorithm 65: find.
  static func partition(
    _ elements: UnsafeMutableBufferPointer<Int32>, _ range: Range<Int>, at place: Int, by key: (Int32) -> Double
  ) {
    var (low, high) = (range.lowerBound, range.upperBound - 1)
    while low < high {
      let pivot = key(elements[(low + high) / 2])
      var (i, j) = (low, high)
      while i <= j {
        while key(elements[i]) < pivot { i += 1 }
        while key(elements[j]) > pivot { j -= 1 }
        if i <= j {
          elements.swapAt(i, j)
          i += 1
          j -= 1
        }
      }
      if place <= j { high = j } else if place >= i { low = i } else { return }
    }
  }
}
