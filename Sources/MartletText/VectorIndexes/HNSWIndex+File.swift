import MartletNumerics

extension HNSWIndex {
  private static let format = "martlet-hnsw-index"

  /// Writes vectors and graph as a safetensors file.
  /// - Throws: ``VectorIndexError``.
  public func write(to path: String) throws(VectorIndexError) {
    var file = SafeTensorsWriter(metadata: ["format": Self.format, "metric": metric.rawValue])
    file.add("vectors", Tensor<Float>(table.scalars, shape: [count, width]))
    file.add("levels", Tensor<Int32>(links.map { Int32($0.count) }))
    file.add("degrees", Tensor<Int32>(links.joined().map { Int32($0.count) }))
    file.add("neighbors", Tensor<Int32>(links.joined().flatMap { $0 }))
    file.add(
      "parameters",
      Tensor<Int32>(
        [parameters.neighbors, parameters.constructionWidth, searchWidth, entry].map { Int32(clamping: $0) }))
    do {
      try file.write(to: path)
    } catch { throw VectorIndexError(error.description) }
  }

  /// Reads what ``write(to:)`` wrote.
  /// - Throws: ``VectorIndexError`` when the file is damaged or the graph does not fit the vectors.
  public init(path: String) throws(VectorIndexError) {
    let file = try VectorIndexFile(path, format: Self.format)
    let vectors = try file.vectors()
    try VectorIndexError.check(vectors)
    let (levels, degrees) = (try file.whole("levels"), try file.whole("degrees"))
    let (neighbors, numbers) = (try file.whole("neighbors"), try file.whole("parameters"))
    let table = VectorTable(vectors, file.metric, isPrepared: true)
    guard numbers.count == 4, numbers[0] >= 2, numbers[1] >= numbers[0], numbers[2] >= 1,
      let links = Self.links(levels, degrees, neighbors, count: table.count),
      links.isEmpty ? numbers[3] == 0 : links.indices.contains(Int(numbers[3]))
    else { throw VectorIndexError("\(path): the graph does not fit its \(table.count) vectors. The file is damaged.") }
    let top = links.map(\.count).max() ?? 0
    guard links.isEmpty || links[Int(numbers[3])].count == top else {
      throw VectorIndexError("\(path): searches are to start in the highest layer. The file is damaged.")
    }
    self.init(
      table, Parameters(neighbors: Int(numbers[0]), constructionWidth: Int(numbers[1])), links: links,
      entry: Int(numbers[3]))
    searchWidth = Int(numbers[2])
  }

  private static func links(
    _ levels: [Int32], _ degrees: [Int32], _ neighbors: [Int32], count: Int
  ) -> [[[Int32]]]? {
    guard levels.count == count, levels.allSatisfy({ 1...64 ~= $0 }), degrees.allSatisfy({ $0 >= 0 }),
      levels.reduce(0, { $0 + Int($1) }) == degrees.count, degrees.reduce(0, { $0 + Int($1) }) == neighbors.count
    else { return nil }
    var (links, degree, place): ([[[Int32]]], Int, Int) = ([], 0, 0)
    for level in levels {
      var layers: [[Int32]] = []
      for layer in 0..<Int(level) {
        let part = Array(neighbors[place..<place + Int(degrees[degree])])
        // A neighbour is in the layer, too.
        guard part.allSatisfy({ 0..<count ~= Int($0) && levels[Int($0)] > layer }) else { return nil }
        layers.append(part)
        place += part.count
        degree += 1
      }
      links.append(layers)
    }
    return links
  }
}
