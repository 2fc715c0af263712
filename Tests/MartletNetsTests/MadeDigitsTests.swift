import Foundation
import MartletDatasets
import MartletModels
import MartletNets
import MartletNumerics
import Testing

/// Digits that nets draw, judged by a classifier of true ones that neither has seen.
@Suite struct MadeDigitsTests {
  /// A classifier of digits that gets 96 % of those held out right.
  private struct Judge {
    let net: Sequential<Float>

    init() throws {
      let (train, test) = TrainingTests.digits
      var net = Sequential {
        Linear(64, 64, seed: 1)
        ReLU()
        Linear(64, 10, seed: 2)
      }
      var trainer = Trainer(
        optimizer: AdamW(learningRate: 2e-3, weightDecay: 0.1), epochs: 30, showsChart: false, seed: 1)
      try trainer.fit(&net, DataLoader(train.x.asFloat, Tensor(train.y), batchSize: 32, seed: 1)) {
        model, batch, mode in crossEntropy(model(batch.x, mode: mode), batch.y)
      }
      self.net = net
      #expect(accuracy(predicted: labels(test.x.asFloat), actual: test.y) >= 0.96)
    }

    func labels(_ x: Tensor<Float>) -> [Int] { net(x).argMax(axis: 1).scalars }

    /// The mean probability of what it takes them for.
    func confidence(_ x: Tensor<Float>) -> Double {
      Double(Variable(net(x)).softmax().value.max(axis: 1).mean())
    }

    /// How far apart two sets of pictures are, by what its hidden layer sees.
    func distance(_ a: Tensor<Float>, _ b: Tensor<Float>) -> Double {
      func seen(_ x: Tensor<Float>) -> Tensor<Float> { net.layers[0](x) }
      return maximumMeanDiscrepancy(seen(a), seen(b), bandwidth: 3)
    }
  }

  /// Pictures with the pixels of true ones, each pixel from another.
  private static func mixed(_ x: Matrix, _ count: Int) -> Tensor<Float> {
    var random = PCG64(seed: 8)
    let pixels = (0..<count * 64).map { x[random.integer(below: x.shape[0]), $0 % 64] }
    return Matrix(pixels, shape: [count, 64]).asFloat
  }

  private static func asPixels(_ x: Tensor<Float>) -> Tensor<Float> { ((x + 1) * 0.5).clipped(to: 0...1) }

  @Test func aDiffusionDrawsTheDigitsAskedFor() throws {
    let (train, test) = TrainingTests.digits
    let judge = try Judge()
    var model = Diffusion(
      DenseDenoiser(features: 64, classes: 10, hidden: 256, blocks: 3, seed: 1), schedule: .cosine(steps: 100),
      target: .velocity, sampleRange: -1...1)
    let loader = DataLoader((train.x * 2 - 1).asFloat, Tensor(train.y), batchSize: 128, seed: 1)
    var trainer = Trainer(
      optimizer: Adam(learningRate: 2e-3), epochs: 120, schedule: .cosine(steps: 120 * loader.batchCount),
      showsChart: false, seed: 1)
    try trainer.fit(&model, loader) { model, batch, mode in model.loss(batch.x, labels: batch.y, mode: mode) }
    let wanted = (0..<360).map { $0 % 10 }
    let held = test.x.asFloat
    let made = Self.asPixels(model.sample(360, labels: wanted, guidance: 1, sampler: .ddim(steps: 25), seed: 2))
    let right = accuracy(predicted: judge.labels(made), actual: wanted)
    let plain = Self.asPixels(model.sample(360, labels: wanted, sampler: .ddpm, seed: 3))
    let mixed = Self.mixed(train.x, 360)
    let (near, far) = (judge.distance(plain, held), judge.distance(mixed, held))
    print(
      "diffusion: \(right) of the digits as asked for, confidence \(judge.confidence(made)); MMD² \(near), mixed \(far)"
    )
    #expect(right >= 0.9)
    #expect(near < far / 5)
  }

  @Test func aGANDrawsAllDigits() throws {
    let (train, test) = TrainingTests.digits
    let judge = try Judge()
    var gan = GAN(
      features: 64, noise: 16, hidden: [128, 128], objective: .nonSaturating(penalty: 1), learningRate: 1e-3, seed: 1)
    (gan.optimizers.generator.betas, gan.optimizers.discriminator.betas) = ((0.5, 0.99), (0.5, 0.99))
    gan.fit((train.x * 2 - 1).asFloat, steps: 3_000, batchSize: 64, discriminatorSteps: 1, seed: 2)
    (gan.optimizers.generator.learningRate, gan.optimizers.discriminator.learningRate) = (2e-4, 2e-4)
    gan.fit((train.x * 2 - 1).asFloat, steps: 1_000, batchSize: 128, discriminatorSteps: 1, seed: 3)
    let made = Self.asPixels(gan.sample(1_000, seed: 5))
    let counts = judge.labels(made).reduce(into: [Int](repeating: 0, count: 10)) { $0[$1] += 1 }
    let (held, mixed) = (test.x.asFloat, Self.mixed(train.x, 1_000))
    let (near, far) = (judge.distance(made, held), judge.distance(mixed, held))
    print(
      "GAN: digits \(counts), confidence \(judge.confidence(made)), true ones \(judge.confidence(held)), mixed \(judge.confidence(mixed)); MMD² \(near), mixed \(far)"
    )
    // A tenth of an even share of each digit, and pictures that look like digits to who knows them.
    #expect(counts.allSatisfy { $0 >= 10 })
    #expect(judge.confidence(made) > judge.confidence(mixed) && near < far / 2)
  }
}
