import MartletNets
import MartletNumerics
import Testing

/// Gradients of operations against differences of their values, in double precision.
@Suite struct TapeTests {
  typealias V = Variable<Double>

  /// One operation with the shapes of its inputs.
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let shapes: [[Int]]
    let isPositive: Bool
    let function: @Sendable ([V]) -> V

    init(
      _ name: String, _ shapes: [[Int]], positive: Bool = false, _ function: @escaping @Sendable ([V]) -> V
    ) {
      (testDescription, self.shapes, isPositive, self.function) = (name, shapes, positive, function)
    }
  }

  static let operations: [Case] = [
    Case("+", [[3, 4], [4]]) { $0[0] + $0[1] },
    Case("-", [[3, 1], [2, 3, 4]]) { $0[0] - $0[1] },
    Case("*", [[3, 4], [3, 1]]) { $0[0] * $0[1] },
    Case("/", [[3, 4], [4]], positive: true) { $0[0] / $0[1] },
    Case("numbers on the right", [[3]]) { ($0[0] * 3 + 1) / 4 - 2 },
    Case("numbers on the left", [[3]]) { 2 - 3 * $0[0] },
    Case("a number by it", [[3]], positive: true) { 1 / $0[0] },
    Case("-", [[3]]) { -$0[0] },
    Case("maximum", [[3, 4], [4]]) { maximum($0[0], $0[1]) + minimum($0[0], $0[1]) * 2 },
    Case("• 2-D", [[3, 4], [4, 2]]) { $0[0] • $0[1] },
    Case("• row", [[4], [4, 2]]) { $0[0] • $0[1] },
    Case("• column", [[3, 4], [4]]) { $0[0] • $0[1] },
    Case("• dot", [[4], [4]]) { $0[0] • $0[1] },
    Case("• batch", [[2, 3, 4], [2, 4, 5]]) { $0[0] • $0[1] },
    Case("• batch and matrix", [[2, 3, 4], [4, 5]]) { $0[0] • $0[1] },
    Case("• stretched batch", [[2, 1, 3, 4], [5, 4, 2]]) { $0[0] • $0[1] },
    Case("• transposed", [[2, 3, 4], [2, 5, 4]]) { $0[0] • $0[1].transposed() },
    Case("• heads", [[2, 5, 3, 4], [2, 5, 3, 4]]) {
      $0[0].transposed(axes: [0, 2, 1, 3]) • $0[1].transposed(axes: [0, 2, 3, 1])
    },
    Case("linear", [[2, 3, 4], [5, 4], [5]]) { $0[0].linear($0[1], $0[2]) },
    Case("linear without bias", [[3, 4], [5, 4]]) { $0[0].linear($0[1]) },
    Case("reshaped", [[2, 6]]) { $0[0].reshaped(3, -1) },
    Case("transposed", [[2, 3, 4]]) { $0[0].transposed(axes: [2, 0, 1]) },
    Case("broadcast", [[3, 1]]) { $0[0].broadcast(to: [2, 3, 4]) },
    Case("slice", [[3, 5]]) { $0[0].slice(axis: 1, 1..<4) },
    Case("part", [[3, 5]]) { $0[0].part(2, axis: 1) + $0[0].part(0, axis: -1) },
    Case("split", [[3, 4]]) {
      let p = $0[0].split(into: 2, axis: 1)
      return p[0] * p[1]
    },
    Case("concatenated", [[2, 3], [2, 1]]) { .concatenated([$0[0], $0[1]], axis: 1) },
    Case("stacked", [[2, 3], [2, 3]]) { .stacked([$0[0], $0[1]], axis: 1) },
    Case("gathered", [[4, 3]]) { $0[0].gathered(Tensor([[1, 3], [1, 0]])) },
    Case("taking", [[3, 4]]) { $0[0].taking(Tensor([[1], [1], [3]]), axis: 1) },
    Case("padded", [[2, 3]]) { $0[0].padded([(1, 0), (2, 1)]) },
    Case("sum", [[2, 3]]) { $0[0].sum() },
    Case("sum axis", [[2, 3, 4]]) { $0[0].sum(axis: 1) },
    Case("mean axes", [[2, 3, 4]]) { $0[0].mean(axes: [0, 2], keepDimensions: true) },
    Case("variance", [[2, 3, 4]]) { $0[0].variance(axes: [0, 2], degreesOfFreedom: 1) },
    Case("max", [[3, 4]]) { $0[0].max(axis: 1) + $0[0].min(axis: 1) },
    Case("exp", [[5]]) { exp($0[0]) }, Case("expm1", [[5]]) { expm1($0[0]) },
    Case("log", [[5]], positive: true) { log($0[0]) }, Case("log1p", [[5]], positive: true) { log1p($0[0]) },
    Case("sqrt", [[5]], positive: true) { sqrt($0[0]) }, Case("abs", [[5]]) { abs($0[0]) },
    Case("sin", [[5]]) { sin($0[0]) }, Case("cos", [[5]]) { cos($0[0]) }, Case("tanh", [[5]]) { tanh($0[0]) },
    Case("erf", [[5]]) { erf($0[0]) }, Case("squared", [[5]]) { $0[0].squared() },
    Case("reciprocal", [[5]], positive: true) { $0[0].reciprocal() },
    Case("pow", [[5]], positive: true) { pow($0[0], 1.7) },
    Case("relu", [[9]]) { $0[0].relu() }, Case("leakyReLU", [[9]]) { $0[0].leakyReLU(slope: 0.2) },
    Case("elu", [[9]]) { $0[0].elu(alpha: 1.3) }, Case("selu", [[9]]) { $0[0].selu() },
    Case("gelu", [[600]]) { $0[0].gelu() }, Case("gelu by tanh", [[9]]) { $0[0].gelu(approximate: true) },
    Case("silu", [[9]]) { $0[0].silu() }, Case("mish", [[600]]) { $0[0].mish() },
    Case("softplus", [[9]]) { $0[0].softplus() }, Case("sigmoid", [[9]]) { $0[0].sigmoid() },
    Case("softmax", [[3, 4]]) { $0[0].softmax() }, Case("softmax axis 0", [[3, 4]]) { $0[0].softmax(axis: 0) },
    Case("logSoftmax", [[3, 4]]) { $0[0].logSoftmax() },
    Case("logSumExp", [[3, 4]]) { $0[0].logSumExp(axis: 0) },
    Case("clipped", [[9]]) { $0[0].clipped(to: -0.5...0.5) },
    Case("where", [[3], [2, 3]]) { .where(Tensor([true, false, true]), $0[0], $0[1]) },
    Case("filled", [[2, 3]]) { $0[0].filled(-9, where: Tensor([true, false, true])) },
  ]

  @Test(arguments: operations) func gradientsAgreeWithDifferences(_ operation: Case) {
    var random = PCG64(seed: 5)
    let points = operation.shapes.map { shape in
      let normals = random.normals(shape: shape)
      return operation.isPositive ? exp(normals) : normals
    }
    let check = gradientCheck(at: points) { inputs in
      let result = operation.function(inputs)
      // Different factors for each number, so that no mix-up of places cancels.
      let factors = Matrix((0..<result.count).map { 0.5 + Double($0 * 7 % 5) }, shape: result.shape)
      return (result * Variable(factors)).sum()
    }
    #expect(check.passes, "\(check)")
    #expect(check.tried > 0)
  }

  @Test func aVariableMayBeUsedManyTimes() {
    let (value, gradient) = valueWithGradient(at: Tensor<Double>([3])) { x in (x * x * x + x).sum() }
    #expect(value == 30 && gradient.scalars == [28])
  }

  /// The steps of a small loss, with their sources; what the loss does not need is left out.
  @Test func stepsAreShown() {
    let x = Variable(Matrix([[1], [2], [3]]))
    let layer = Linear(weight: Matrix([[2]]), bias: Matrix([1]))
    let graph = ComputationGraph(at: layer) { layer in
      let y = layer(x, mode: .inference)
      _ = MartletNets.exp(y)
      return (y.relu() * y).sum()
    }
    #expect(graph.nodes.map(\.operation) == ["weight", "bias", "linear", "relu", "*", "sum"])
    #expect(graph.nodes.map(\.inputs) == [[], [], [0, 1], [2], [3, 2], [4]])
    #expect(graph.nodes[2].shape == [3, 1] && graph.nodes[5].shape == [])
    #expect(graph.description.split(separator: "\n")[4] == "4 * [3, 1] ← 3, 2")
    let svg = graph.displayBundle()[.svg]
    #expect(svg != nil)
    #expect(ComputationGraph(at: [Matrix([1, 2])]) { $0[0].squared().sum() }.nodes.first?.operation == "x0")
  }

  @Test func whatIsDetachedIsConstant() {
    let gradient = valueWithGradient(at: Tensor<Double>([3])) { ($0 * $0.detached()).sum() }.gradient
    #expect(gradient.scalars == [3])
  }

  @Test func outsideNothingIsRecorded() {
    let x = Variable(Tensor<Float>([1, 2]))
    #expect(!(x * x).isTracked)
  }

  @Test func unusedPointsHaveNoSlope() {
    let points = [Tensor<Double>([1, 2]), Tensor<Double>([3])]
    let gradient = valueWithGradient(at: points) { $0[0].sum() }.gradient
    #expect(gradient == [Tensor<Double>([1, 1]), Tensor<Double>([0])])
  }

  @Test func aWrongPullbackIsFound() {
    let check = gradientCheck(at: [Tensor<Double>([1, 2])]) { inputs in
      V.computed(inputs[0].value * inputs[0].value, from: [inputs[0]]) { [$0] }.sum()
    }
    #expect(!check.passes && check.place == "0[1]")
  }

  /// Batched products against one at a time.
  @Test func batchedProductsAreTheProducts() {
    var random = PCG64(seed: 3)
    let a = random.normals(shape: [3, 4, 5]).asFloat
    let b = random.normals(shape: [3, 5, 6]).asFloat
    let product = (Variable(a) • Variable(b)).value
    for i in 0..<3 { #expect(product.row(i).isClose(to: a.row(i) • b.row(i))) }
  }
}
