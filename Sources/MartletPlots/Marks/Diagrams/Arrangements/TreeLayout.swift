/// Where the nodes of a tree stand: leaves at whole places in their order, others in the middle of their children.
struct TreeLayout: Sendable {
  struct Node: Sendable {
    let label: String
    let parent: Int?
    /// 0 for the root.
    let level: Int
    /// From left to right, in units of a leaf's room.
    var place = 0.0
    /// How many leaves' rooms a label may take without touching a neighbour's on the same level.
    var room = 1.0
    var isLeaf = true
  }

  private(set) var nodes: [Node] = []
  private(set) var leafCount = 0
  private(set) var depth = 0

  private static let mostNodes = 10_000
  private static let mostLevels = 200

  init<Root>(_ root: Root, children: (Root) throws -> [Root], label: (Root) throws -> String) rethrows {
    try add(root, parent: nil, level: 0, children, label)
    makeRoom()
  }

  /// Adds a node and all below it, from left to right.
  ///
  /// - Returns: its place.
  @discardableResult
  private mutating func add<Root>(
    _ node: Root, parent: Int?, level: Int, _ children: (Root) throws -> [Root], _ label: (Root) throws -> String
  ) rethrows -> Double {
    guard nodes.count < Self.mostNodes, level < Self.mostLevels else {
      fatalError(
        "TreeDiagram draws at most \(Self.mostNodes) nodes on \(Self.mostLevels) levels: this tree goes on. "
          + "Is a node among its own descendants?")
    }
    let index = nodes.count
    nodes.append(Node(label: try label(node), parent: parent, level: level))
    depth = max(depth, level + 1)
    var places: [Double] = []
    for child in try children(node) { places.append(try add(child, parent: index, level: level + 1, children, label)) }
    if let first = places.first, let last = places.last {
      (nodes[index].place, nodes[index].isLeaf) = ((first + last) / 2, false)
    } else {
      nodes[index].place = Double(leafCount)
      leafCount += 1
    }
    return nodes[index].place
  }

  /// The room of each node ends half-way to its neighbours, and at the plot's edges.
  private mutating func makeRoom() {
    for level in Dictionary(grouping: nodes.indices, by: { nodes[$0].level }).values {
      let ordered = level.sorted { nodes[$0].place < nodes[$1].place }
      for (rank, index) in ordered.enumerated() {
        let place = nodes[index].place
        let left = rank > 0 ? (place - nodes[ordered[rank - 1]].place) / 2 : place + 0.5
        let right =
          rank + 1 < ordered.count
          ? (nodes[ordered[rank + 1]].place - place) / 2 : Double(leafCount) - 0.5 - place
        nodes[index].room = 2 * min(left, right)
      }
    }
  }
}
