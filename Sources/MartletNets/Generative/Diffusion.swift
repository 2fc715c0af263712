import CMartletRuntime
import MartletNumerics

/// A net that finds the noise in samples: what a ``Diffusion`` asks at every step.
public protocol DenoisingModel: Module where Scalar == Float {
  /// The shape of one sample.
  var sampleShape: [Int] { get }
  /// - Parameters:
  ///   - x: noisy samples, `[samples, …]`.
  ///   - times: how far each is on the way to noise: from 0 to 1.
  ///   - labels: the class of each sample, counted from 0, and -1 where none is told; `nil` where there are no classes.
  /// - Returns: the shape of `x`.
  func callAsFunction(_ x: Variable<Float>, times: [Double], labels: [Int]?, mode: Mode) -> Variable<Float>
}

/// Learns to take noise out of samples, and makes samples by taking noise out of noise.
///
///     var model = Diffusion(DenseDenoiser(features: 2, seed: 1), schedule: .cosine(steps: 200))
///     try trainer.fit(&model, loader) { model, batch, mode in model.loss(batch.x, mode: mode) }
///     model.sample(500, sampler: .ddim(steps: 50), seed: 1)                    // [500, 2]
///
/// With classes, `loss(_:labels:mode:)` hides some labels, so that one net learns both to answer with and without a class, and
/// `sample(…, labels:, guidance:)` goes further in the direction in which a class changes the answer (classifier-free
/// guidance).
///
/// Samples are best scaled to a variance near 1.
///
/// Reference: Ho, Jain and Abbeel (2020), Denoising diffusion probabilistic models; Song, Meng and Ermon (2021), Denoising
/// diffusion implicit models; Salimans and Ho (2022) for velocities; Ho and Salimans (2022), Classifier-free diffusion
/// guidance.
public struct Diffusion<Denoiser: DenoisingModel>: Module {
  public typealias Scalar = Float

  /// What the net is to say of `√ᾱ · x + √(1 − ᾱ) · noise`.
  public enum Target: String, Sendable, Hashable, Codable, CaseIterable {
    /// The noise.
    case noise
    /// The sample `x`.
    case sample
    /// `√ᾱ · noise − √(1 − ᾱ) · x`, which is as hard at the beginning as at the end.
    case velocity
  }

  /// How noise becomes a sample.
  public enum Sampler: Sendable, Hashable, Codable {
    /// Every step of the schedule, with fresh noise at each.
    case ddpm
    /// Some of the steps, evenly spread; without noise for `eta` 0, with as much as DDPM for 1.
    case ddim(steps: Int, eta: Double = 0)
  }

  /// The net.
  public var denoiser: Denoiser
  /// How samples turn into noise.
  public let schedule: DiffusionSchedule
  /// What the net is to say.
  public let target: Target
  /// How likely a label is hidden in training.
  public var hiddenLabels: Double
  /// Between which numbers samples lie, where that is known: what the net says of them is kept within while sampling.
  public var sampleRange: ClosedRange<Float>?

  public init(
    _ denoiser: Denoiser, schedule: DiffusionSchedule = .cosine(), target: Target = .noise, hiddenLabels: Double = 0.1,
    sampleRange: ClosedRange<Float>? = nil
  ) {
    (self.denoiser, self.schedule, self.target) = (denoiser, schedule, target)
    (self.hiddenLabels, self.sampleRange) = (hiddenLabels, sampleRange)
  }

  /// The mean squared error of what the net says about samples with noise, each at a random step.
  ///
  /// - Parameters:
  ///   - x: samples, along the first axis.
  ///   - labels: their classes, counted from 0; `nil` without classes.
  ///   - mode: what steps and noise depend on; used, not trained, the loss takes the same ones each time.
  public func loss(_ x: Variable<Float>, labels: Tensor<Int>? = nil, mode: Mode) -> Variable<Float> {
    let count = x.shape.first ?? 0
    var random = PCG64(seed: mode.nextSeed() ?? 0)
    let times = random.integers(count, in: 0..<schedule.steps)
    let noise = random.normals(shape: x.shape).asFloat
    let isTraining = mode.isTraining
    let told = labels.map { labels in
      labels.scalars.map { isTraining && random.uniform() < hiddenLabels ? -1 : $0 }
    }
    let answer = denoiser(
      Variable(schedule.noised(x.value, with: noise, at: times)), times: times.map(fraction), labels: told, mode: mode)
    return meanSquaredError(answer, aim(x.value, noise, times))
  }

