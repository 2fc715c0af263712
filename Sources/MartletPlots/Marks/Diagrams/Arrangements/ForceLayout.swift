import CMartletRuntime
import Glibc

/// Nodes that push each other away while links pull them together.
///
/// Reference: Fruchterman and Reingold (1991), Graph drawing by force-directed placement.
struct ForceLayout {
  let count: Int
  let edges: [NetworkEdge]

  /// Evenly on a circle, clockwise from the top.
  static func circle(_ count: Int) -> [(x: Double, y: Double)] {
    (0..<count).map { node in
      let angle = 2 * Double.pi * Double(node) / Double(count)
      return (0.5 + 0.5 * sin(angle), 0.5 - 0.5 * cos(angle))
    }
  }

  /// The places after a number of steps, each smaller than the one before.
  func places(iterations: Int) -> [(x: Double, y: Double)] {
    var places = Self.circle(count)
    // The distance at which pull and push are in balance.
    let distance = (1 / Double(count)).squareRoot()
    for iteration in 0..<iterations {
      martlet_poll()
      let forces = forces(at: places, distance)
      let step = 0.1 * (1 - Double(iteration) / Double(iterations))
      for node in places.indices {
        let (x, y) = forces[node]
        let length = max(hypot(x, y), 1e-12)
        let share = min(length, step) / length
        places[node] = (places[node].x + x * share, places[node].y + y * share)
      }
    }
    return Self.fitted(places)
  }

  private func forces(at places: [(x: Double, y: Double)], _ distance: Double) -> [(x: Double, y: Double)] {
    // Everything is drawn a little to the middle, so that parts without links stay in the picture.
    var forces = places.map { (x: (0.5 - $0.x) * distance, y: (0.5 - $0.y) * distance) }
    for a in places.indices {
      for b in 0..<a {
        let (dx, dy) = (places[a].x - places[b].x, places[a].y - places[b].y)
        let push = distance * distance / max(dx * dx + dy * dy, 1e-9)
        forces[a] = (forces[a].x + dx * push, forces[a].y + dy * push)
        forces[b] = (forces[b].x - dx * push, forces[b].y - dy * push)
      }
    }
    for edge in edges where edge.from != edge.to {
      let (dx, dy) = (places[edge.from].x - places[edge.to].x, places[edge.from].y - places[edge.to].y)
      let pull = hypot(dx, dy) / distance
      forces[edge.from] = (forces[edge.from].x - dx * pull, forces[edge.from].y - dy * pull)
      forces[edge.to] = (forces[edge.to].x + dx * pull, forces[edge.to].y + dy * pull)
    }
    return forces
  }

  /// Stretched to fill the picture.
  static func fitted(_ places: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
    func spread(_ values: [Double]) -> [Double] {
      let (low, high) = (values.min() ?? 0, values.max() ?? 0)
      return values.map { high - low > 1e-9 ? ($0 - low) / (high - low) : 0.5 }
    }
    return Array(zip(spread(places.map(\.x)), spread(places.map(\.y)))).map { (x: $0, y: $1) }
  }
}
