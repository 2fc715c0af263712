import MartletNumerics

/// A layer of a graph net: new numbers for each node from its own and those of the nodes around it.
public protocol GraphLayer<Scalar>: Module {
  associatedtype Scalar = Float
  /// - Parameters:
  ///   - x: a row for each node, `[nodes, inputs]`.
  ///   - graph: the edges.
  /// - Returns: `[nodes, outputs]`.
  func callAsFunction(_ x: Variable<Scalar>, _ graph: Graph, mode: Mode) -> Variable<Scalar>
}

extension GraphLayer {
  /// The output when the layer is used, not trained.
  public func callAsFunction(_ x: Tensor<Scalar>, _ graph: Graph) -> Tensor<Scalar> {
    self(Variable(x), graph, mode: .inference).value
  }
}

/// Means over neighbours and the node itself, weighted by degrees, then a dense layer: `Â · x · weightᵀ + bias`, with
/// ``Graph/normalizedAdjacency(addingLoops:)`` for `Â`.
///
///     let layer = GraphConvolution(16, 4, seed: 1)
///     layer(features, graph).shape      // [nodes, 4]
///
/// Reference: Kipf and Welling (2017), Semi-supervised classification with graph convolutional networks.
public struct GraphConvolution<Scalar: NetScalar>: GraphLayer {
  /// Shape `[outputs, inputs]`.
  public var weight: Parameter<Scalar>
  /// Shape `[outputs]`.
  public var bias: Parameter<Scalar>?

  public init(
    _ inputs: Int, _ outputs: Int, bias: Bool = true, seed: UInt64 = Random.nextSeed(),
    precision: Scalar.Type = Float.self
  ) {
    guard inputs > 0, outputs > 0 else {
      fatalError("GraphConvolution(\(inputs), \(outputs)): both numbers are at least 1.")
    }
    weight = Parameter(Initializer.xavierUniform().tensor([outputs, inputs], seed: seed, precision: precision))
    self.bias = bias ? Parameter(.zeros(outputs)) : nil
  }

  /// - Complexity: O(edges · outputs + nodes · inputs · outputs).
  public func callAsFunction(_ x: Variable<Scalar>, _ graph: Graph, mode: Mode) -> Variable<Scalar> {
    x.requireNodes(graph, weight.shape[1], "GraphConvolution")
    let mixed = x.linear(weight.variable).multiplied(from: graph.normalizedAdjacency())
    return bias.map { mixed + $0.variable } ?? mixed
  }
}

/// A node's own numbers and the mean of its neighbours', each with weights of their own: `x · ownᵀ + mean · aroundᵀ + bias`.
///
/// Unlike ``GraphConvolution`` it tells a node from its neighbours.
///
/// Reference: Hamilton, Ying and Leskovec (2017), Inductive representation learning on large graphs.
public struct GraphSAGE<Scalar: NetScalar>: GraphLayer {
  /// What the node's own numbers go through.
  public var own: Linear<Scalar>
  /// What the neighbours' mean goes through; without a bias.
  public var around: Linear<Scalar>

  public init(
    _ inputs: Int, _ outputs: Int, seed: UInt64 = Random.nextSeed(), precision: Scalar.Type = Float.self
  ) {
    own = Linear(inputs, outputs, initializer: .xavierUniform(), seed: seed, precision: precision)
    around = Linear(
      inputs, outputs, bias: false, initializer: .xavierUniform(), seed: seed &+ 2, precision: precision)
  }

  /// - Complexity: O(edges · inputs + nodes · inputs · outputs).
  public func callAsFunction(_ x: Variable<Scalar>, _ graph: Graph, mode: Mode) -> Variable<Scalar> {
    x.requireNodes(graph, own.weight.shape[1], "GraphSAGE")
    return own(x, mode: mode) + around(x.multiplied(from: graph.meanAdjacency()), mode: mode)
  }
}