  /// New samples.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - labels: their classes, counted from 0; `nil` for any.
  ///   - guidance: how much further to go than the class says: 0 for not at all.
  ///   - seed: what the noise depends on.
  /// - Returns: `[count, …]`.
  /// - Complexity: a pass of the net for each step, two with guidance.
  public func sample(
    _ count: Int, labels: [Int]? = nil, guidance: Double = 0, sampler: Sampler = .ddpm,
    seed: UInt64 = Random.nextSeed()
  ) -> Tensor<Float> { path(count, labels: labels, guidance: guidance, sampler: sampler, seed: seed, keeping: 1)[0] }

  /// The way from noise to samples, as pictures of some of the steps: the first is noise, the last is the samples.
  public func path(
    _ count: Int, labels: [Int]? = nil, guidance: Double = 0, sampler: Sampler = .ddpm,
    seed: UInt64 = Random.nextSeed(), keeping pictures: Int
  ) -> [Tensor<Float>] {
    guard count > 0, labels.map({ $0.count == count }) ?? true, pictures > 0 else {
      fatalError(
        "Diffusion samples need a count above 0 and as many labels; found \(count), \(labels?.count ?? 0) and \(pictures) pictures."
      )
    }
    var random = PCG64(seed: seed)
    var x = random.normals(shape: [count] + denoiser.sampleShape).asFloat
    let (times, eta) = steps(sampler)
    var kept = pictures > 1 ? [x] : []
    for (place, time) in times.enumerated() {
      martlet_poll()
      let found = split(x, time, labels, guidance)
      let (now, next) = (schedule.signal[time], place + 1 < times.count ? schedule.signal[times[place + 1]] : 1)
      // The noise that is drawn afresh; with eta 1 its variance is that of the step backwards given the sample.
      let fresh = eta * ((1 - next) / (1 - now) * (1 - now / next)).squareRoot()
      let rest = max(1 - next - fresh * fresh, 0).squareRoot()
      x = found.sample * Float(next.squareRoot()) + found.noise * Float(rest)
      if fresh > 0 { x += random.normals(shape: x.shape).asFloat * Float(fresh) }
      // The last picture is always the samples; the others are evenly spread before it.
      let isLast = place + 1 == times.count
      if isLast || kept.count < pictures - 1 && (place + 1) * (pictures - 1) >= kept.count * times.count {
        kept.append(x)
      }
    }
    return kept
  }

  /// The steps that a sampler takes, last first, and how much fresh noise it draws.
  private func steps(_ sampler: Sampler) -> (times: [Int], eta: Double) {
    guard case .ddim(let count, let eta) = sampler else { return (Array((0..<schedule.steps).reversed()), 1) }
    guard count > 0, count <= schedule.steps, eta >= 0, eta <= 1 else {
      fatalError(
        "DDIM takes 1 to \(schedule.steps) steps and an eta from 0 to 1; found \(count) and \(eta).")
    }
    return ((0..<count).map { schedule.steps - 1 - $0 * schedule.steps / count }, eta)
  }

  /// What a noisy sample is made of, as the net says.
  private func split(
    _ x: Tensor<Float>, _ time: Int, _ labels: [Int]?, _ guidance: Double
  ) -> (sample: Tensor<Float>, noise: Tensor<Float>) {
    let times = [Double](repeating: fraction(time), count: x.shape[0])
    var answer = denoiser(Variable(x), times: times, labels: labels, mode: .inference).value
    if guidance != 0, let labels {
      let plain = denoiser(Variable(x), times: times, labels: labels.map { _ in -1 }, mode: .inference).value
      answer += (answer - plain) * Float(guidance)
    }
    let (signal, spread) = (schedule.signal[time].squareRoot(), (1 - schedule.signal[time]).squareRoot())
    var sample: Tensor<Float>
    switch target {
    case .noise: sample = (x - answer * Float(spread)) / Float(signal)
    case .sample: sample = answer
    case .velocity: sample = x * Float(signal) - answer * Float(spread)
    }
    if let sampleRange { sample = sample.clipped(to: sampleRange) }
    return (sample, (x - sample * Float(signal)) / Float(spread))
  }

  private func aim(_ x: Tensor<Float>, _ noise: Tensor<Float>, _ times: [Int]) -> Tensor<Float> {
    switch target {
    case .noise: noise
    case .sample: x
    case .velocity:
      noise * schedule.column(times, x.rank) { $0.squareRoot() } - x
        * schedule.column(times, x.rank) { (1 - $0).squareRoot() }
    }
  }

  private func fraction(_ time: Int) -> Double { Double(time + 1) / Double(schedule.steps) }
}
