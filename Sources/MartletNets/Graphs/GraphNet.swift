import MartletNumerics

/// Two or more graph layers with ReLU and dropout between them: a classifier of nodes.
///
///     var net = GraphNet([features.shape[1], 16, 2], seed: 1)
///     let answers = net.classify(features, graph, known: [0: 0, 33: 1], seed: 1)      // a class for every node
///
/// Reference: Kipf and Welling (2017), Semi-supervised classification with graph convolutional networks.
public struct GraphNet: Module {
  public typealias Scalar = Float
  /// Which layers it is made of.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    case convolution, sage
    /// With one head, or with `heads` where they divide a layer's width.
    case attention
  }

  public var convolutions: [GraphConvolution<Float>] = []
  public var sages: [GraphSAGE<Float>] = []
  public var attentions: [GraphAttention<Float>] = []
  public var dropout: Dropout<Float>

  /// - Parameters:
  ///   - widths: from the numbers of a node to the classes; at least two.
  ///   - kind: of the layers.
  ///   - heads: of attention.
  ///   - dropout: how likely a number between layers is set to 0 in training.
  public init(
    _ widths: [Int], kind: Kind = .convolution, heads: Int = 1, dropout: Double = 0, seed: UInt64 = Random.nextSeed()
  ) {
    guard widths.count > 1 else {
      fatalError("GraphNet(\(widths)): from inputs to classes there are two widths at least.")
    }
    self.dropout = Dropout(dropout)
    for (place, (from, to)) in zip(widths, widths.dropFirst()).enumerated() {
      let seed = seed &+ UInt64(place) &* 0x9e37_79b9
      switch kind {
      case .convolution: convolutions.append(GraphConvolution(from, to, seed: seed))
      case .sage: sages.append(GraphSAGE(from, to, seed: seed))
      case .attention:
        attentions.append(GraphAttention(from, to, heads: to.isMultiple(of: heads) ? heads : 1, seed: seed))
      }
    }
  }

  /// The scores of each node's classes, `[nodes, classes]`.
  public func callAsFunction(_ x: Variable<Float>, _ graph: Graph, mode: Mode = .inference) -> Variable<Float> {
    let layers: [any GraphLayer<Float>] = convolutions + sages + attentions
    var h = x
    for (place, layer) in layers.enumerated() {
      if place > 0 { h = dropout(h.relu(), mode: mode) }
      h = layer(h, graph, mode: mode)
    }
    return h
  }

  /// What the last hidden layer makes of each node, for a picture: `[nodes, width]`.
  public func embeddings(_ x: Tensor<Float>, _ graph: Graph) -> Tensor<Float> {
    let layers: [any GraphLayer<Float>] = convolutions + sages + attentions
    return layers.dropLast().reduce(Variable(x)) { $1($0, graph, mode: .inference).relu() }.value
  }

  /// Learns from the nodes whose class is known, and tells the class of every node.
  ///
  /// - Parameters:
  ///   - x: `[nodes, inputs]`; one-hot rows where nodes have no numbers of their own.
  ///   - known: the classes of some nodes, counted from 0.
  ///   - epochs: steps of Adam, each over the whole graph.
  ///   - weightDecay: how strongly weights are drawn to 0.
  /// - Returns: a class for each node.
  @discardableResult
  public mutating func classify(
    _ x: Tensor<Float>, _ graph: Graph, known: [Int: Int], epochs: Int = 200, learningRate: Double = 0.01,
    weightDecay: Double = 5e-4, seed: UInt64 = Random.nextSeed()
  ) -> [Int] {
    guard !known.isEmpty, known.keys.allSatisfy({ (0..<graph.nodeCount).contains($0) }) else {
      fatalError(
        "GraphNet learns from nodes between 0 and \(graph.nodeCount - 1), one at least; found \(known.keys.sorted()).")
    }
    let nodes = known.keys.sorted()
    let (rows, labels) = (Tensor(nodes), Tensor(nodes.map { known[$0]! }))  // its own keys
    var optimizer = Adam(learningRate: learningRate, weightDecay: .coupled(weightDecay))
    for step in 0..<epochs {
      let mode = Mode.training(seed: seed &+ UInt64(step))
      let gradients = valueWithGradient(at: self) {
        crossEntropy($0(Variable(x), graph, mode: mode).gathered(rows), labels)
      }.gradient
      optimizer.update(&self, along: gradients)
    }
    return self(Variable(x), graph).value.argMax(axis: 1).scalars
  }
}
