import MartletNumerics

extension Graph {
  /// The friendships of 34 members of a karate club that later split: 78 edges.
  ///
  /// ``karateClubSides`` says with whom each went. Members 0 (the instructor) and 33 (the club's president) had fallen out.
  ///
  /// Reference: Zachary (1977), An information flow model for conflict and fission in small groups, Journal of
  /// Anthropological Research 33, 452–473: matrix E, and table 3, "club after split from data".
  public static func karateClub() -> Graph {
    do {
      return try Graph(
        nodeCount: 34, edges: karateFriends.flatMap { member, friends in friends.map { (member, $0) } })
    } catch { fatalError("The bundled graph is damaged: \(error)") }
  }

  /// For each member of the ``karateClub()``: 0 with the instructor, 1 with the president.
  public static let karateClubSides: [Int] = {
    let instructor: Set = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 16, 17, 19, 21]
    return (0..<34).map { instructor.contains($0) ? 0 : 1 }
  }()

  /// Who was a friend of whom, each pair once.
  private static let karateFriends: [(Int, [Int])] = [
    (0, [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31]), (1, [2, 3, 7, 13, 17, 19, 21, 30]),
    (2, [3, 7, 8, 9, 13, 27, 28, 32]), (3, [7, 12, 13]), (4, [6, 10]), (5, [6, 10, 16]), (6, [16]), (8, [30, 32, 33]),
    (9, [33]), (13, [33]), (14, [32, 33]), (15, [32, 33]), (18, [32, 33]), (19, [33]), (20, [32, 33]), (22, [32, 33]),
    (23, [25, 27, 29, 32, 33]), (24, [25, 27, 31]), (25, [31]), (26, [29, 33]), (27, [33]), (28, [31, 33]),
    (29, [32, 33]), (30, [32, 33]), (31, [32, 33]), (32, [33]),
  ]

  /// A random graph of groups: an edge within a group is there with one probability, between groups with another. (Stochastic
  /// block model)
  ///
  ///     let (graph, groups) = Graph.planted(groups: [100, 100, 100], within: 0.1, between: 0.01, seed: 1)
  /// - Parameters:
  ///   - groups: how many nodes each has; nodes of a group follow each other.
  ///   - within: how likely two nodes of a group are joined: from 0 to 1.
  ///   - between: how likely two others are.
  ///   - seed: what the draws depend on.
  /// - Returns: the graph, and the group of each node.
  /// - Complexity: O(nodes²).
  ///
  /// Reference: Holland, Laskey and Leinhardt (1983), Stochastic blockmodels: first steps.
  public static func planted(
    groups: [Int], within: Double, between: Double, seed: UInt64 = Random.nextSeed()
  ) -> (graph: Graph, groups: [Int]) {
    let group = groups.enumerated().flatMap { [Int](repeating: $0.offset, count: max($0.element, 0)) }
    guard !group.isEmpty, (0...1).contains(within), (0...1).contains(between) else {
      fatalError("Graph.planted needs nodes, and probabilities from 0 to 1; found \(groups), \(within) and \(between).")
    }
    var random = PCG64(seed: seed)
    var edges: [(Int, Int)] = []
    for a in group.indices {
      for b in a + 1..<max(group.count, a + 1)
      where random.uniform() < (group[a] == group[b] ? within : between) { edges.append((a, b)) }
    }
    do {
      return (try Graph(nodeCount: group.count, edges: edges), group)
    } catch { fatalError("Every edge is between nodes: \(error)") }
  }
}
