import MartletNumerics

/// The lengths of the shortest paths between all pairs of joined samples; infinite where there is none.
///
/// Reference: Dijkstra (1959), A note on two problems in connexion with graphs.
struct ShortestPaths {
  /// The joins of each sample, in both directions.
  private let joins: [[(to: Int, length: Double)]]

  /// - Parameters:
  ///   - places: the neighbours of each sample, `[n, k]`.
  ///   - distances: how far they are.
  init(_ places: Tensor<Int>, _ distances: Matrix) {
    let (width, others, lengths) = (places.shape[1], places.scalars, distances.scalars)
    var joins = [[(to: Int, length: Double)]](repeating: [], count: places.shape[0])
    for place in others.indices {
      joins[place / width].append((others[place], lengths[place]))
      joins[others[place]].append((place / width, lengths[place]))
    }
    self.joins = joins
  }

  func table() -> Matrix {
    let progress = FitProgress.begin("paths", of: joins.count)
    let rows = Parallel.mapRanges(joins.count, length: 16) { range in
      defer { progress?.advance(by: range.count) }
      return range.flatMap { lengths(from: $0) }
    }
    return Matrix(rows.flatMap { $0 }, shape: [joins.count, joins.count])
  }

  private func lengths(from start: Int) -> [Double] {
    var lengths = [Double](repeating: .infinity, count: joins.count)
    var isSettled = [Bool](repeating: false, count: joins.count)
    var heap = PathHeap()
    lengths[start] = 0
    heap.insert(0, start)
    while let (length, sample) = heap.removeNearest() {
      if isSettled[sample] { continue }
      isSettled[sample] = true
      for join in joins[sample] where length + join.length < lengths[join.to] {
        lengths[join.to] = length + join.length
        heap.insert(lengths[join.to], join.to)
      }
    }
    return lengths
  }
}

/// Ends of paths, the nearest first out.
private struct PathHeap {
  private var entries: [(length: Double, sample: Int)] = []

  mutating func insert(_ length: Double, _ sample: Int) {
    var place = entries.count
    entries.append((length, sample))
    while place > 0, entries[(place - 1) / 2].length > entries[place].length {
      entries.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func removeNearest() -> (length: Double, sample: Int)? {
    guard let nearest = entries.first else { return nil }
    let last = entries.removeLast()
    if entries.isEmpty { return nearest }
    entries[0] = last
    var place = 0
    while true {
      let children = [2 * place + 1, 2 * place + 2].filter { $0 < entries.count }
      guard let child = children.min(by: { entries[$0].length < entries[$1].length }),
        entries[child].length < entries[place].length
      else { return nearest }
      entries.swapAt(child, place)
      place = child
    }
  }
}
