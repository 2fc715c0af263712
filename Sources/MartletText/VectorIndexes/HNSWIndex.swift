import CMartletRuntime
import Foundation
import MartletNumerics

/// Finds vectors that are near others by walking along a graph of neighbours, from long ways to short ones.
///
///     let index = try HNSWIndex(vectors, seed: 1)
///     try index.search(query, count: 10)
///
/// Approximate: a wider ``searchWidth`` finds more of the truly nearest and takes longer. The graph depends on the seed and on
/// the order of the vectors alone. ``FlatIndex`` is exact.
///
/// Reference: Malkov and Yashunin (2020), Efficient and robust approximate nearest neighbor search using hierarchical
/// navigable small world graphs.
public struct HNSWIndex: Sendable {
  /// How a graph is built.
  public struct Parameters: Sendable, Equatable {
    /// How many neighbours a vector has in upper layers; twice as many in the lowest. At least 2. (hnswlib: `M`)
    public var neighbors: Int
    /// How many candidates are looked at for each new vector; at least ``neighbors``. (hnswlib: `ef_construction`)
    public var constructionWidth: Int

    /// - Parameters:
    ///   - neighbors: at least 2; more for vectors of many dimensions.
    ///   - constructionWidth: at least `neighbors`.
    public init(neighbors: Int = 16, constructionWidth: Int = 200) {
      self.neighbors = neighbors
      self.constructionWidth = constructionWidth
    }
  }

  let table: VectorTable
  /// How the graph was built.
  public let parameters: Parameters
  /// How many candidates a search looks at; at least as many as are asked for. (hnswlib: `ef`)
  public var searchWidth = 64
  /// The neighbours of each row in each of its layers.
  var links: [[[Int32]]] = []
  var entry = 0

  /// - Parameters:
  ///   - vectors: shape `[n, width]`, every value finite.
  ///   - metric: how near vectors are.
  ///   - parameters: how the graph is built.
  ///   - seed: which vectors are in upper layers.
  /// - Throws: ``VectorIndexError``.
  /// - Complexity: O(n · log n · construction width · width), about.
  public init(
    _ vectors: Tensor<Float>, metric: VectorMetric = .cosine, parameters: Parameters = Parameters(), seed: UInt64 = 0
  ) throws(VectorIndexError) {
    try VectorIndexError.check(vectors)
    guard parameters.neighbors >= 2, parameters.constructionWidth >= parameters.neighbors else {
      throw VectorIndexError(
        "Expected neighbors of at least 2 and constructionWidth of at least as many; found \(parameters.neighbors) and \(parameters.constructionWidth)."
      )
    }
    table = VectorTable(vectors, metric)
    self.parameters = parameters
    var random = PCG64(seed: seed)
    let scale = 1 / log(Double(parameters.neighbors))
    var visited = VisitedRows(table.count)
    for row in 0..<table.count {
      martlet_poll()
      insert(row, level: min(Int(-log(1 - random.uniform()) * scale), 32), &visited)
    }
  }

  init(_ table: VectorTable, _ parameters: Parameters, links: [[[Int32]]], entry: Int) {
    self.table = table
    self.parameters = parameters
    self.links = links
    self.entry = entry
  }

  /// How near vectors are.
  public var metric: VectorMetric { table.metric }
  /// How many vectors there are.
  public var count: Int { table.count }
  /// How many numbers a vector has.
  public var width: Int { table.width }

  /// The nearest vectors that are found for each query, nearest first.
  /// - Parameters:
  ///   - queries: shape `[m, width]`.
  ///   - count: how many for each.
  /// - Throws: ``VectorIndexError``.
  public func search(each queries: Tensor<Float>, count: Int = 10) throws(VectorIndexError) -> [[SearchHit]] {
    try VectorIndexError.check(queries, width: width)
    let asked = VectorTable(queries, metric)
    return Parallel.mapRanges(asked.count, length: 32) { range in
      var visited = VisitedRows(self.count)
      return range.map { nearest(asked.vector($0), count, &visited) }
    }.flatMap { $0 }
  }

  /// The nearest vectors that are found for one, shape `[width]`.
  /// - Throws: ``VectorIndexError``.
  public func search(_ query: Tensor<Float>, count: Int = 10) throws(VectorIndexError) -> [SearchHit] {
    try search(each: query.reshaped(to: [1, query.count]), count: count)[0]
  }