/// Attention to neighbours: how much each counts is learned from both ends' numbers.
///
/// With `h = x · weightᵀ`, the edge from `j` to `i` gets the score `leakyReLU(from · hⱼ + to · hᵢ)`; a softmax over all edges
/// that lead to `i`, and a loop, makes weights of the scores, and the output is the weighted sum of the `hⱼ`. Several heads are
/// put side by side.
///
/// Reference: Veličković et al. (2018), Graph attention networks.
public struct GraphAttention<Scalar: NetScalar>: GraphLayer {
  /// Shape `[outputs, inputs]`.
  public var weight: Parameter<Scalar>
  /// What a neighbour's numbers are scored by, for each head: `[heads, outputs / heads]`.
  public var from: Parameter<Scalar>
  /// What a node's own numbers are scored by.
  public var to: Parameter<Scalar>
  /// Shape `[outputs]`.
  public var bias: Parameter<Scalar>
  /// How many heads there are.
  public let heads: Int

  /// - Parameters:
  ///   - outputs: of all heads together; a multiple of `heads`.
  ///   - heads: at least 1.
  public init(
    _ inputs: Int, _ outputs: Int, heads: Int = 1, seed: UInt64 = Random.nextSeed(),
    precision: Scalar.Type = Float.self
  ) {
    guard inputs > 0, heads > 0, outputs > 0, outputs.isMultiple(of: heads) else {
      fatalError(
        "GraphAttention(\(inputs), \(outputs), heads: \(heads)): the outputs are a multiple of the heads, and all are above 0."
      )
    }
    self.heads = heads
    let start = Initializer.xavierUniform()
    let width = outputs / heads
    weight = Parameter(start.tensor([outputs, inputs], seed: seed, precision: precision))
    from = Parameter(start.tensor([heads, width], seed: seed &+ 1, precision: precision))
    to = Parameter(start.tensor([heads, width], seed: seed &+ 2, precision: precision))
    bias = Parameter(.zeros(outputs))
  }

  /// - Complexity: O(edges · outputs + nodes · inputs · outputs).
  public func callAsFunction(_ x: Variable<Scalar>, _ graph: Graph, mode: Mode) -> Variable<Scalar> {
    let (h, arcs, weights) = scored(x, graph)
    let messages = h.gathered(Tensor(arcs.map(\.0))) * weights.addingAxis(2)
    let sums = messages.summed(inGroups: arcs.map(\.1), count: graph.nodeCount)
    return sums.reshaped(graph.nodeCount, -1) + bias.variable
  }

  /// How much each edge counts, with the edges: weights `[edges, heads]`, which sum to 1 over the edges that lead to a node.
  public func attentionWeights(
    _ x: Tensor<Scalar>, _ graph: Graph
  ) -> (edges: [(from: Int, to: Int)], weights: Tensor<Scalar>) {
    let (_, arcs, weights) = scored(Variable(x), graph)
    return (arcs.map { (from: $0.0, to: $0.1) }, weights.value)
  }

  private func scored(
    _ x: Variable<Scalar>, _ graph: Graph
  ) -> (h: Variable<Scalar>, arcs: [(Int, Int)], weights: Variable<Scalar>) {
    x.requireNodes(graph, weight.shape[1], "GraphAttention")
    let nodes = graph.nodeCount
    let h = x.linear(weight.variable).reshaped(nodes, heads, -1)
    let arcs = graph.arcs.filter { $0.0 != $0.1 } + (0..<nodes).map { ($0, $0) }
    let (sources, targets) = (Tensor(arcs.map(\.0)), arcs.map(\.1))
    let (sent, received) = ((h * from.variable).sum(axis: 2), (h * to.variable).sum(axis: 2))
    let scores = (sent.gathered(sources) + received.gathered(Tensor(targets))).leakyReLU(slope: 0.2)
    // The largest score of all as a constant: it cancels, and keeps powers from overflowing.
    let powers = exp(scores - scores.value.max())
    let totals = powers.summed(inGroups: targets, count: nodes).gathered(Tensor(targets))
    return (h, arcs, powers / (totals + Scalar.leastNormalMagnitude))
  }
}

extension Variable {
  fileprivate func requireNodes(_ graph: Graph, _ inputs: Int, _ layer: String) {
    guard shape == [graph.nodeCount, inputs] else {
      fatalError(
        "\(layer) needs a row of \(inputs) numbers for each of \(graph.nodeCount) nodes; found shape \(shape).")
    }
  }
}
