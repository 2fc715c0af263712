import MartletDisplay
import MartletNumerics
import MartletPlots

/// How a loss comes about, step by step: what ``valueWithGradient(at:_:)`` goes backwards through, as a picture.
///
///     ComputationGraph(at: model) { meanSquaredError($0(x), y) }
///
///     0 weight [1, 2]
///     1 bias [1]
///     2 linear [4, 1] ← 0, 1
///     3 - [4, 1] ← 2
///     …
///
/// Every value that depends on what is learned is a node, with an arrow from each it was computed from. Constants are not
/// recorded. Meant for small models: a large one has thousands of steps.
public struct ComputationGraph: Sendable, Hashable, RichDisplayable, CustomStringConvertible {
  /// A value on the way.
  public struct Node: Sendable, Hashable {
    /// What computed it, or the path of a parameter.
    public let operation: String
    /// Its shape.
    public let shape: [Int]
    /// The places of the nodes that it was computed from.
    public let inputs: [Int]
  }

  /// The values in the order of their computation; the last is the loss.
  public let nodes: [Node]

  /// Records a loss of a model.
  public init<Model: Module>(at model: Model, _ loss: (Model) throws -> Variable<Model.Scalar>) rethrows {
    let tape = Tape<Model.Scalar>()
    defer { tape.clear() }
    var (recorded, names) = (model, [String]())
    recorded.forEachParameter { name, parameter in
      parameter.entry = tape.start(parameter.value)
      names.append(name)
    }
    nodes = Self.nodes(tape, try loss(recorded), names)
  }

  /// Records a function of tensors, which are called `x0`, `x1`, ….
  public init<Scalar: NetScalar>(
    at points: [Tensor<Scalar>], _ function: ([Variable<Scalar>]) throws -> Variable<Scalar>
  ) rethrows {
    let tape = Tape<Scalar>()
    defer { tape.clear() }
    nodes = Self.nodes(tape, try function(points.map { tape.start($0) }), points.indices.map { "x\($0)" })
  }

  /// The steps that the result depends on, numbered anew.
  private static func nodes<Scalar>(_ tape: Tape<Scalar>, _ result: Variable<Scalar>, _ names: [String]) -> [Node] {
    guard result.tape === tape else {
      fatalError(
        "The result of ComputationGraph's closure does not depend on its argument. Compute with what it is given.")
    }
    let steps = tape.steps(to: result.place)
    var isNeeded = [Bool](repeating: false, count: steps.count)
    isNeeded[result.place] = true
    for place in steps.indices.reversed() where isNeeded[place] {
      for input in steps[place].inputs { isNeeded[input] = true }
    }
    var numbers = [Int](repeating: 0, count: steps.count)
    var nodes: [Node] = []
    for place in steps.indices where isNeeded[place] {
      numbers[place] = nodes.count
      let (operation, shape, inputs) = steps[place]
      let name = place < names.count ? names[place] : String(operation.prefix { $0 != "(" })
      nodes.append(Node(operation: name, shape: shape, inputs: inputs.map { numbers[$0] }))
    }
    return nodes
  }

  /// A line for each node.
  public var description: String {
    nodes.enumerated().map { place, node in
      let sources = node.inputs.isEmpty ? "" : " ← " + node.inputs.map(String.init).joined(separator: ", ")
      return "\(place) \(node.operation) \(node.shape)\(sources)"
    }.joined(separator: "\n")
  }

  /// The nodes in layers, with arrows in the direction of the computation.
  public var chart: Chart {
    func label(_ place: Int) -> String { "\(place) \(nodes[place].operation)" }
    let links = nodes.indices.flatMap { place in nodes[place].inputs.map { (from: $0, to: place) } }
    let groups = nodes.indices.map {
      nodes[$0].inputs.isEmpty ? "given" : $0 + 1 == nodes.count ? "result" : "computed"
    }
    return Chart {
      NetworkMark(
        from: links.map { label($0.from) }, to: links.map { label($0.to) },
        groups: Dictionary(uniqueKeysWithValues: nodes.indices.map { (label($0), groups[$0]) }), isDirected: true,
        layout: .layered)
    }.title("How the loss is computed")
  }

  /// The chart.
  public func displayBundle() -> DisplayBundle {
    nodes.count > 1 ? chart.displayBundle() : [.plainText: .text(description)]
  }
}