  private func nearest(_ query: [Float], _ wanted: Int, _ visited: inout VisitedRows) -> [SearchHit] {
    if links.isEmpty || wanted < 1 { return [] }
    var start = entry
    for layer in stride(from: links[entry].count - 1, to: 0, by: -1) { start = descend(query, start, layer) }
    let found = explore(query, from: [start], width: max(searchWidth, wanted), layer: 0, &visited)
    return found.prefix(wanted).map { SearchHit(document: Int($0.row), score: table.score($0.distance)) }
  }

  /// From neighbour to nearer neighbour until none is nearer.
  private func descend(_ query: [Float], _ start: Int, _ layer: Int) -> Int {
    var (best, distance) = (start, table.distance(query, start))
    while true {
      let from = best
      for neighbor in links[from][layer] {
        let other = table.distance(query, Int(neighbor))
        if other < distance { (best, distance) = (Int(neighbor), other) }
      }
      if best == from { return best }
    }
  }

  /// The nearest rows that are reached through the nearest seen so far, nearest first.
  private func explore(
    _ query: [Float], from starts: [Int], width: Int, layer: Int, _ visited: inout VisitedRows
  ) -> [NearVector] {
    visited.startAnew()
    var (candidates, found) = (BinaryHeap<NearVector>(), BinaryHeap<Backwards<NearVector>>())
    for start in starts where visited.insert(start) {
      let entry = NearVector(distance: table.distance(query, start), row: Int32(start))
      candidates.push(entry)
      found.push(Backwards(entry))
    }
    while let next = candidates.pop() {
      if let worst = found.first?.base, found.count >= width, worst.distance < next.distance { break }
      for neighbor in links[Int(next.row)][layer] where visited.insert(Int(neighbor)) {
        let entry = NearVector(distance: table.distance(query, Int(neighbor)), row: neighbor)
        if found.count >= width, let worst = found.first?.base, !entry.comes(before: worst) { continue }
        candidates.push(entry)
        found.push(Backwards(entry))
        if found.count > width { _ = found.pop() }
      }
    }
    return found.elements.map(\.base).sorted { $0.comes(before: $1) }
  }

  private mutating func insert(_ row: Int, level: Int, _ visited: inout VisitedRows) {
    links.append([[Int32]](repeating: [], count: level + 1))
    if row == 0 { return }
    let query = table.vector(row)
    let top = links[entry].count - 1
    var start = entry
    for layer in stride(from: top, to: level, by: -1) { start = descend(query, start, layer) }
    var starts = [start]
    for layer in stride(from: min(level, top), through: 0, by: -1) {
      let found = explore(query, from: starts, width: parameters.constructionWidth, layer: layer, &visited)
      links[row][layer] = chosen(found, parameters.neighbors)
      for neighbor in links[row][layer] { connect(Int(neighbor), to: row, layer) }
      starts = found.map { Int($0.row) }
    }
    if level > top { entry = row }
  }

  /// Adds a neighbour, and drops the least useful when there are too many.
  private mutating func connect(_ row: Int, to other: Int, _ layer: Int) {
    links[row][layer].append(Int32(other))
    let most = layer == 0 ? 2 * parameters.neighbors : parameters.neighbors
    guard links[row][layer].count > most else { return }
    let own = table.vector(row)
    let entries = links[row][layer].map { NearVector(distance: table.distance(own, Int($0)), row: $0) }
    links[row][layer] = chosen(entries.sorted { $0.comes(before: $1) }, most)
  }

  /// Near rows in different directions: one that is nearer to a chosen one than to the row itself is reached through that.
  private func chosen(_ candidates: [NearVector], _ most: Int) -> [Int32] {
    var (kept, passed): ([Int32], [Int32]) = ([], [])
    for candidate in candidates {
      if kept.count == most { break }
      let own = table.vector(Int(candidate.row))
      if kept.allSatisfy({ table.distance(own, Int($0)) > candidate.distance }) {
        kept.append(candidate.row)
      } else {
        passed.append(candidate.row)
      }
    }
    return kept + passed.prefix(most - kept.count)
  }
}

/// Which rows a walk has seen; starting anew takes no time.
struct VisitedRows {
  private var walks: [UInt32]
  private var walk: UInt32 = 0

  init(_ count: Int) { walks = [UInt32](repeating: 0, count: count) }

  mutating func startAnew() {
    walk &+= 1
    if walk == 0 {
      for row in walks.indices { walks[row] = 0 }
      walk = 1
    }
  }

  /// Whether a row is seen for the first time.
  mutating func insert(_ row: Int) -> Bool {
    if walks[row] == walk { return false }
    walks[row] = walk
    return true
  }
}
