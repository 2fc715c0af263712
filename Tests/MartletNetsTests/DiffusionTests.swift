import Foundation
import MartletDatasets
import MartletNets
import MartletNumerics
import Testing

@Suite struct DiffusionTests {
  /// Noise added step by step has the closed form's mean and variance.
  @Test(arguments: [DiffusionSchedule.linear(steps: 200), .cosine(steps: 200), .linear(steps: 1_000)])
  func stepsAddUpToTheClosedForm(schedule: DiffusionSchedule) {
    var (factor, variance) = (1.0, 0.0)
    for (step, beta) in schedule.betas.enumerated() {
      factor *= (1 - beta).squareRoot()
      variance = (1 - beta) * variance + beta
      #expect(abs(factor - schedule.signal[step].squareRoot()) < 1e-12)
      #expect(abs(variance - (1 - schedule.signal[step])) < 1e-12)
    }
    #expect(schedule.signal[0] > 0.99 && schedule.signal[schedule.steps - 1] < 1e-3)
    var random = PCG64(seed: 1)
    let noise = random.normals(shape: [40_000, 1]).asFloat
    let x = schedule.noised(.full(2, 40_000, 1), with: noise, at: [Int](repeating: 90, count: 40_000))
    #expect(abs(Double(x.mean()) - 2 * schedule.signal[90].squareRoot()) < 0.02)
    #expect(abs(Double(x.variance()) - (1 - schedule.signal[90])) < 0.02)
  }

