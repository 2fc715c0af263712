import Foundation
import MartletDatasets
import MartletNets
import MartletNumerics
import Testing

@Suite struct GenerativeTests {
  private func meanSquares(_ a: Tensor<Float>, _ b: Tensor<Float>) -> Double {
    Double(meanSquaredError(Variable(a), b).value.scalar)
  }

  /// Eight numbers for each picture restore those held out better than eight principal components do (0.02529929, scikit-learn).
  @Test func eightNumbersTellMoreThanEightComponents() throws {
    let (train, test) = TrainingTests.digits
    var model = Autoencoder(widths: [64, 128, 64, 8], seed: 1)
    let loader = DataLoader(train.x.asFloat, train.x.asFloat, batchSize: 32, seed: 1)
    var trainer = Trainer(
      optimizer: Adam(learningRate: 2e-3), epochs: 60, schedule: .cosine(steps: 60 * loader.batchCount),
      showsChart: false, seed: 1)
    try trainer.fit(&model, loader) { model, batch, mode in model.loss(batch.x, mode: mode) }
    let error = meanSquares(model(test.x.asFloat), test.x.asFloat)
    print("digits, 8 numbers: mean squared error \(error), 0.02529929 with principal components")
    #expect(error < 0.02529929)
    #expect(model.encode(test.x.asFloat).shape == [360, 8])
    #expect(model.decode(model.encode(test.x.asFloat)) == model(test.x.asFloat))
  }

  @Test func aConvolutionalOneTakesNoiseAway() throws {
    let (train, test) = TrainingTests.digits
    let pictures = train.x.asFloat.reshaped(-1, 1, 8, 8)
    var model = Autoencoder.convolutional(side: 8, channels: [16, 32], code: 24, noise: 0.3, seed: 1)
    #expect(model.encoder(pictures[0..<3]).shape == [3, 24] && model(pictures[0..<3]).shape == [3, 1, 8, 8])
    var trainer = Trainer(optimizer: Adam(learningRate: 2e-3), epochs: 15, showsChart: false, seed: 1)
    try trainer.fit(&model, DataLoader(pictures, pictures, batchSize: 32, seed: 1)) { model, batch, mode in
      model.loss(batch.x, mode: mode)
    }
    let clean = test.x.asFloat.reshaped(-1, 1, 8, 8)
    var random = PCG64(seed: 7)
    let noisy = clean + random.normals(shape: clean.shape, standardDeviation: 0.3).asFloat
    let (before, after) = (meanSquares(noisy, clean), meanSquares(model(noisy), clean))
    print("noise of variance \(before) becomes \(after)")
    #expect(after < 0.45 * before)
  }

  /// `KL(N(m, s²) ‖ N(0, 1))` by its integral, and the gradients of the whole loss.
  @Test func theEvidenceLowerBoundIsItsFormula() throws {
    let (mean, variance) = (0.7, 0.4)
    let points = Matrix.linspace(-9, 9, count: 20_001).scalars
    let step = points[1] - points[0]
    let integral = points.reduce(0.0) { sum, x in
      let log1 = -0.5 * (x - mean) * (x - mean) / variance - 0.5 * log(2 * .pi * variance)
      return sum + exp(log1) * (log1 + 0.5 * x * x + 0.5 * log(2 * .pi)) * step
    }
    let found = normalDivergence(
      mean: Variable(Matrix([[mean]])), logVariance: Variable(Matrix([[log(variance)]]))
    ).value.scalar
    #expect(abs(found - integral) < 1e-6)

    var random = PCG64(seed: 2)
    let x = random.uniforms(shape: [5, 6])
    for likelihood in [SampleLikelihood.bernoulli, .normal(standardDeviation: 0.5)] {
      let model = VariationalAutoencoder(
        widths: [6, 5], code: 2, likelihood: likelihood, beta: 0.5, seed: 3, precision: Double.self)
      let check = gradientCheck(at: model) { $0.loss(Variable(x), mode: .training(seed: 4)).total }
      #expect(check.passes, "\(check)")
      let loss = model.loss(Variable(x), mode: .inference)
      let parts = loss.reconstruction.value.scalar + 0.5 * loss.divergence.value.scalar
      #expect(abs(loss.total.value.scalar - parts) < 1e-12)
      #expect(model.sample(3, seed: 1).shape == [3, 6] && model.sample(3, seed: 1) == model.sample(3, seed: 1))
    }
  }

