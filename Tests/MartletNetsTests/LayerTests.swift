import Foundation
import MartletNets
import MartletNumerics
import Testing

/// Gradients of layers and losses against differences of their values, in double precision.
@Suite struct LayerTests {
  typealias V = Variable<Double>

  /// A layer with the shape of its input.
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let layer: any Layer<Double>
    let shape: [Int]
    init(_ name: String, _ layer: some Layer<Double>, _ shape: [Int]) {
      (testDescription, self.layer, self.shape) = (name, layer, shape)
    }
  }

  static let layers: [Case] = [
    Case("Linear", Linear(4, 3, seed: 1, precision: Double.self), [5, 4]),
    Case("Linear, no bias", Linear(4, 3, bias: false, seed: 1, precision: Double.self), [2, 5, 4]),
    Case("LayerNorm", LayerNorm(6, precision: Double.self), [5, 6]),
    Case("LayerNorm over two axes", LayerNorm(2, 3, precision: Double.self), [4, 2, 3]),
    Case("RMSNorm", RMSNorm(6, precision: Double.self), [2, 5, 6]),
    Case("Dropout", Dropout(0.4, precision: Double.self), [4, 9]),
    Case("BatchNorm of channels", BatchNorm(3, precision: Double.self), [6, 3]),
    Case("BatchNorm of images", BatchNorm(3, precision: Double.self), [2, 3, 4, 2]),
    Case("GroupNorm", GroupNorm(groups: 2, 4, precision: Double.self), [2, 4, 3, 2]),
    Case("Conv2d", Conv2d(2, 3, kernel: 3, seed: 1, precision: Double.self), [2, 2, 5, 4]),
    Case(
      "Conv2d, all settings",
      Conv2d(
        4, 6, kernel: (3, 2), stride: (2, 1), padding: .exactly(2), dilation: (1, 2), groups: 2, seed: 1,
        precision: Double.self), [3, 4, 6, 5]),
    Case(
      "Conv2d, same and depthwise",
      Conv2d(3, 3, kernel: 3, padding: .same, groups: 3, seed: 1, precision: Double.self), [2, 3, 4, 5]),
    Case("Conv2d, pointwise", Conv2d(3, 2, kernel: 1, bias: false, seed: 1, precision: Double.self), [2, 3, 4, 5]),
    Case(
      "Conv1d", Conv1d(2, 4, kernel: 3, stride: 2, padding: .exactly(1), dilation: 2, seed: 1, precision: Double.self),
      [2, 2, 9]),
    Case(
      "ConvTranspose2d",
      ConvTranspose2d(
        4, 6, kernel: 3, stride: 2, padding: .exactly(1), outputPadding: 1, groups: 2, seed: 1, precision: Double.self
      ), [2, 4, 3, 4]),
    Case(
      "SeparableConv2d", SeparableConv2d(3, 4, kernel: 3, padding: .same, seed: 1, precision: Double.self),
      [2, 3, 4, 5]),
    Case("SqueezeExcitation", SqueezeExcitation(4, reduction: 2, seed: 1, precision: Double.self), [2, 4, 3, 2]),
    Case("ResidualBlock2d", ResidualBlock2d(2, 2, seed: 1, precision: Double.self), [2, 2, 4, 4]),
    Case(
      "ResidualBlock2d, with a stride", ResidualBlock2d(2, 4, stride: 2, seed: 1, precision: Double.self), [2, 2, 5, 4]),
    Case("MaxPool2d", MaxPool2d(2, precision: Double.self), [2, 3, 4, 6]),
    Case("MaxPool2d, odd", MaxPool2d(2, precision: Double.self), [2, 1, 5, 7]),
    Case(
      "MaxPool2d, overlapping", MaxPool2d(3, stride: 2, padding: .exactly(1), precision: Double.self), [2, 2, 5, 6]),
    Case("AveragePool2d", AveragePool2d(3, stride: 2, padding: .exactly(1), precision: Double.self), [2, 2, 5, 6]),
    Case("AdaptiveAveragePool2d", AdaptiveAveragePool2d(2, 3, precision: Double.self), [2, 2, 5, 6]),
    Case("AdaptiveMaxPool2d", AdaptiveMaxPool2d(2, precision: Double.self), [2, 2, 5, 6]),
    Case("RNN", RNN(3, 4, layers: 2, bidirectional: true, seed: 1, precision: Double.self), [2, 5, 3]),
    Case("LSTM", LSTM(3, 4, layers: 2, bidirectional: true, dropout: 0.3, seed: 1, precision: Double.self), [2, 5, 3]),
    Case("GRU", GRU(3, 4, layers: 2, bias: false, seed: 1, precision: Double.self), [2, 5, 3]),
    Case(
      "MultiHeadAttention", MultiHeadAttention(6, heads: 2, dropout: 0.3, seed: 1, precision: Double.self), [2, 4, 6]),
    Case(
      "TransformerEncoderLayer",
      TransformerEncoderLayer(6, heads: 2, hidden: 8, activation: .gelu, seed: 1, precision: Double.self), [2, 4, 6]),
    Case(
      "TransformerFeedForward",
      TransformerEncoderLayer(6, heads: 2, hidden: 8, activation: .gelu, seed: 1, precision: Double.self).dense,
      [2, 4, 6]),
    Case("TransformerDecoderBlock", TransformerDecoderBlock(6, heads: 3, seed: 1, precision: Double.self), [2, 4, 6]),
    Case("SinusoidalPositions", SinusoidalPositions(6, precision: Double.self), [2, 4, 6]),
    Case("LearnedPositions", LearnedPositions(5, width: 6, seed: 1, precision: Double.self), [2, 4, 6]),
    Case(
      "TransformerEncoder",
      TransformerEncoder(6, layers: 2, heads: 2, hidden: 8, normalizesFirst: true, seed: 1, precision: Double.self),
      [2, 4, 6]),
    Case(
      "GroupedQueryAttention",
      GroupedQueryAttention(8, heads: 4, keyHeads: 2, bias: true, seed: 1, precision: Double.self), [2, 5, 8]),
    Case(
      "LlamaBlock", LlamaBlock(8, heads: 4, keyHeads: 1, hidden: 10, seed: 1, precision: Double.self), [2, 4, 8]),
    Case(
      "MixtureOfExperts", MixtureOfExperts(4, hidden: 5, experts: 3, used: 2, seed: 4, precision: Double.self), [9, 4]),
    Case("Autoencoder", Autoencoder(widths: [6, 5, 2], seed: 3, precision: Double.self), [4, 6]),
    Case(
      "VariationalAutoencoder", VariationalAutoencoder(widths: [6, 5], code: 2, seed: 3, precision: Double.self),
      [4, 6]
    ),
    Case("ReLU", ReLU(precision: Double.self), [3, 5]),
    Case("LeakyReLU", LeakyReLU(precision: Double.self), [3, 5]),
    Case("ELU", ELU(precision: Double.self), [3, 5]),
    Case("SELU", SELU(precision: Double.self), [3, 5]),
    Case("GELU", GELU(precision: Double.self), [3, 5]),
    Case("SiLU", SiLU(precision: Double.self), [3, 5]),
    Case("Mish", Mish(precision: Double.self), [3, 5]),
    Case("Softplus", Softplus(precision: Double.self), [3, 5]),
    Case("Sigmoid", Sigmoid(precision: Double.self), [3, 5]),
    Case("Tanh", Tanh(precision: Double.self), [3, 5]),
    Case("Softmax", Softmax(precision: Double.self), [3, 5]),
    Case("LogSoftmax", LogSoftmax(precision: Double.self), [3, 5]),
    Case("Flatten", Flatten(precision: Double.self), [3, 2, 2]),
    Case("Lambda", Lambda<Double> { $0 * $0 }, [3, 5]),
    Case(
      "Sequential and Residual",
      Sequential(precision: Double.self) {
        Flatten(precision: Double.self)
        Residual(precision: Double.self) {
          Linear(6, 6, seed: 1, precision: Double.self)
          GELU(precision: Double.self)
        }
        Residual(shortcut: Linear(6, 2, seed: 4, precision: Double.self), precision: Double.self) {
          Linear(6, 2, seed: 2, precision: Double.self)
          Tanh(precision: Double.self)
        }
      }, [3, 2, 3]),
  ]

  @Test(arguments: layers) func gradientsAgreeWithDifferences(_ subject: Case) {
    checkGradients(subject.layer, subject.shape)
  }

  /// What is no layer of one tensor: models of tokens, of two sequences, of graphs.
  struct ModuleCase: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let check: @Sendable () throws -> GradientCheck
    init(_ name: String, _ check: @escaping @Sendable () throws -> GradientCheck) {
      (testDescription, self.check) = (name, check)
    }
  }

  static let modules: [ModuleCase] = [
    ModuleCase("Embedding") { check(Embedding(5, width: 3, seed: 1, precision: Double.self)) { $0(tokens) } },
    ModuleCase("GPT") {
      check(GPT(vocabulary: 5, context: 4, width: 6, heads: 2, blocks: 2, seed: 3, precision: Double.self)) {
        $0(tokens)
      }
    },
    ModuleCase("Llama") {
      let model = Llama(
        vocabulary: 5, context: 4, width: 8, heads: 4, keyHeads: 2, blocks: 2, seed: 3, precision: Double.self)
      return check(model) { $0(tokens) }
    },
    ModuleCase("BERT") {
      check(BERT(vocabulary: 5, context: 4, width: 6, layers: 2, heads: 2, seed: 3, precision: Double.self)) {
        $0(tokens, types: Tensor([[0, 0, 1, 1], [0, 1, 1, 1]]), padding: (tokens .== 1))
      }
    },
    ModuleCase("TransformerDecoderLayer") {
      check(TransformerDecoderLayer(6, heads: 2, hidden: 8, dropout: 0, seed: 1, precision: Double.self)) {
        $0(V(normals([2, 4, 6])), reading: V(normals([2, 3, 6], seed: 8)))
      }
    },
    ModuleCase("TransformerDecoder") {
      check(
        TransformerDecoder(6, layers: 2, heads: 3, dropout: 0, normalizesFirst: true, seed: 1, precision: Double.self)
      ) {
        $0(V(normals([2, 4, 6])), reading: V(normals([2, 3, 6], seed: 8)))
      }
    },
    ModuleCase("GraphConvolution") { graph(GraphConvolution(3, 4, seed: 1, precision: Double.self)) },
    ModuleCase("GraphSAGE") { graph(GraphSAGE(3, 4, seed: 1, precision: Double.self)) },
    ModuleCase("GraphAttention") { graph(GraphAttention(3, 4, heads: 2, seed: 1, precision: Double.self)) },
    ModuleCase("LoRA") {
      var model = try LoRA(Linear(4, 3, seed: 1, precision: Double.self), rank: 2, seed: 2)
      model.forEachParameter { $1.value = normals($1.shape, seed: 9) }
      return check(model) { $0(V(normals([5, 4])), mode: .inference) }
    },
  ]

  @Test(arguments: modules) func gradientsOfModulesAgreeWithDifferences(_ subject: ModuleCase) throws {
    let found = try subject.check()
    #expect(found.passes && found.tried > 2, "\(found)")
  }

  private static let tokens = Tensor([[0, 3, 1, 4], [2, 2, 0, 1]])

  private static func normals(_ shape: [Int], seed: UInt64 = 6) -> Matrix {
    var random = PCG64(seed: seed)
    return random.normals(shape: shape)
  }

  private static func check<M: Module<Double>>(_ model: M, _ output: (M) -> V) -> GradientCheck {
    gradientCheck(at: model) { model in
      let output = output(model)
      return (output * V(Matrix((0..<output.count).map { 0.5 + Double($0 * 7 % 5) }, shape: output.shape))).sum()
    }
  }

  private static func graph(_ layer: some GraphLayer<Double>) -> GradientCheck {
    let graph = Graph.planted(groups: [5, 6], within: 0.6, between: 0.2, seed: 4).graph
    return check(layer) { $0(V(normals([11, 3])), graph, mode: .inference) }
  }

  /// Types whose gradients cannot be held to differences in double precision, and why.
  private static let apart = [
    "QuantizedLinear": "its whole numbers have no gradients", "QuantizedConv2d": "its whole numbers have no gradients",
    "GraphNet": "a single-precision stack of the graph layers above",
    "DenseDenoiser": "single precision: checked below", "Diffusion": "single precision: checked below",
  ]

  /// Whatever is declared as a layer or module has a case.
  @Test func everyLayerIsChecked() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/MartletNets")
    let pattern = /public struct (\w+)(<[^>]*>)?: [^{]*\b(Layer|Module|GraphLayer|WritingModel|DenoisingModel)\b/
    var declared: Set<String> = []
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    for case let file as URL in files where file.pathExtension == "swift" {
      for match in try String(contentsOf: file, encoding: .utf8).matches(of: pattern) {
        declared.insert(String(match.1))
      }
    }
    #expect(declared.count > 50)
    let cases = Self.layers.map(\.testDescription) + Self.modules.map(\.testDescription)
    let checked = Set(cases.flatMap { $0.split { !$0.isLetter && !$0.isNumber }.map(String.init) })
    #expect(declared.subtracting(checked).subtracting(Self.apart.keys).isEmpty)
    #expect(Set(Self.apart.keys).isSubset(of: declared))
  }

  /// Along a random direction the loss rises by the gradient's share, as well as single precision can tell.
  @Test func aDenoisersGradientAgreesWithDifferences() {
    var model = Diffusion(
      DenseDenoiser(features: 3, classes: 2, hidden: 8, blocks: 2, seed: 1), schedule: .linear(steps: 20))
    let x = Self.normals([40, 3]).asFloat
    var seed: UInt64 = 20
    // The output layer starts at 0, where nothing behind it would matter.
    model.forEachParameter { _, parameter in
      parameter.value += (Self.normals(parameter.shape, seed: seed) * 0.3).asFloat
      seed += 1
    }
    func loss(_ model: Diffusion<DenseDenoiser>) -> Variable<Float> {
      model.loss(Variable(x), labels: Tensor((0..<40).map { $0 % 2 }), mode: .training(seed: 3))
    }
    let gradients = valueWithGradient(at: model) { loss($0) }.gradient
    for name in model.parameterNames {
      let direction = Self.normals(model[name].shape, seed: 7)
      let step = 0.01 / (direction * direction).sum().squareRoot()
      func moved(_ sign: Double) -> Double {
        var model = model
        model[name] += (direction * (sign * step)).asFloat
        return Double(loss(model).value.scalar)
      }
      let slope = (moved(1) - moved(-1)) / (2 * step)
      let wanted = gradients[name].map { ($0.asDouble * direction).sum() } ?? 0
      #expect(abs(slope - wanted) < 2e-2 * max(0.1, abs(wanted)), "\(name): \(slope) for \(wanted)")
    }
  }

  private func checkGradients<L: Layer<Double>>(_ layer: L, _ shape: [Int]) {
    var random = PCG64(seed: 6)
    let x = random.normals(shape: shape)
    func loss(_ output: V) -> V {
      (output * V(Matrix((0..<output.count).map { 0.5 + Double($0 * 7 % 5) }, shape: output.shape))).sum()
    }
    let mode = { Mode.training(seed: 3) }
    if !layer.parameters.isEmpty {
      let check = gradientCheck(at: layer) { loss($0(V(x), mode: mode())) }
      #expect(check.passes, "\(check)")
    }
    let input = gradientCheck(at: [x]) { loss(layer($0[0], mode: mode())) }
    #expect(input.passes, "input: \(input)")
  }

  static let labels = Tensor([2, 0, 1, 3])
  static let losses: [TapeTests.Case] = [
    .init("crossEntropy", [[4, 4]]) { crossEntropy($0[0], labels) },
    .init("crossEntropy, all settings", [[4, 4]]) {
      crossEntropy($0[0], labels, weights: Tensor([1, 2, 0.5, 3]), smoothing: 0.1, ignoring: 1)
    },
    .init("crossEntropy, single", [[4, 4]]) { crossEntropy($0[0], labels, reduction: .none) },
    .init("negativeLogLikelihood", [[4, 4]]) { negativeLogLikelihood($0[0], labels, weights: Tensor([1, 2, 0.5, 3])) },
    .init("meanSquaredError", [[4, 2], [4, 2]]) { meanSquaredError($0[0], $0[1]) },
    .init("meanAbsoluteError", [[4]]) { meanAbsoluteError($0[0], Tensor([1, 2, 3, 4])) },
    .init("huberLoss", [[4]]) { huberLoss($0[0], Tensor([0.2, -0.5, 3, 4]), delta: 0.7, reduction: .none) },
    .init("binaryCrossEntropy", [[4]]) { binaryCrossEntropy($0[0], Tensor([0, 1, 0.3, 1]), positiveWeight: 3) },
    .init("focalLoss", [[4]]) { focalLoss($0[0], Tensor([0, 1, 0, 1])) },
    .init("hingeLoss", [[4]]) { hingeLoss($0[0], Tensor([-1, 1, -1, 1])) },
    .init("klDivergence", [[2, 3]]) { klDivergence($0[0].logSoftmax(), Tensor([[0.2, 0.8, 0], [0.1, 0.3, 0.6]])) },
    .init("cosineEmbeddingLoss", [[3, 4], [3, 4]]) { cosineEmbeddingLoss($0[0], $0[1], Tensor([1, -1, 1])) },
    .init("tripletLoss", [[3, 4], [3, 4], [3, 4]]) { tripletLoss($0[0], $0[1], $0[2]) },
    .init("contrastiveLoss", [[3, 4], [3, 4]]) { contrastiveLoss($0[0], $0[1], together: Tensor([1, 0, 0])) },
  ]

  @Test(arguments: losses) func gradientsOfLossesAgreeWithDifferences(_ loss: TapeTests.Case) {
    TapeTests().gradientsAgreeWithDifferences(loss)
  }

  @Test func parametersAreFoundByTheirPaths() {
    struct Net: Layer {
      var first = Linear(4, 3, seed: 1)
      var rest: [any Layer<Float>] = [ReLU(), Linear(3, 2, bias: false, seed: 2)]
      var extra: LayerNorm<Float>? = LayerNorm(2)
      var scales = [Parameter(Tensor<Float>([1]))]
      var name = "net"
      func callAsFunction(_ x: Variable<Float>, mode: Mode) -> Variable<Float> {
        extra!(rest.reduce(first(x)) { $1($0) }) * scales[0].variable
      }
    }
    var net = Net()
    #expect(
      net.parameterNames == ["first.weight", "first.bias", "rest.1.weight", "extra.weight", "extra.bias", "scales.0"])
    #expect(net.parameterCount == 12 + 3 + 6 + 2 + 2 + 1)
    let copy = net
    net["first.bias"] = Tensor([1, 2, 3])
    #expect(net["first.bias"] == Tensor([1, 2, 3]) && copy["first.bias"] != net["first.bias"])
    let x = Tensor<Float>([[1, 2, 3, 4]])
    let (_, gradients) = valueWithGradient(at: net) { $0(Variable(x)).squared().sum() }
    #expect(gradients.names == net.parameterNames)
    net.freeze("first.")
    #expect(net.parameterCount == 11)
    let fewer = valueWithGradient(at: net) { $0(Variable(x)).squared().sum() }.gradient
    #expect(!fewer.names.contains("first.weight") && fewer["rest.1.weight"] == gradients["rest.1.weight"])
  }

  @Test func dropoutKeepsTheExpectation() {
    let x = Variable(Tensor<Float>.ones(200, 500))
    let layer = Dropout(0.3)
    #expect(layer(x).value == x.value)
    let dropped = layer(x, mode: .training(seed: 4)).value
    let share = Double((dropped .== 0).trueCount) / 100_000
    // Three standard deviations of a share of 100,000 decisions.
    #expect(abs(share - 0.3) < 3 * (0.21 / 100_000).squareRoot())
    #expect(dropped.max() == 1 / 0.7)
    #expect(layer(x, mode: .training(seed: 4)).value == dropped)
    #expect(layer(x, mode: .training(seed: 5)).value != dropped)
  }

  @Test func initializersHaveTheirVariance() {
    let he = Initializer.heNormal.tensor([400, 300], seed: 1, precision: Double.self)
    #expect(abs(he.variance() * 150 - 1) < 0.02)
    let xavier = Initializer.xavierUniform().tensor([400, 200], seed: 2, precision: Double.self)
    #expect(abs(xavier.variance() * 300 - 1) < 0.02 && abs(xavier.max() - 0.1) < 1e-4)
    for shape in [[5, 8], [8, 5]] {
      let q = Initializer.orthogonal(gain: 2).tensor(shape, seed: 3, precision: Double.self)
      let product = shape[0] < shape[1] ? q • q.transposed() : q.transposed() • q
      #expect(product.isClose(to: Matrix.eye(5) * 4, absolute: 1e-10))
    }
  }

  /// The papers' counts of what is learned, and a separable convolution as the one that it stands for.
  @Test func blocksLearnWhatThePapersSay() {
    let separable = SeparableConv2d(3, 5, kernel: 3, bias: false, seed: 1, precision: Double.self)
    #expect(separable.parameterCount == 3 * 9 + 3 * 5)
    var whole = Conv2d(3, 5, kernel: 3, bias: false, seed: 1, precision: Double.self)
    whole.weight.value = separable.pointwise.weight.value * separable.depthwise.weight.value.reshaped(1, 3, 3, 3)
    var random = PCG64(seed: 2)
    let x = random.normals(shape: [2, 3, 6, 5])
    #expect(separable(x).isClose(to: whole(x), absolute: 1e-12))
    #expect(SqueezeExcitation(16, reduction: 4).parameterCount == 16 * 4 + 4 + 4 * 16 + 16)
    #expect(ResidualBlock2d(8, 16, stride: 2).parameterCount == 8 * 16 * 9 + 16 * 16 * 9 + 8 * 16 + 6 * 16)
    #expect(ResidualBlock2d(8, 16, stride: 2)(Tensor<Float>.ones(1, 8, 9, 9)).shape == [1, 16, 5, 5])
  }
}
