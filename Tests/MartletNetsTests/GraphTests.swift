import Foundation
import MartletNets
import MartletNumerics
import Testing

@Suite struct GraphTests {
  private func path() throws -> Graph { try Graph(nodeCount: 4, edges: [(0, 1), (1, 2), (3, 2)], weights: [1, 2, 3]) }

  @Test func edgesAreKeptRowByRow() throws {
    let graph = try path()
    #expect(graph.adjacency.dense == Matrix([[0, 1, 0, 0], [1, 0, 2, 0], [0, 2, 0, 3], [0, 0, 3, 0]]))
    #expect(graph.neighbours(of: 1) == [0, 2] && graph.degrees == [1, 3, 5, 3])
    #expect(graph.edgeCount == 3 && graph.edges.map { [$0.0, $0.1] } == [[0, 1], [1, 2], [2, 3]])
    let directed = try Graph(nodeCount: 3, edges: [(0, 1), (0, 1), (2, 2)], isDirected: true)
    #expect(directed.adjacency.dense == Matrix([[0, 2, 0], [0, 0, 0], [0, 0, 1]]) && directed.edgeCount == 2)
    #expect("\(graph)" == "Graph of 4 nodes and 3 edges")
    #expect(throws: GraphError.self) { try Graph(nodeCount: 2, edges: [(0, 2)]) }
    #expect(throws: GraphError.self) { try Graph(nodeCount: 0, edges: []) }
    #expect(throws: GraphError.self) { try Graph(nodeCount: 2, edges: [(0, 1)], weights: [.nan]) }
    let data = try JSONEncoder().encode(graph)
    #expect(try JSONDecoder().decode(Graph.self, from: data) == graph)
    let damaged = String(decoding: data, as: UTF8.self).replacingOccurrences(of: "[1,1,2,2,3,3]", with: "[1,1,2,2,3,9]")
    #expect(damaged != String(decoding: data, as: UTF8.self))
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Graph.self, from: Data(damaged.utf8)) }
  }

  /// `D^(−½)(A + I)D^(−½)` by hand, and the layer as its product with dense matrices.
  @Test func aConvolutionIsTheProductWithTheNormalisedAdjacency() throws {
    let graph = Graph.karateClub()
    let loops = graph.adjacency.dense + Matrix.eye(34)
    let roots = Matrix.diagonal(loops.sum(axis: 1).scalars.map { 1 / $0.squareRoot() })
    let normal = roots • loops • roots
    #expect(graph.normalizedAdjacency().dense.isClose(to: normal, absolute: 1e-12))
    var random = PCG64(seed: 1)
    let x = random.normals(shape: [34, 5])
    let layer = GraphConvolution(5, 3, seed: 2, precision: Double.self)
    let wanted = normal • x • layer.weight.value.transposed()
    #expect(layer(x, graph).isClose(to: wanted, absolute: 1e-12))
    // The largest eigenvalue is 1, for the roots of the degrees.
    let degrees = loops.sum(axis: 1).map { $0.squareRoot() }.reshaped(34, 1)
    #expect((normal • degrees).isClose(to: degrees, absolute: 1e-12))

    let sage = GraphSAGE(5, 3, seed: 2, precision: Double.self)
    let means = graph.adjacency.dense / graph.adjacency.dense.sum(axis: 1, keepDimensions: true)
    let both = sage.own(x) + means • x • sage.around.weight.value.transposed()
    #expect(sage(x, graph).isClose(to: both, absolute: 1e-12))
  }

  /// Attention edge by edge, with loops over the neighbours.
  @Test func attentionIsItsFormula() throws {
    let graph = try path()
    var random = PCG64(seed: 3)
    let x = random.normals(shape: [4, 3])
    let layer = GraphAttention(3, 4, heads: 2, seed: 1, precision: Double.self)
    let h = (x • layer.weight.value.transposed()).reshaped(4, 2, 2)
    func leaky(_ x: Double) -> Double { x > 0 ? x : 0.2 * x }
    var wanted = Matrix.zeros(4, 4)
    for node in 0..<4 {
      for head in 0..<2 {
        func dot(_ weights: Matrix, _ other: Int) -> Double {
          (0..<2).reduce(0) { $0 + weights[head, $1] * h[other, head, $1] }
        }
        let around = graph.neighbours(of: node) + [node]
        let powers = around.map { exp(leaky(dot(layer.from.value, $0) + dot(layer.to.value, node))) }
        for (other, power) in zip(around, powers) {
          for i in 0..<2 { wanted[node, head * 2 + i] += power / powers.reduce(0, +) * h[other, head, i] }
        }
      }
    }
    #expect(layer(x, graph).isClose(to: wanted, absolute: 1e-12))
    let (edges, weights) = layer.attentionWeights(x, graph)
    #expect(edges.count == 10 && weights.shape == [10, 2])
    for node in 0..<4 {
      let total = edges.indices.filter { edges[$0].to == node }.reduce(0) { $0 + weights[$1, 0] }
      #expect(abs(total - 1) < 1e-12)
    }
  }

  @Test func gradientsAgreeWithDifferences() throws {
    let graph = Graph.planted(groups: [5, 6], within: 0.6, between: 0.2, seed: 4).graph
    var random = PCG64(seed: 5)
    let (x, y) = (random.normals(shape: [11, 3]), Variable(random.normals(shape: [11, 4])))
    func check(_ layer: some GraphLayer<Double>) -> GradientCheck {
      gradientCheck(at: layer) { ($0(Variable(x), graph, mode: .inference) * y).sum() }
    }
    for found in [
      check(GraphConvolution(3, 4, seed: 1, precision: Double.self)),
      check(GraphSAGE(3, 4, seed: 1, precision: Double.self)),
      check(GraphAttention(3, 4, heads: 2, seed: 1, precision: Double.self)),
    ] { #expect(found.passes, "\(found)") }
    let attention = GraphAttention(3, 4, heads: 2, seed: 1, precision: Double.self)
    let inputs = gradientCheck(at: [x]) { (attention($0[0], graph, mode: .inference) * y).sum() }
    #expect(inputs.passes, "\(inputs)")
  }

  /// The node numbers of a graph mean nothing: nodes in another order get the same outputs in that order.
  @Test(arguments: GraphNet.Kind.allCases) func theOrderOfNodesMeansNothing(kind: GraphNet.Kind) throws {
    let graph = Graph.karateClub()
    var random = PCG64(seed: 6)
    let x = random.normals(shape: [34, 4]).asFloat
    let order = random.permutation(34)
    var place = order
    for (new, old) in order.enumerated() { place[old] = new }
    let other = try Graph(nodeCount: 34, edges: graph.edges.map { (place[$0.0], place[$0.1]) })
    let net = GraphNet([4, 8, 3], kind: kind, heads: 2, seed: 1)
    let (a, b) = (net(Variable(x), graph).value, net(Variable(x[rows: order]), other).value)
    #expect(b.isClose(to: a[rows: order], relative: 1e-4, absolute: 1e-5))
  }

  /// With the side of two members each, nine of ten members are told right.
  @Test(arguments: GraphNet.Kind.allCases, [1, 2, 3] as [UInt64]) func theKarateClubSplits(
    kind: GraphNet.Kind, seed: UInt64
  ) {
    let graph = Graph.karateClub()
    #expect(graph.nodeCount == 34 && graph.edgeCount == 78)
    #expect(Graph.karateClubSides.reduce(0, +) == 17)
    var net = GraphNet([34, 16, 2], kind: kind, dropout: 0.3, seed: seed)
    let answers = net.classify(Tensor<Float>.eye(34), graph, known: [0: 0, 1: 0, 32: 1, 33: 1], seed: seed)
    let right = zip(answers, Graph.karateClubSides).count { $0 == $1 }
    print("karate club, \(kind), seed \(seed): \(right) of 34")
    #expect(Double(right) >= 0.9 * 34)
  }

  @Test(arguments: GraphNet.Kind.allCases) func plantedGroupsAreFound(kind: GraphNet.Kind) {
    let (graph, groups) = Graph.planted(groups: [60, 60, 60], within: 0.15, between: 0.01, seed: 3)
    let known = [0: 0, 1: 0, 2: 0, 60: 1, 61: 1, 62: 1, 120: 2, 121: 2, 122: 2]
    // A node's numbers are its row of the adjacency: who its neighbours are.
    let rows = (graph.adjacency.dense + Matrix.eye(180)).asFloat
    var net = GraphNet([180, 16, 3], kind: kind, heads: 4, dropout: 0.3, seed: 1)
    let answers = net.classify(rows, graph, known: known, seed: 1)
    let right = zip(answers, groups).count { $0 == $1 }
    print("planted groups, \(kind): \(right) of 180")
    #expect(Double(right) >= 0.9 * 180)
    #expect(net.embeddings(rows, graph).shape == [180, 16])
  }

  @Test func plantedEdgesHaveTheirProbabilities() {
    let (graph, groups) = Graph.planted(groups: [80, 80], within: 0.2, between: 0.05, seed: 1)
    let within = graph.edges.count { groups[$0.0] == groups[$0.1] }
    // 2 · 80 · 79 / 2 pairs within, 80 · 80 between; four standard deviations.
    #expect(abs(Double(within) - 0.2 * 6320) < 4 * (6320 * 0.2 * 0.8).squareRoot())
    #expect(abs(Double(graph.edgeCount - within) - 0.05 * 6400) < 4 * (6400 * 0.05 * 0.95).squareRoot())
  }

  /// Ranks of NetworkX 3.6.1 for members 0, 33, 11 and 32 of the karate club without weights, and the equation they solve.
  @Test func ranksSolveTheirEquation() throws {
    let ranks = Graph.karateClub().pageRank()
    #expect(
      agree(
        [ranks[0], ranks[33], ranks[11], ranks[32]], [0.096997285388, 0.100919182333, 0.009564745492, 0.071693226006],
        within: 1e-9))
    // A node without edges out goes anywhere.
    let graph = try Graph(nodeCount: 4, edges: [(0, 1), (1, 2), (2, 0), (0, 3)], isDirected: true)
    let found = graph.pageRank(damping: 0.8)
    let step = Matrix([[0, 0.5, 0, 0.5], [0, 0, 1, 0], [1, 0, 0, 0], [0.25, 0.25, 0.25, 0.25]])
    let wanted = try (Matrix.eye(4) - step.transposed() * 0.8).solve(Matrix.full(0.05, 4))
    #expect(agree(found, wanted.scalars, within: 1e-10))
  }

  /// Each unknown node has the mean of its neighbours' beliefs: the harmonic function, by solving for it.
  @Test func labelsSpreadToTheHarmonicFunction() throws {
    let graph = Graph.karateClub()
    let beliefs = try graph.labelPropagation(known: [0: 0, 33: 1])
    let unknown = (0..<34).filter { $0 != 0 && $0 != 33 }
    let mean = graph.meanAdjacency().dense
    let inner = mean[rows: unknown][columns: unknown]
    let wanted = try (Matrix.eye(32) - inner).solve(mean[rows: unknown].column(33))
    #expect(agree(unknown.map { beliefs[$0, 1] }, wanted.scalars, within: 1e-6))
    let right = zip(beliefs.argMax(axis: 1).scalars, Graph.karateClubSides).count { $0 == $1 }
    print("karate club, label propagation from two members: \(right) of 34")
    #expect(Double(right) >= 0.9 * 34)
    #expect(throws: GraphError.self) { try graph.labelPropagation(known: [:]) }
    #expect(throws: GraphError.self) { try graph.labelPropagation(known: [40: 1]) }
    let apart = try Graph(nodeCount: 3, edges: [(0, 1)]).labelPropagation(known: [0: 1])
    #expect(apart == Matrix([[0, 1], [0, 1], [0, 0]]))
  }
}