  /// Codes of a trained model look normal, and drawn pictures are as grey as true ones.
  @Test func newDigitsAreDrawn() throws {
    let (train, test) = TrainingTests.digits
    var model = VariationalAutoencoder(widths: [64, 64], code: 6, seed: 1)
    var trainer = Trainer(optimizer: Adam(learningRate: 2e-3), epochs: 40, showsChart: false, seed: 1)
    try trainer.fit(&model, DataLoader(train.x.asFloat, train.x.asFloat, batchSize: 32, seed: 1)) {
      model, batch, mode in
      model.loss(batch.x, mode: mode).total
    }
    let held = model.loss(Variable(test.x.asFloat), mode: .training(seed: 1))
    // What the mean picture costs: the pixels' entropies under it.
    let mean = test.x.mean(axis: 0).clipped(to: 1e-6...(1 - 1e-6))
    let grey = -(test.x * mean.map { log($0) } + (1 - test.x) * mean.map { log(1 - $0) }).sum() / 360
    print("evidence lower bound of held-out digits: \(-held.total.value.scalar) nats; the mean picture \(-grey)")
    #expect(Double(held.total.value.scalar) < grey)
    #expect((0.5...30).contains(held.divergence.value.scalar))
    let drawn = model.sample(300, seed: 5)
    #expect(drawn.min() >= 0 && drawn.max() <= 1 && abs(Double(drawn.mean()) - train.x.mean()) < 0.05)
  }

  /// For a linear critic the slope is `‖w‖` everywhere, and its gradient `w/‖w‖`.
  @Test func lengthsOfGradientsAreExactWhereTheyCanBe() {
    var random = PCG64(seed: 1)
    let (x, w) = (random.normals(shape: [6, 4]), random.normals(shape: [1, 4]))
    let linear = Linear(weight: w)
    let length = (w * w).sum().squareRoot()
    let (value, gradients) = valueWithGradient(at: linear) { ($0.inputGradientLengths(x) - 1).squared().mean() }
    #expect(abs(value - (length - 1) * (length - 1)) < 1e-9)
    #expect(gradients["weight"]?.isClose(to: w * (2 * (length - 1) / length), absolute: 1e-8) ?? false)

    // Against differences, for a smooth critic: the penalty's gradient is a second derivative.
    let critic = Sequential(precision: Double.self) {
      Linear(4, 5, seed: 2, precision: Double.self)
      Tanh(precision: Double.self)
      Linear(5, 1, seed: 3, precision: Double.self)
    }
    func penalty(_ critic: Sequential<Double>) -> Double {
      let slopes = valueWithGradient(at: x) { critic($0, mode: .inference).sum() }.gradient
      let gaps = (slopes * slopes).sum(axis: 1).map { (square: Double) -> Double in square.squareRoot() - 1 }
      return (gaps * gaps).mean()
    }
    let found = valueWithGradient(at: critic) { ($0.inputGradientLengths(x, step: 1e-4) - 1).squared().mean() }
    #expect(abs(found.value - penalty(critic)) < 1e-6)
    for place in [0, 7, 19] {
      var (above, below) = (critic, critic)
      above["0.weight"][place / 4, place % 4] += 1e-5
      below["0.weight"][place / 4, place % 4] -= 1e-5
      let difference = (penalty(above) - penalty(below)) / 2e-5
      #expect(abs((found.gradient["0.weight"]?[place / 4, place % 4] ?? .nan) - difference) < 1e-5)
    }
  }

  /// Eight groups on a ring: a generator makes seven of them at least, whatever the seed.
  @Test(arguments: [1, 2, 3] as [UInt64]) func aGANMakesAllGroups(seed: UInt64) throws {
    let (samples, centres) = Self.ring(2_000, seed: 9)
    var gan = Self.gan(features: 2, noise: 4, hidden: [64, 64], penalty: 0.3, learningRate: 1e-3, seed: seed)
    (gan.optimizers.generator.betas, gan.optimizers.discriminator.betas) = ((0.5, 0.99), (0.5, 0.99))
    gan.fit(samples, steps: 2_000, discriminatorSteps: 1, seed: seed)
    (gan.optimizers.generator.learningRate, gan.optimizers.discriminator.learningRate) = (2e-4, 2e-4)
    gan.fit(samples, steps: 500, discriminatorSteps: 1, seed: seed + 10)
    let made = gan.sample(1_000, seed: 5)
    let coverage = ModeCoverage(made, centres: centres, within: 0.35)
    print(
      "seed \(seed): \(coverage.covered) of 8 groups, \(coverage.quality) of the samples within; \(coverage.counts)")
    #expect(coverage.covered >= 7)
    // Points spread evenly over the disc of the ring would be near a centre one time in six.
    #expect(coverage.quality > 0.5)
    #expect(gan.losses.count == 2_500 && gan.sample(9, seed: 1) == gan.sample(9, seed: 1))
    let real = ModeCoverage(samples, centres: centres, within: 0.35)
    #expect(real.covered == 8 && real.quality > 0.99)
  }

