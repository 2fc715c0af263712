import CMartletRuntime
import MartletNumerics

/// Joins groups by following nearest neighbours until two are nearest to each other.
///
/// Right for distances that joining never lowers, as ward's, complete and average ones; takes O(n²) steps.
///
/// Reference: Murtagh (1983), A survey of recent advances in hierarchical clustering algorithms.
struct NeighbourChain {
  private var pairs: PairDistances
  private let method: LinkageMethod
  /// How many samples a group has, under the number of its representative; 0 for one that has been joined.
  private var sizes: [Double]
  /// The representatives of the groups that are left, in ascending order.
  private var left: [Int]

  init(_ pairs: PairDistances, method: LinkageMethod) {
    self.pairs = pairs
    self.method = method
    sizes = [Double](repeating: 1, count: pairs.count)
    left = Array(0..<pairs.count)
  }

  /// Every join, in the order found.
  func merged() -> [(a: Int, b: Int, distance: Double)] {
    var copy = self
    return copy.mergeAll()
  }

  private mutating func mergeAll() -> [(a: Int, b: Int, distance: Double)] {
    var joins: [(a: Int, b: Int, distance: Double)] = []
    var chain: [Int] = []
    let progress = FitProgress.begin("joins", of: left.count - 1)
    while left.count > 1 {
      defer { progress?.advance() }
      if chain.isEmpty { chain = [left[0]] }
      while true {
        martlet_poll()
        let current = chain[chain.count - 1]
        // Of equally near groups the one before in the chain, so that the chain ends.
        let before = chain.count > 1 ? chain[chain.count - 2] : -1
        let (next, distance) = nearest(to: current, preferring: before)
        if next == before {
          chain.removeLast(2)
          join(current, next, distance)
          joins.append((current, next, distance))
          break
        }
        chain.append(next)
      }
    }
    return joins
  }

  private func nearest(to group: Int, preferring before: Int) -> (Int, Double) {
    var best = before
    var distance = before < 0 ? Double.infinity : pairs.distances[pairs.place(group, before)]
    pairs.distances.withUnsafeBufferPointer { distances in
      for other in left where other != group {
        let candidate = distances[pairs.place(group, other)]
        if candidate < distance || best < 0 { (best, distance) = (other, candidate) }
      }
    }
    return (best, distance)
  }

  /// The higher representative stands for both.
  private mutating func join(_ a: Int, _ b: Int, _ distance: Double) {
    let (gone, kept) = (min(a, b), max(a, b))
    let (na, nb) = (sizes[gone], sizes[kept])
    left.removeAll { $0 == gone }
    for other in left where other != kept {
      let place = pairs.place(kept, other)
      pairs.distances[place] = method.joined(
        pairs.distances[pairs.place(gone, other)], pairs.distances[place], between: distance, na, nb, sizes[other])
    }
    (sizes[gone], sizes[kept]) = (0, na + nb)
  }
}
