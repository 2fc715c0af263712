/// Samples in nested regions, so that most of them need not be looked at to find those near a place.
///
/// Every region is halved at the median of its longest side until 16 samples or fewer are left; these lie side by side,
/// eight to a vector. What bounds a region is a box (a k-d tree) or a ball around the mean of its samples (a ball tree). Boxes
/// are good up to some 15 features; beyond, they overlap too much to save anything, while balls still do where samples lie
/// in groups.
///
/// References: Friedman, Bentley and Finkel (1977), An algorithm for finding best matches in logarithmic expected time;
/// Omohundro (1989), Five balltree construction algorithms.
struct SampleTree {
  /// What bounds a region.
  enum Region: Sendable { case box, ball }

  /// A region: either two regions, or a few groups of eight samples.
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
  let region: Region
  private(set) var nodes: [Node] = []
  /// For each node ``boundsLength(_:width:)`` numbers: of a box the lowest and then the highest value of every feature, of a
  /// ball its centre and its radius.
  private(set) var bounds: [Double] = []
  /// Eight samples' values of one feature after the other; places without a sample are infinitely far.
  private(set) var lanes: [SIMD8<Double>] = []
  /// Which sample is in which lane; −1 for none.
  private(set) var order: [Int32] = []

  private static let leafSize = 16

  /// How many numbers bound a region.
  static func boundsLength(_ region: Region, width: Int) -> Int { region == .box ? 2 * width : width + 1 }

  /// - Parameter samples: `count` rows of `width` numbers, at least one row.
  init(_ samples: [Double], count: Int, width: Int, metric: DistanceMetric, region: Region) {
    self.count = count
    self.width = width
    self.metric = metric
    self.region = region
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

  /// Appends what bounds the samples, and gives the feature in which they lie widest apart.
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
    switch region {
    case .box: bounds += lowest + highest
    case .ball: bounds += ball(samples, places, range)
    }
    var longest = 0
    for feature in 0..<width where highest[feature] - lowest[feature] > highest[longest] - lowest[longest] {
      longest = feature
    }
    return longest
  }

  /// The mean of the samples, and the distance of the one farthest from it.
  private func ball(
    _ samples: UnsafePointer<Double>, _ places: UnsafeMutableBufferPointer<Int32>, _ range: Range<Int>
  ) -> [Double] {
    var centre = [Double](repeating: 0, count: width)
    for place in range {
      let row = samples + Int(places[place]) * width
      for feature in 0..<width { centre[feature] += row[feature] / Double(range.count) }
    }
    let radius = range.reduce(0) { farthest, place in
      max(farthest, metric.reducedDistance(samples + Int(places[place]) * width, centre, width))
    }
    return centre + [metric.distance(fromReduced: radius)]
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
