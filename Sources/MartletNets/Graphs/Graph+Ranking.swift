import CMartletRuntime
import MartletNumerics

extension Graph {
  /// How often someone who follows edges at random is at each node: `r = damping · Pᵀ · r + (1 − damping)/n`, with the
  /// probabilities `P` of going from node to node.
  ///
  ///     try Graph.karateClub().pageRank().indices.max { … }      // node 33
  ///
  /// From a node without edges one goes anywhere.
  /// - Parameters:
  ///   - damping: how likely an edge is followed, and not any node taken: from 0 to less than 1.
  ///   - tolerance: it ends when the ranks change by less, in sum.
  /// - Returns: numbers that sum to 1.
  /// - Complexity: O(edges) a round; about `log(tolerance) / log(damping)` rounds.
  ///
  /// Reference: Brin and Page (1998), The anatomy of a large-scale hypertextual web search engine.
  public func pageRank(damping: Double = 0.85, tolerance: Double = 1e-12) -> [Double] {
    guard damping >= 0, damping < 1, tolerance > 0 else {
      fatalError(
        "pageRank needs a damping from 0 to less than 1 and a tolerance above 0; found \(damping) and \(tolerance).")
    }
    let (step, degrees) = (meanAdjacency(), degrees)
    let even = 1 / Double(nodeCount)
    var ranks = [Double](repeating: even, count: nodeCount)
    for _ in 0..<10_000 {
      martlet_poll()
      let stranded = ranks.indices.reduce(0) { degrees[$1] == 0 ? $0 + ranks[$1] : $0 }
      var next = [Double](repeating: (1 - damping + damping * stranded) * even, count: nodeCount)
      for node in 0..<nodeCount {
        for place in step.range(ofRow: node) {
          next[Int(step.columns[place])] += damping * ranks[node] * step.values[place]
        }
      }
      let change = zip(ranks, next).reduce(0) { $0 + abs($1.0 - $1.1) }
      ranks = next
      if change < tolerance { break }
    }
    return ranks
  }

  /// Spreads the known classes of some nodes along edges: each node takes the mean of its neighbours' beliefs, and the known
  /// ones keep theirs, until nothing changes.
  ///
  /// - Parameters:
  ///   - known: the classes of some nodes, counted from 0.
  ///   - tolerance: it ends when no belief changes by more.
  /// - Returns: how much each node belongs to each class, `[nodes, classes]`, in rows that sum to 1; rows of nodes to which no
  ///   known one leads are 0.
  /// - Throws: ``GraphError`` when no class is known or a node is not in the graph.
  ///
  /// Reference: Zhu, Ghahramani and Lafferty (2003), Semi-supervised learning using Gaussian fields and harmonic functions.
  public func labelPropagation(known: [Int: Int], tolerance: Double = 1e-9) throws(GraphError) -> Matrix {
    guard let last = known.values.max(), known.values.allSatisfy({ $0 >= 0 }),
      known.keys.allSatisfy({ (0..<nodeCount).contains($0) })
    else {
      throw GraphError(
        "Expected classes from 0 for nodes from 0 to \(nodeCount - 1), one at least; found \(known.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" })."
      )
    }
    let (mean, classes) = (meanAdjacency(), last + 1)
    var beliefs = Matrix.zeros(nodeCount, classes)
    for (node, label) in known { beliefs[node, label] = 1 }
    for _ in 0..<100_000 {
      martlet_poll()
      var next = mean • beliefs
      for (node, label) in known { for c in 0..<classes { next[node, c] = c == label ? 1 : 0 } }
      let change = (next - beliefs).map { abs($0) }.max()
      beliefs = next
      if change < tolerance { break }
    }
    let totals = beliefs.sum(axis: 1, keepDimensions: true)
    return beliefs / Tensor.where(totals .> 0, totals, 1)
  }
}
