import CMartletRuntime
import Foundation
import MartletDisplay
import MartletNumerics
import MartletPlots

/// Two nets that learn from each other: a generator makes samples of noise, a discriminator tells them from real ones.
///
///     var gan = GAN(features: 2, noise: 2, seed: 1)
///     gan.fit(samples, steps: 2_000, seed: 1)
///     gan.sample(500, seed: 2)                                     // [500, 2]
///     ModeCoverage(gan.sample(500, seed: 2), centres: centres, within: 0.3).covered
///
/// The losses swing and say little; look at samples. With a penalty, a discriminator of your own with smooth bends (``SiLU``) learns
/// more calmly than the dense ones with leaky ReLU. The penalty of ``Objective/wasserstein(penalty:)``, and
/// that of ``Objective/nonSaturating(penalty:)``, use ``Layer/inputGradientLengths(_:step:mode:)``.
///
/// Reference: Goodfellow et al. (2014), Generative adversarial nets.
public struct GAN: Sendable {
  /// What the nets minimise.
  public enum Objective: Sendable, Hashable, Codable {
    /// The discriminator's cross entropy; the generator maximises the score of being real. With a penalty on the
    /// discriminator's slope at real samples, `penalty/2 · ‖∇D‖²` (R1: Mescheder, Geiger and Nowozin, 2018); 0 for none.
    case nonSaturating(penalty: Double = 0)
    /// The difference of mean scores, for a discriminator whose slope is drawn to 1 by `penalty · (‖∇D‖ − 1)²` between real and
    /// made samples. (Gulrajani et al., 2017.) The paper's 10 suits pictures; for points in a plane 0.1 lets the slope become
    /// steep enough to part narrow groups.
    case wasserstein(penalty: Double = 10)
  }

  /// The losses of a step.
  public struct Losses: Sendable, Hashable, Codable {
    /// The discriminator's, at the last of its steps.
    public let discriminator: Double
    /// The generator's.
    public let generator: Double
  }

  /// Makes samples of `[n, noise]`.
  public var generator: Sequential<Float>
  /// Gives one score for each sample.
  public var discriminator: Sequential<Float>
  /// How many random numbers a sample is made of.
  public let noise: Int
  /// What the nets minimise.
  public var objective: Objective
  /// How the generator and the discriminator learn.
  public var optimizers: (generator: Adam<Float>, discriminator: Adam<Float>)
  /// The losses of all steps so far.
  public private(set) var losses: [Losses] = []

  /// Two nets of your own.
  public init(
    generator: Sequential<Float>, discriminator: Sequential<Float>, noise: Int,
    objective: Objective = .wasserstein(), learningRate: Double = 1e-3
  ) {
    (self.generator, self.discriminator, self.noise, self.objective) = (generator, discriminator, noise, objective)
    let adam = Adam<Float>(learningRate: learningRate, betas: (0.5, 0.9))
    optimizers = (adam, adam)
  }

  /// Dense nets for samples of some numbers each.
  ///
  /// - Parameters:
  ///   - features: numbers of a sample.
  ///   - noise: random numbers that a sample is made of.
  ///   - hidden: the widths of the generator's hidden layers; the discriminator has them in reverse order.
  public init(
    features: Int, noise: Int, hidden: [Int] = [128, 128], objective: Objective = .wasserstein(),
    learningRate: Double = 1e-3, seed: UInt64 = Random.nextSeed()
  ) {
    guard features > 0, noise > 0 else { fatalError("GAN(features: \(features), noise: \(noise)): both are above 0.") }
    var random = PCG64(seed: seed)
    func net(_ widths: [Int]) -> Sequential<Float> {
      var layers: [any Layer<Float>] = []
      for (from, to) in zip(widths, widths.dropFirst()) {
        if !layers.isEmpty { layers.append(LeakyReLU(slope: 0.2)) }
        layers.append(Linear(from, to, initializer: .heNormal, seed: random.next()))
      }
      return Sequential(layers)
    }
    self.init(
      generator: net([noise] + hidden + [features]), discriminator: net([features] + hidden.reversed() + [1]),
      noise: noise, objective: objective, learningRate: learningRate)
  }

