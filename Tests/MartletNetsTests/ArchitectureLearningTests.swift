import MartletModels
import MartletNets
import MartletNumerics
import Testing

/// What recurrent layers, blocks of convolutions and mixtures of experts can learn.
@Suite struct ArchitectureLearningTests {
  private struct Recalling<Memory: Layer<Float>>: Module {
    var memory: Memory
    var output = Linear(24, 4, seed: 2)
    /// Scores of what came first, after all steps.
    func callAsFunction(_ x: Variable<Float>) -> Variable<Float> {
      output(memory(x, mode: .inference).part(x.shape[1] - 1, axis: 1))
    }
  }

  /// Which of four signs came first is asked after ten more; who guesses is right once in four.
  private func share(recalledBy memory: some Layer<Float>) -> Double {
    var random = PCG64(seed: 3)
    func samples(_ count: Int) -> (x: Tensor<Float>, y: Tensor<Int>) {
      let signs = (0..<count * 11).map { _ in random.integer(below: 4) }
      let x = Tensor<Float>(signs.flatMap { sign in (0..<4).map { $0 == sign ? 1 : 0 } }, shape: [count, 11, 4])
      return (x, Tensor((0..<count).map { signs[$0 * 11] }))
    }
    var (model, optimizer) = (Recalling(memory: memory), Adam<Float>(learningRate: 0.01))
    for _ in 0..<300 {
      let (x, y) = samples(64)
      let gradients = valueWithGradient(at: model) { crossEntropy($0(Variable(x)), y) }.gradient
      optimizer.update(&model, along: gradients.clipped(toNorm: 1))
    }
    let (x, y) = samples(500)
    return accuracy(predicted: model(Variable(x)).value.argMax(axis: 1).scalars, actual: y.scalars)
  }

  @Test func memoriesRecallWhatCameFirst() {
    let shares = (rnn: share(recalledBy: RNN(4, 24, seed: 1)), gru: share(recalledBy: GRU(4, 24, seed: 1)))
    print("what came first, after ten signs: \(shares)")
    #expect(shares.gru > 0.99 && shares.rnn > 0.95)
  }

  /// A ResNet in small, with a depthwise block and channels that are weighted, reads the digits.
  @Test func blocksReadDigits() throws {
    let (train, test) = TrainingTests.digits
    var model = Sequential {
      Lambda { $0.reshaped(-1, 1, 8, 8) }
      Conv2d(1, 16, kernel: 3, padding: .same, bias: false, seed: 1)
      BatchNorm(16)
      ReLU()
      ResidualBlock2d(16, 16, seed: 2)
      ResidualBlock2d(16, 32, stride: 2, seed: 3)
      SeparableConv2d(32, 32, kernel: 3, padding: .same, seed: 4)
      BatchNorm(32)
      ReLU()
      SqueezeExcitation(32, reduction: 4, seed: 5)
      AdaptiveAveragePool2d(1)
      Flatten()
      Linear(32, 10, seed: 6)
    }
    let loader = DataLoader(train.x.asFloat, Tensor(train.y), batchSize: 32, seed: 1)
    var trainer = Trainer(
      optimizer: AdamW(learningRate: 5e-3), epochs: 8, schedule: .oneCycle(steps: 8 * loader.batchCount),
      showsChart: false, seed: 1)
    try trainer.fit(&model, loader) { model, batch, mode in crossEntropy(model(batch.x, mode: mode), batch.y) }
    let score = accuracy(predicted: model(test.x.asFloat).argMax(axis: 1).scalars, actual: test.y)
    print("digits, residual and depthwise blocks: \(score)")
    #expect(score >= 0.97)
  }

  /// `y = |x₁|`: no line is better than the mean, whose error is the variance 1/12; two lines and who says which is meant
  /// have it.
  @Test func expertsDivideTheWork() {
    var random = PCG64(seed: 5)
    let x = random.uniforms(shape: [512, 2]) * 2 - 1
    let y = abs(x[.all, 0..<1])
    func error<M: Layer<Double>>(_ start: M) -> Double {
      var (model, optimizer) = (start, Adam<Double>(learningRate: 0.03, precision: Double.self))
      for _ in 0..<600 {
        let gradients = valueWithGradient(at: model) { meanSquaredError($0(Variable(x)), y) }.gradient
        optimizer.update(&model, along: gradients)
      }
      return meanSquaredError(model(Variable(x)), y).value.scalar
    }
    let one = error(Linear(2, 1, seed: 1, precision: Double.self))
    let experts = (1...2).map { Linear(2, 1, seed: UInt64($0), precision: Double.self) }
    let both = error(MixtureOfExperts(2, experts: experts, used: 2, seed: 3))
    print("two lines: error \(both), one \(one)")
    #expect(one > 0.07 && both < 0.01)
  }
}