  @Test func schedulesAreThePapers() throws {
    let linear = DiffusionSchedule.linear(steps: 1_000)
    #expect(abs(linear.betas[0] - 1e-4) < 1e-12 && abs(linear.betas[999] - 0.02) < 1e-12)
    let cosine = DiffusionSchedule.cosine(steps: 1_000)
    func level(_ t: Double) -> Double { pow(cos((t / 1_000 + 0.008) / 1.008 * .pi / 2), 2) }
    #expect(abs(cosine.signal[499] - level(500) / level(0)) < 1e-9)
    let data = try JSONEncoder().encode(cosine)
    #expect(try JSONDecoder().decode(DiffusionSchedule.self, from: data) == cosine)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(DiffusionSchedule.self, from: Data("{\"betas\":[0.1,2]}".utf8))
    }
  }

  /// What the best denoiser of a normal distribution says, in closed form.
  struct Exact: DenoisingModel {
    typealias Scalar = Float
    let schedule: DiffusionSchedule
    let target: Diffusion<Exact>.Target
    let mean: Double
    let variance: Double
    var sampleShape: [Int] { [1] }
    func callAsFunction(_ x: Variable<Float>, times: [Double], labels: [Int]?, mode: Mode) -> Variable<Float> {
      let signal = schedule.signal[Int((times[0] * Double(schedule.steps)).rounded()) - 1]
      let root = signal.squareRoot()
      let spread = (1 - signal).squareRoot()
      return Variable(
        x.value.map { x in
          let gap = (Double(x) - root * mean) / (signal * variance + 1 - signal)
          let (sample, noise) = (mean + root * variance * gap, spread * gap)
          switch target {
          case .noise: return Float(noise)
          case .sample: return Float(sample)
          case .velocity: return Float(root * noise - spread * sample)
          }
        })
    }
  }

  /// With the best denoiser, every sampler gives the distribution.
  @Test(arguments: Diffusion<Exact>.Target.allCases) func samplersGiveTheDistribution(target: Diffusion<Exact>.Target) {
    let schedule = DiffusionSchedule.linear(steps: 200)
    let model = Diffusion(
      Exact(schedule: schedule, target: target, mean: 1.5, variance: 0.36), schedule: schedule, target: target)
    for sampler in [Diffusion<Exact>.Sampler.ddpm, .ddim(steps: 200), .ddim(steps: 50), .ddim(steps: 100, eta: 0.5)] {
      let x = model.sample(20_000, sampler: sampler, seed: 3)
      // A sampler of first order: its error goes like one over the steps.
      #expect(abs(x.mean() - 1.5) < 0.02, "\(sampler): \(x.mean())")
      let tolerance: Float = sampler == .ddim(steps: 50) ? 0.05 : 0.03
      #expect(abs(x.standardDeviation() - 0.6) < tolerance, "\(sampler): \(x.standardDeviation())")
    }
    let path = model.path(10, sampler: .ddim(steps: 20), seed: 1, keeping: 5)
    #expect(path.count == 5 && path[4] == model.sample(10, sampler: .ddim(steps: 20), seed: 1))
  }

  /// Independent draws from two thousand points of two moons.
  private static func moons(_ count: Int, seed: UInt64) throws -> (x: Tensor<Float>, labels: [Int]) {
    let (x, labels) = try Datasets.makeMoons(samples: 2_000, noise: 0.06, seed: seed)
    var random = PCG64(seed: seed)
    let rows = random.integers(count, in: 0..<2_000)
    return (((x[rows: rows] - Matrix([0.5, 0.25])) * 1.2).asFloat, rows.map { labels[$0] })
  }

  /// The squared distance from a point to the nearest sample of a class.
  private static func gap(_ point: Tensor<Float>, _ train: (x: Tensor<Float>, labels: [Int]), label: Int) -> Float {
    let rows = train.labels.indices.filter { train.labels[$0] == label }
    let gaps = train.x[rows: rows] - point
    return (gaps * gaps).sum(axis: 1).min()
  }

  /// Samples of a trained model are hardly further from the moons than other samples of the moons are.
  @Test(arguments: ["noise", "velocity"]) func theMoonsRise(target: String) throws {
    let train = try Self.moons(2_000, seed: 1)
    var pairs: [Double] = []
    for pair in 0..<20 {
      let first = try Self.moons(500, seed: UInt64(100 + 2 * pair)).x
      let second = try Self.moons(500, seed: UInt64(101 + 2 * pair)).x
      pairs.append(maximumMeanDiscrepancy(first, second, bandwidth: 0.3))
    }
    let mean = Matrix(pairs).mean()
    let deviation = Matrix(pairs).standardDeviation(degreesOfFreedom: 1)
    // Five deviations above what true samples are apart; uniform noise over the same square is far beyond.
    let threshold = mean + 5 * deviation
    var model = Diffusion(
      DenseDenoiser(features: 2, classes: 2, hidden: 128, blocks: 3, seed: 1), schedule: .cosine(steps: 100),
      target: target == "noise" ? .noise : .velocity, sampleRange: -3...3)
    let loader = DataLoader(train.x, Tensor(train.labels), batchSize: 128, seed: 1)
    var trainer = Trainer(
      optimizer: Adam(learningRate: 2e-3), epochs: 120, schedule: .cosine(steps: 120 * loader.batchCount),
      showsChart: false, seed: 1)
    try trainer.fit(&model, loader) { model, batch, mode in model.loss(batch.x, labels: batch.y, mode: mode) }
    let test = try Self.moons(500, seed: 77).x
    var random = PCG64(seed: 4)
    let square = (random.uniforms(shape: [500, 2]) * Matrix([3.6, 2.0]) - Matrix([1.8, 1.0])).asFloat
    #expect(maximumMeanDiscrepancy(square, test, bandwidth: 0.3) > threshold)
    for sampler in [Diffusion<DenseDenoiser>.Sampler.ddpm, .ddim(steps: 50)] {
      let made = model.sample(500, labels: (0..<500).map { $0 % 2 }, sampler: sampler, seed: 2)
      let found = maximumMeanDiscrepancy(made, test, bandwidth: 0.3)
      print("moons, \(target), \(sampler): MMD² \(found), at most \(threshold)")
      #expect(found < threshold)
    }
    // Guided to a class, samples lie on its moon: nearer to its true samples than to the others'.
    for label in 0...1 {
      let made = model.sample(200, labels: [Int](repeating: label, count: 200), guidance: 1, seed: 5)
      let right = (0..<200).count {
        Self.gap(made.row($0), train, label: label) < Self.gap(made.row($0), train, label: 1 - label)
      }
      print("class \(label): \(right) of 200 on its moon")
      #expect(right >= 190)
    }
  }

  @Test func gradientsReachAllOfTheNet() throws {
    let model = Diffusion(
      DenseDenoiser(features: 3, classes: 2, hidden: 8, blocks: 2, seed: 1), schedule: .linear(steps: 20))
    var random = PCG64(seed: 1)
    let x = random.normals(shape: [50, 3]).asFloat
    // The output layer starts at 0, so that nothing behind it gets a gradient in the first step.
    var (trained, optimizer) = (model, SGD<Float>(learningRate: 0.1))
    for step in 0..<2 {
      let gradients = valueWithGradient(at: trained) {
        $0.loss(Variable(x), labels: Tensor([Int](repeating: 1, count: 50)), mode: .training(seed: UInt64(step)))
      }.gradient
      if step == 1 {
        #expect(Set(gradients.names.filter { gradients[$0]?.squares ?? 0 > 0 }) == Set(model.parameterNames))
      }
      optimizer.update(&trained, along: gradients)
    }
    let loss = model.loss(Variable(x), mode: .inference).value.scalar
    #expect(loss == model.loss(Variable(x), mode: .inference).value.scalar && abs(loss - 1) < 0.25)
  }
}

extension Tensor<Float> {
  fileprivate var squares: Float { (self * self).sum() }
}