  static func ring(_ count: Int, seed: UInt64) -> (samples: Tensor<Float>, centres: Tensor<Float>) {
    let centres = (0..<8).map { (number: Int) -> [Double] in
      let angle = Double(number) * Double.pi / 4
      return [2 * cos(angle), 2 * sin(angle)]
    }
    var random = PCG64(seed: seed)
    let samples = (0..<count).map { _ -> [Double] in
      centres[random.integer(below: 8)].map { $0 + 0.1 * random.standardNormal() }
    }
    return (Matrix(samples).asFloat, Matrix(centres).asFloat)
  }

  /// A discriminator with smooth bends, whose slopes can be penalised without noise.
  private static func gan(
    features: Int, noise: Int, hidden: [Int], penalty: Double, learningRate: Double, seed: UInt64
  ) -> GAN {
    var random = PCG64(seed: seed)
    func net(_ widths: [Int], isSmooth: Bool) -> Sequential<Float> {
      var layers: [any Layer<Float>] = []
      for (from, to) in zip(widths, widths.dropFirst()) {
        if !layers.isEmpty && isSmooth { layers.append(SiLU()) }
        if !layers.isEmpty && !isSmooth { layers.append(LeakyReLU(slope: 0.2)) }
        layers.append(Linear(from, to, initializer: .heNormal, seed: random.next()))
      }
      return Sequential(layers)
    }
    return GAN(
      generator: net([noise] + hidden + [features], isSmooth: false),
      discriminator: net([features] + hidden.reversed() + [1], isSmooth: true), noise: noise,
      objective: .nonSaturating(penalty: penalty), learningRate: learningRate)
  }

  /// With the networks that it makes itself. On a line, a strong pull of the slope to 1 in size cannot be told from one to −1:
  /// the penalty is small here.
  @Test(arguments: [GAN.Objective.nonSaturating(penalty: 0.5), .wasserstein(penalty: 0.1)])
  func aGeneratorFindsANormalDistribution(objective: GAN.Objective) {
    var random = PCG64(seed: 3)
    let samples = (random.normals(shape: [800, 1]) * 0.5 + 3).asFloat
    var gan = GAN(features: 1, noise: 2, hidden: [32], objective: objective, seed: 1)
    let steps = objective == .wasserstein(penalty: 0.1) ? 3 : 1
    gan.fit(samples, steps: 800, batchSize: 64, discriminatorSteps: steps, seed: 2)
    (gan.optimizers.generator.learningRate, gan.optimizers.discriminator.learningRate) = (1e-4, 5e-4)
    gan.fit(samples, steps: 400, batchSize: 256, discriminatorSteps: steps, seed: 4)
    let made = gan.sample(2_000, seed: 3)
    print("a normal distribution (3, 0.5): made (\(made.mean()), \(made.standardDeviation()))")
    #expect(abs(made.mean() - 3) < 0.3)
    // The width swings as the two nets take turns.
    #expect((0.15...0.85).contains(made.standardDeviation()))
  }

  @Test func aSmoothDiscriminatorFindsItCloser() {
    var random = PCG64(seed: 3)
    let samples = (random.normals(shape: [800, 1]) * 0.5 + 3).asFloat
    var gan = Self.gan(features: 1, noise: 2, hidden: [32], penalty: 0.5, learningRate: 2e-3, seed: 1)
    gan.fit(samples, steps: 800, batchSize: 64, discriminatorSteps: 1, seed: 2)
    let made = gan.sample(2_000, seed: 3)
    print("a normal distribution (3, 0.5): made (\(made.mean()), \(made.standardDeviation()))")
    #expect(abs(made.mean() - 3) < 0.3 && abs(made.standardDeviation() - 0.5) < 0.3)
  }
}
