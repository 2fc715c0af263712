/// Nodes in layers, so that links go down.
///
/// Reference: Sugiyama, Tagawa and Toda (1981), Methods for visual understanding of hierarchical system structures.
struct LayeredLayout {
  private let count: Int
  private let parents: [[Int]]
  private let children: [[Int]]
  /// The layer of each node, from 0 at the top.
  let layers: [Int]

  init(count: Int, edges: [NetworkEdge]) {
    self.count = count
    var (parents, children) = (Array(repeating: [Int](), count: count), Array(repeating: [Int](), count: count))
    for edge in Self.withoutCircles(count, edges) {
      parents[edge.to].append(edge.from)
      children[edge.from].append(edge.to)
    }
    (self.parents, self.children) = (parents, children)
    layers = Self.layers(count, parents, children)
  }

  /// The links without those that lead back to a node on the way to them.
  private static func withoutCircles(_ count: Int, _ edges: [NetworkEdge]) -> [NetworkEdge] {
    let outgoing = Dictionary(grouping: edges.filter { $0.from != $0.to }, by: \.from)
    var (state, kept): ([Int], [NetworkEdge]) = (Array(repeating: 0, count: count), [])  // 0 new, 1 on the way, 2 done
    for root in 0..<count where state[root] == 0 {
      var path: [(node: Int, next: Int)] = [(root, 0)]
      state[root] = 1
      while let (node, next) = path.last {
        let links = outgoing[node] ?? []
        guard next < links.count else {
          state[node] = 2
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let end = links[next].to
        if state[end] != 1 { kept.append(links[next]) }
        if state[end] == 0 {
          state[end] = 1
          path.append((end, 0))
        }
      }
    }
    return kept
  }

  /// One below the lowest parent.
  private static func layers(_ count: Int, _ parents: [[Int]], _ children: [[Int]]) -> [Int] {
    var (layers, waiting) = (Array(repeating: 0, count: count), parents.map(\.count))
    var open = (0..<count).filter { waiting[$0] == 0 }
    while let node = open.popLast() {
      for child in children[node] {
        layers[child] = max(layers[child], layers[node] + 1)
        waiting[child] -= 1
        if waiting[child] == 0 { open.append(child) }
      }
    }
    return layers
  }

  /// Places from 0 to 1. The nodes of a layer stand in the order in which they were given, unless another one has fewer
  /// links that cross.
  var places: [(x: Double, y: Double)] {
    let depth = (layers.max() ?? 0) + 1
    let given = (0..<depth).map { layer in (0..<count).filter { layers[$0] == layer } }
    let (asGiven, sorted) = (Self.spread(given, count), sorted(given))
    let x = crossings(sorted) < crossings(asGiven) ? sorted : asGiven
    return (0..<count).map { (x[$0], depth > 1 ? Double(layers[$0]) / Double(depth - 1) : 0.5) }
  }

  /// The nodes of each layer at equal distances.
  private static func spread(_ order: [[Int]], _ count: Int) -> [Double] {
    var x = Array(repeating: 0.5, count: count)
    for layer in order {
      for (rank, node) in layer.enumerated() { x[node] = (Double(rank) + 0.5) / Double(layer.count) }
    }
    return x
  }

  /// How many pairs of links between the same two layers cross; not counted beyond a size where nobody could see it.
  private func crossings(_ x: [Double]) -> Int {
    let links = (0..<count).flatMap { node in children[node].map { (top: node, bottom: $0) } }
    guard links.count <= 2000 else { return 0 }
    var crossings = 0
    for (index, a) in links.enumerated() {
      for b in links[(index + 1)...] where layers[a.top] == layers[b.top] && layers[a.bottom] == layers[b.bottom] {
        if (x[a.top] - x[b.top]) * (x[a.bottom] - x[b.bottom]) < 0 { crossings += 1 }
      }
    }
    return crossings
  }

  /// With few crossings: every node near the mean of its neighbours in the layer before.
  private func sorted(_ given: [[Int]]) -> [Double] {
    var order = given
    var x = Array(repeating: 0.5, count: count)
    func spread(_ layer: Int) {
      for (rank, node) in order[layer].enumerated() { x[node] = (Double(rank) + 0.5) / Double(order[layer].count) }
    }
    for layer in order.indices { spread(layer) }
    for sweep in 0..<8 {
      let isDown = sweep.isMultiple(of: 2)
      for layer in isDown ? Array(order.indices) : order.indices.reversed() {
        let wanted = order[layer].map { node -> Double in
          let others = isDown ? parents[node] : children[node]
          return others.isEmpty ? x[node] : others.reduce(0) { $0 + x[$1] } / Double(others.count)
        }
        let ranked = zip(order[layer], wanted).enumerated().sorted {
          ($0.element.1, $0.offset) < ($1.element.1, $1.offset)
        }
        order[layer] = ranked.map(\.element.0)
        spread(layer)
      }
    }
    return x
  }
}
