/// Where the nodes of a network stand. No layout uses chance: the same links always make the same picture.
public struct NetworkLayout: Sendable, Hashable {
  enum Name: Sendable, Hashable {
    case force(iterations: Int)
    case circle, layers
  }
  let name: Name

  /// Linked nodes pull each other, all nodes push each other away: clusters show. The nodes start on a circle in order
  /// of appearance. O(n²) for each iteration; see Fruchterman and Reingold (1991), Graph drawing by force-directed
  /// placement.
  public static func force(iterations: Int = 300) -> NetworkLayout {
    NetworkLayout(name: .force(iterations: iterations))
  }
  /// On a circle, in order of appearance: no node is special.
  public static let circular = NetworkLayout(name: .circle)
  /// From top to bottom in the links' direction, each node below all that link to it: flows, dependencies, neural
  /// networks. Links that close a circle do not count. See Sugiyama, Tagawa and Toda (1981), Methods for visual
  /// understanding of hierarchical system structures.
  public static let layered = NetworkLayout(name: .layers)

  /// Places from 0 to 1 in both directions, from the top left.
  func places(count: Int, _ edges: [NetworkEdge]) -> [(x: Double, y: Double)] {
    guard count > 1 else { return Array(repeating: (0.5, 0.5), count: count) }
    switch name {
    case .circle: return ForceLayout.circle(count)
    case .force(let iterations): return ForceLayout(count: count, edges: edges).places(iterations: max(0, iterations))
    case .layers: return LayeredLayout(count: count, edges: edges).places
    }
  }
}

/// A link between two nodes, by their numbers.
struct NetworkEdge: Sendable, Hashable {
  let from, to: Int
  let weight: Double
}