  /// Trains both nets; calling it again goes on. Interrupted, it leaves what was learned.
  ///
  /// - Parameters:
  ///   - samples: real ones, along the first axis.
  ///   - steps: of the generator.
  ///   - batchSize: how many samples a step sees.
  ///   - discriminatorSteps: how many of the discriminator for each of the generator.
  ///   - seed: what batches and noise depend on.
  /// - Complexity: about `2 · discriminatorSteps + 1` passes over a batch, and twice as many with a penalty, for each step.
  public mutating func fit(
    _ samples: Tensor<Float>, steps: Int, batchSize: Int = 128, discriminatorSteps: Int = 2,
    seed: UInt64 = Random.nextSeed()
  ) {
    guard let count = samples.shape.first, count > 0, batchSize > 0, discriminatorSteps > 0 else {
      fatalError(
        "GAN needs samples, and batches and steps of at least 1; found shape \(samples.shape), \(batchSize) and \(discriminatorSteps)."
      )
    }
    var random = PCG64(seed: seed)
    for _ in 0..<steps {
      martlet_poll()
      var last = Float.nan
      for _ in 0..<discriminatorSteps {
        let real = samples[rows: random.integers(batchSize, in: 0..<count)]
        let made = generator(noise(batchSize, &random), mode: .training(seed: random.next())).value
        last = stepOfDiscriminator(real, made, &random)
      }
      let codes = noise(batchSize, &random)
      let mode = Mode.training(seed: random.next())
      var judge = discriminator
      judge.freeze()
      let (value, gradients) = valueWithGradient(at: generator) { generator in
        let scores = judge(generator(codes, mode: mode), mode: mode)
        if case .wasserstein = objective { return -scores.mean() }
        return (-scores).softplus().mean()
      }
      optimizers.generator.update(&generator, along: gradients)
      losses.append(Losses(discriminator: Double(last), generator: Double(value)))
    }
  }

  /// New samples.
  public func sample(_ count: Int, seed: UInt64 = Random.nextSeed()) -> Tensor<Float> {
    var random = PCG64(seed: seed)
    return generator(noise(count, &random), mode: .inference).value
  }

  /// The losses over the steps.
  public var chart: Chart {
    let steps = losses.indices.map { Double($0 + 1) }
    return Chart {
      LineMark(x: steps, y: losses.map(\.discriminator), label: "discriminator")
      LineMark(x: steps, y: losses.map(\.generator), label: "generator")
    }.title("Losses").xLabel("step").yLabel("loss")
  }

  private func noise(_ count: Int, _ random: inout PCG64) -> Variable<Float> {
    Variable(random.normals(shape: [count, noise]).asFloat)
  }

  private mutating func stepOfDiscriminator(_ real: Tensor<Float>, _ made: Tensor<Float>, _ random: inout PCG64)
    -> Float
  {
    let mode = Mode.training(seed: random.next())
    let places = random.uniforms(shape: [real.shape[0]] + real.shape.dropFirst().map { _ in 1 }).asFloat
    let (value, gradients) = valueWithGradient(at: discriminator) { judge in
      let (yes, no) = (judge(Variable(real), mode: mode), judge(Variable(made), mode: mode))
      switch objective {
      case .nonSaturating(let penalty):
        let loss = (-yes).softplus().mean() + no.softplus().mean()
        guard penalty > 0 else { return loss }
        return loss + judge.inputGradientLengths(real, mode: mode).squared().mean() * Float(penalty / 2)
      case .wasserstein(let penalty):
        let between = real * places + made * (1 - places)
        let slopes = judge.inputGradientLengths(between, mode: mode)
        return no.mean() - yes.mean() + (slopes - 1).squared().mean() * Float(penalty)
      }
    }
    optimizers.discriminator.update(&discriminator, along: gradients)
    return value
  }
}

/// How many of some known places are met by samples: whether a generator makes all there is.
///
///     ModeCoverage(samples, centres: ring, within: 0.3).covered      // 8
public struct ModeCoverage: Sendable, Hashable, Codable {
  /// How many samples are near each centre.
  public let counts: [Int]
  /// How many samples there are.
  public let total: Int
  private let needed: Int

  /// - Parameters:
  ///   - samples: shape `[n, d]`.
  ///   - centres: shape `[modes, d]`.
  ///   - radius: the greatest distance from a centre at which a sample counts for it.
  ///   - share: a mode is covered by this part of an even share of the samples, and one at least.
  public init(_ samples: Tensor<Float>, centres: Tensor<Float>, within radius: Double, share: Double = 0.2) {
    guard samples.rank == 2, centres.rank == 2, samples.shape[1] == centres.shape[1], centres.shape[0] > 0 else {
      fatalError(
        "ModeCoverage needs samples [n, d] and centres [modes, d]; found \(samples.shape) and \(centres.shape).")
    }
    let (width, points, middles) = (samples.shape[1], samples.scalars, centres.scalars)
    var counts = [Int](repeating: 0, count: centres.shape[0])
    for sample in 0..<samples.shape[0] {
      let distances = counts.indices.map { mode in
        (0..<width).reduce(0.0) { sum, axis in
          let gap = Double(points[sample * width + axis] - middles[mode * width + axis])
          return sum + gap * gap
        }
      }
      let nearest = distances.indices.min { distances[$0] < distances[$1] } ?? 0
      if distances[nearest] <= radius * radius { counts[nearest] += 1 }
    }
    (self.counts, total) = (counts, samples.shape[0])
    needed = max(1, Int((share * Double(total) / Double(counts.count)).rounded()))
  }

  /// How many modes have their samples.
  public var covered: Int { counts.count { $0 >= needed } }
  /// Which part of the samples is near a centre.
  public var quality: Double { Double(counts.reduce(0, +)) / Double(max(total, 1)) }
}
