import MartletNets
import MartletNumerics
import Testing

@Suite struct OptimizerTests {
  struct Weights: Module {
    typealias Scalar = Double
    var w = Parameter(Tensor<Double>([1, -2]))
  }

  /// After one step from (1, −2) with gradient (0.5, 0.25).
  private func afterOne(_ optimizer: some Optimizer<Double>) -> [Double] {
    var (optimizer, weights) = (optimizer, Weights())
    optimizer.update(&weights, along: Gradients([("w", Tensor([0.5, 0.25]))]))
    return weights.w.value.scalars
  }

  @Test func oneStepIsTheFormula() {
    let double = Double.self
    #expect(agree(afterOne(SGD(learningRate: 0.1, precision: double)), [0.95, -2.025]))
    #expect(
      agree(afterOne(SGD(learningRate: 0.1, momentum: 0.9, nesterov: true, precision: double)), [0.905, -2.0475]))
    // The first step of Adam goes by the learning rate, whatever the gradient.
    #expect(agree(afterOne(Adam(learningRate: 0.1, precision: double)), [0.9, -2.1], within: 1e-6))
    #expect(agree(afterOne(AdamW(learningRate: 0.1, weightDecay: 0.5, precision: double)), [0.85, -2.0], within: 1e-6))
    #expect(agree(afterOne(Adagrad(learningRate: 0.1, precision: double)), [0.9, -2.1], within: 1e-6))
    #expect(agree(afterOne(RMSprop(learningRate: 0.1, kept: 0.75, precision: double)), [0.8, -2.2], within: 1e-6))
  }

  @Test func decayIsOneThingForPlainDescentAndTwoForAdam() {
    let precision = Double.self
    let coupled = afterOne(SGD(learningRate: 0.1, weightDecay: .coupled(0.3), precision: precision))
    let decoupled = afterOne(SGD(learningRate: 0.1, weightDecay: .decoupled(0.3), precision: precision))
    #expect(agree(coupled, decoupled))
    let adam = afterOne(Adam(learningRate: 0.1, weightDecay: .coupled(0.3), precision: precision))
    let adamW = afterOne(Adam(learningRate: 0.1, weightDecay: .decoupled(0.3), precision: precision))
    #expect(!agree(adam, adamW, within: 1e-3))
  }

  @Test func groupsHaveTheirOwnRates() {
    let group = ParameterGroup(learningRateFactor: 0.1, weightDecay: 0) { $0 == "w" }
    let step = afterOne(
      SGD(learningRate: 0.1, weightDecay: .coupled(9), groups: [group], precision: Double.self))
    #expect(agree(step, [0.995, -2.0025]))
  }

  @Test func gradientsAreClipped() {
    let gradients = Gradients([("a", Tensor<Double>([3, 0])), ("b", Tensor<Double>([-4]))])
    #expect(gradients.norm == 5)
    let shorter = gradients.clipped(toNorm: 1)
    #expect(abs(shorter.norm - 1) < 1e-6 && agree(shorter["a"]!.scalars, [0.6, 0], within: 1e-6))
    #expect(gradients.clipped(toValue: 2)["b"]!.scalars == [-2])
    #expect((gradients + gradients)["a"]!.scalars == [6, 0])
  }

  /// A dense layer finds the weights of a noiseless sum.
  @Test func everyOptimizerFindsTheWeights() {
    var random = PCG64(seed: 8)
    let x = random.normals(shape: [64, 3])
    let y = x • Matrix([[1], [-2], [0.5]]) + 0.25
    func error(_ optimizer: some Optimizer<Double>) -> Double {
      var (optimizer, model) = (optimizer, Linear(3, 1, seed: 2, precision: Double.self))
      for _ in 0..<1_000 {
        let gradients = valueWithGradient(at: model) { meanSquaredError($0(Variable(x)), y) }.gradient
        optimizer.update(&model, along: gradients)
      }
      return valueWithGradient(at: model) { meanSquaredError($0(Variable(x)), y) }.value
    }
    let precision = Double.self
    #expect(error(SGD(learningRate: 0.05, momentum: 0.9, precision: precision)) < 1e-12)
    #expect(error(Adam(learningRate: 0.02, precision: precision)) < 1e-8)
    #expect(error(RMSprop(learningRate: 0.01, precision: precision)) < 1e-2)
    #expect(error(Adagrad(learningRate: 0.5, precision: precision)) < 1e-8)
  }
}
