import MartletNumerics

/// Nodes, numbered from 0, and edges between them, perhaps with weights.
///
///     let graph = try Graph(nodeCount: 4, edges: [(0, 1), (1, 2), (2, 3)])
///     graph.neighbours(of: 1)             // [0, 2]
///     graph.degrees                       // [1, 2, 2, 1]
///     graph.adjacency[1, 2]               // 1.0
///
/// The adjacency is kept row by row (CSR): row `i` holds the edges that lead out of node `i`.
public struct Graph: Sendable, Equatable, Codable {
  /// Row `i`, column `j`: the weight of the edge from `i` to `j`; of parallel edges, the sum.
  public let adjacency: SparseMatrix
  /// Whether edges lead one way only.
  public let isDirected: Bool

  /// - Parameters:
  ///   - nodeCount: at least 1.
  ///   - edges: pairs of nodes; each once where the graph is not directed.
  ///   - weights: one above 0 for each edge; 1 without.
  ///   - isDirected: whether an edge leads from its first node to its second only.
  /// - Throws: ``GraphError`` when an edge names no node, or weights do not fit.
  /// - Complexity: O(edges · log edges).
  public init(
    nodeCount: Int, edges: [(Int, Int)], weights: [Double]? = nil, isDirected: Bool = false
  ) throws(GraphError) {
    guard nodeCount > 0, nodeCount <= Int(Int32.max) else {
      throw GraphError("Expected at least one node, and 2³¹ − 1 at most; found \(nodeCount).")
    }
    if let (place, edge) = edges.enumerated().first(where: {
      !(0..<nodeCount).contains($1.0) || !(0..<nodeCount).contains($1.1)
    }) {
      throw GraphError("Expected nodes from 0 to \(nodeCount - 1); found the edge \(edge) at place \(place).")
    }
    let weights = weights ?? [Double](repeating: 1, count: edges.count)
    guard weights.count == edges.count, weights.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw GraphError(
        "Expected a finite weight above 0 for each of \(edges.count) edges; found \(weights.count) weights.")
    }
    var (rows, columns, values): ([Int], [Int], [Double]) = ([], [], [])
    for ((from, to), weight) in zip(edges, weights) {
      rows.append(from)
      columns.append(to)
      values.append(weight)
      // A loop is one entry, both ways being the same.
      guard !isDirected, from != to else { continue }
      rows.append(to)
      columns.append(from)
      values.append(weight)
    }
    adjacency = SparseMatrix(rows: rows, columns: columns, values: values, shape: [nodeCount, nodeCount])
    self.isDirected = isDirected
  }

  private enum CodingKeys: CodingKey { case adjacency, isDirected }

  /// Reads what was encoded; throws `DecodingError` where it is no graph.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    adjacency = try file.decode(SparseMatrix.self, forKey: .adjacency)
    isDirected = try file.decode(Bool.self, forKey: .isDirected)
    guard adjacency.shape[0] == adjacency.shape[1], adjacency.shape[0] > 0,
      adjacency.values.allSatisfy({ $0 > 0 && $0.isFinite }), isDirected || adjacency == adjacency.transposed()
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .adjacency, in: file,
        debugDescription:
          "Expected a square matrix of weights above 0, and a symmetric one unless edges have a direction.")
    }
  }

  /// How many nodes there are.
  public var nodeCount: Int { adjacency.shape[0] }

  /// How many edges there are; of undirected ones, each once.
  public var edgeCount: Int {
    isDirected ? adjacency.storedCount : (adjacency.storedCount + loopCount) / 2
  }

  /// Each edge; of undirected ones once, from the smaller node to the larger.
  public var edges: [(Int, Int)] { arcs.filter { isDirected || $0.0 <= $0.1 } }

  /// The nodes that edges of a node lead to, ascending.
  public func neighbours(of node: Int) -> [Int] { adjacency.range(ofRow: node).map { Int(adjacency.columns[$0]) } }

  /// The sums of the weights of each node's edges; loops count once.
  public var degrees: [Double] {
    (0..<nodeCount).map { node in adjacency.range(ofRow: node).reduce(0) { $0 + adjacency.values[$1] } }
  }

  /// Every edge in each direction in which it leads.
  var arcs: [(Int, Int)] { (0..<nodeCount).flatMap { node in neighbours(of: node).map { (node, $0) } } }

  private var loopCount: Int { (0..<nodeCount).count { neighbours(of: $0).contains($0) } }
}

/// Why something is no graph, or a graph does not do.
public struct GraphError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was expected, what was found, and where.
  public let description: String
  init(_ description: String) { self.description = description }
}

extension Graph: CustomStringConvertible {
  /// What it is, in one line.
  public var description: String {
    "Graph of \(nodeCount) nodes and \(edgeCount) \(isDirected ? "directed " : "")edges"
  }
}
