import MartletFrames
import MartletNumerics

/// How far two groups of samples are from each other.
public enum LinkageMethod: String, Sendable, Codable, CaseIterable {
  /// By how much joining them raises the squared distances within: `√(2ab / (a + b)) · ‖difference of means‖` for groups
  /// of `a` and `b` samples.
  case ward
  /// The largest distance between two of their samples.
  case complete
  /// The mean distance between their samples.
  case average
  /// The smallest distance between two of their samples.
  case single

  /// The distance of a group from the union of two others, by the formula of Lance and Williams (1967).
  @inline(__always)
  func joined(_ a: Double, _ b: Double, between: Double, _ na: Double, _ nb: Double, _ nc: Double) -> Double {
    switch self {
    case .single: return min(a, b)
    case .complete: return max(a, b)
    case .average: return (na * a + nb * b) / (na + nb)
    case .ward:
      let square = ((na + nc) * a * a + (nb + nc) * b * b - nc * between * between) / (na + nb + nc)
      return max(square, 0).squareRoot()
    }
  }
}

/// The order in which samples join into ever larger groups, until one is left: a tree of groups.
///
///     let iris = try Datasets.iris().matrix(except: "species")
///     let tree = try Linkage(iris, method: .average)
///     tree.labels(count: 3)              // 150 group numbers
///     tree.merges.last!.distance         // 4.062682686118029
///
/// Reference: Müllner (2011), Modern hierarchical, agglomerative clustering algorithms.
public struct Linkage: Sendable, Equatable, Codable {
  /// Two groups that become one. Groups below `n` are the samples; group `n + i` is what merge `i` made.
  public struct Merge: Sendable, Equatable, Codable {
    /// The groups, the lower number first.
    public let first, second: Int
    /// How far apart they were.
    public let distance: Double
    /// How many samples the new group has.
    public let size: Int
  }

  /// How many samples there are.
  public let sampleCount: Int
  /// The `n − 1` merges, nearest first.
  public let merges: [Merge]

  /// - Parameters:
  ///   - x: shape `[n, d]` with at least two samples, every value finite.
  ///   - method: how far two groups are from each other.
  ///   - metric: how far two samples are from each other; `ward` needs `.euclidean`.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: O(n² · d) time; O(n²) memory, but O(n) for `single`.
  public init(_ x: Matrix, method: LinkageMethod = .ward, metric: DistanceMetric = .euclidean) throws(FitError) {
    try SampleChecks.features(x, atLeast: 2)
    try metric.check()
    try SampleChecks.parameter(method != .ward || metric == .euclidean, "metric", "euclidean for ward", metric)
    sampleCount = x.shape[0]
    let found =
      method == .single
      ? SpanningTree.edges(x, metric) : NeighbourChain(PairDistances(x, metric), method: method).merged()
    merges = Self.numbered(found, count: x.shape[0])
  }

  /// From the joins that connect all samples, in any order.
  init(joining joins: [(a: Int, b: Int, distance: Double)], count: Int) {
    sampleCount = count
    merges = Self.numbered(joins, count: count)
  }

  /// Sorts joins of representatives by distance and gives the groups their numbers.
  private static func numbered(_ joins: [(a: Int, b: Int, distance: Double)], count: Int) -> [Merge] {
    // Equal distances keep their order, in which a group is made before it is joined.
    let order = joins.indices.sorted { (joins[$0].distance, $0) < (joins[$1].distance, $1) }
    var sets = DisjointSets(count: count)
    var numbers = Array(0..<count)
    var sizes = [Int](repeating: 1, count: count)
    return order.enumerated().map { step, place in
      let (a, b) = (Int(sets.root(Int32(joins[place].a))), Int(sets.root(Int32(joins[place].b))))
      let merge = Merge(
        first: min(numbers[a], numbers[b]), second: max(numbers[a], numbers[b]), distance: joins[place].distance,
        size: sizes[a] + sizes[b])
      sets.unite(Int32(a), Int32(b))
      let root = Int(sets.root(Int32(a)))
      (numbers[root], sizes[root]) = (count + step, merge.size)
      return merge
    }
  }
}

extension Linkage {
  /// The groups when so many are left, numbered in the order of their first samples.
  ///
  /// Stops the cell unless `count` is from 1 to the number of samples.
  public func labels(count: Int) -> [Int] {
    guard (1...sampleCount).contains(count) else {
      fatalError("labels(count:) needs a count from 1 to the \(sampleCount) samples; found \(count).")
    }
    return labels(after: sampleCount - count)
  }

  /// The groups when all that are at most so far apart have joined.
  public func labels(distance: Double) -> [Int] { labels(after: merges.count { $0.distance <= distance }) }

  private func labels(after steps: Int) -> [Int] {
    var sets = DisjointSets(count: sampleCount)
    var representatives = (0..<Int32(sampleCount)).map { $0 }
    for merge in merges[..<steps] {
      sets.unite(representatives[merge.first], representatives[merge.second])
      representatives.append(representatives[merge.first])
    }
    var numbers: [Int32: Int] = [:]
    return (0..<sampleCount).map { sample in
      let root = sets.root(Int32(sample))
      let number = numbers[root] ?? numbers.count
      numbers[root] = number
      return number
    }
  }

  /// The samples in an order in which no lines of a dendrogram cross.
  public var leafOrder: [Int] {
    var (order, waiting) = ([Int](), [sampleCount + merges.count - 1])
    while let group = waiting.popLast() {
      if group < sampleCount {
        order.append(group)
      } else {
        waiting += [merges[group - sampleCount].second, merges[group - sampleCount].first]
      }
    }
    return order
  }

  /// For each pair of samples the distance at which they joined, shape `[n, n]`.
  public func copheneticDistances() -> Matrix {
    var scalars = [Double](repeating: 0, count: sampleCount * sampleCount)
    var groups = (0..<sampleCount).map { [$0] }
    for merge in merges {
      for a in groups[merge.first] {
        for b in groups[merge.second] {
          scalars[a * sampleCount + b] = merge.distance
          scalars[b * sampleCount + a] = merge.distance
        }
      }
      groups.append(groups[merge.first] + groups[merge.second])
      (groups[merge.first], groups[merge.second]) = ([], [])
    }
    return Matrix(scalars, shape: [sampleCount, sampleCount])
  }

  private enum CodingKeys: String, CodingKey { case sampleCount, merges }

  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    sampleCount = try file.decode(Int.self, forKey: .sampleCount)
    merges = try file.decode([Merge].self, forKey: .merges)
    try ModelChecks.fits(
      merges.count > 0 && merges.count == sampleCount - 1, file, .merges, "one merge fewer than samples")
    var isFree = [Bool](repeating: true, count: sampleCount)
    for merge in merges {
      let fits =
        merge.first >= 0 && merge.first < merge.second && merge.second < isFree.count && isFree[merge.first]
        && isFree[merge.second] && merge.distance >= 0
      try ModelChecks.fits(fits, file, .merges, "merges of groups that are there")
      (isFree[merge.first], isFree[merge.second]) = (false, false)
      isFree.append(true)
    }
  }
}
