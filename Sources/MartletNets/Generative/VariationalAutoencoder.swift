import MartletNumerics

/// An autoencoder whose codes are spread like a normal distribution, so that new samples can be drawn.
///
/// The encoder gives a mean and a variance for each number of the code, and the code is drawn from them: `mean + deviation ·
/// noise`, through which gradients flow (reparameterisation). The loss is the negative evidence lower bound: how badly samples
/// are restored, plus how far the codes' distribution is from the standard normal one.
///
///     var model = VariationalAutoencoder(widths: [64, 128], code: 2, seed: 1)
///     try trainer.fit(&model, loader) { model, batch, mode in model.loss(batch.x, mode: mode).total }
///     model.sample(16, seed: 1)                              // 16 new pictures
///
/// Reference: Kingma and Welling (2014), Auto-encoding variational Bayes; `beta`: Higgins et al. (2017).
public struct VariationalAutoencoder<Scalar: NetScalar>: Layer {
  /// Gives `[n, 2 · code]`: means, then logarithms of variances.
  public var encoder: Sequential<Scalar>
  /// Takes `[n, code]`.
  public var decoder: Sequential<Scalar>
  /// How many numbers a code has.
  public let code: Int
  /// What samples are taken for.
  public var likelihood: SampleLikelihood
  /// How much the codes' distribution counts: 1 for the evidence lower bound.
  public var beta: Double

  /// A model of your own layers.
  public init(
    encoder: Sequential<Scalar>, decoder: Sequential<Scalar>, code: Int, likelihood: SampleLikelihood = .bernoulli,
    beta: Double = 1
  ) {
    (self.encoder, self.decoder, self.code) = (encoder, decoder, code)
    (self.likelihood, self.beta) = (likelihood, beta)
  }

  /// Dense layers with ReLU between them.
  ///
  /// - Parameters:
  ///   - widths: from the number of features down to the last layer before the code.
  ///   - code: how many numbers a code has.
  public init(
    widths: [Int], code: Int, likelihood: SampleLikelihood = .bernoulli, beta: Double = 1,
    seed: UInt64 = Random.nextSeed(), precision: Scalar.Type = Float.self
  ) {
    guard !widths.isEmpty, code > 0, widths.allSatisfy({ $0 > 0 }) else {
      fatalError("VariationalAutoencoder(widths: \(widths), code: \(code)): all widths are above 0, and there is one.")
    }
    var random = PCG64(seed: seed)
    self.init(
      encoder: Autoencoder<Scalar>.dense(widths + [2 * code], &random),
      decoder: Autoencoder<Scalar>.dense([code] + widths.reversed(), &random), code: code, likelihood: likelihood,
      beta: beta)
  }

  /// The mean and the logarithm of the variance of each sample's code, both `[n, code]`.
  public func distribution(
    _ x: Variable<Scalar>, mode: Mode = .inference
  ) -> (mean: Variable<Scalar>, logVariance: Variable<Scalar>) {
    let parts = encoder(x, mode: mode)
    guard parts.shape == [x.shape.first ?? 0, 2 * code] else {
      fatalError(
        "The encoder of a VariationalAutoencoder with codes of \(code) gives [n, \(2 * code)]; it gave \(parts.shape).")
    }
    return (parts.slice(axis: 1, 0..<code), parts.slice(axis: 1, code..<2 * code))
  }

  /// The means of samples' codes, `[n, code]`.
  public func encode(_ x: Tensor<Scalar>) -> Tensor<Scalar> { distribution(Variable(x)).mean.value }

  /// What codes stand for: probabilities, or the means of normal distributions.
  public func decode(_ codes: Tensor<Scalar>) -> Tensor<Scalar> {
    expected(decoder(Variable(codes), mode: .inference)).value
  }

  /// New samples, from codes that are drawn from the standard normal distribution.
  public func sample(_ count: Int, seed: UInt64 = Random.nextSeed()) -> Tensor<Scalar> {
    decode(Initializer.normal(standardDeviation: 1).tensor([count, code], seed: seed, precision: Scalar.self))
  }

  /// - Returns: the samples restored: in training from drawn codes, else from the means.
  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> {
    expected(decoder(drawn(distribution(x, mode: mode), mode), mode: mode))
  }

  /// The negative evidence lower bound in nats, averaged over samples, with its two parts.
  ///
  /// - Parameters:
  ///   - x: samples; from 0 to 1 with `.bernoulli`.
  ///   - mode: in training the codes are drawn, else they are the means.
  /// - Returns: `total = reconstruction + beta · divergence`, without the constant of a normal distribution's density.
  public func loss(
    _ x: Variable<Scalar>, mode: Mode
  ) -> (total: Variable<Scalar>, reconstruction: Variable<Scalar>, divergence: Variable<Scalar>) {
    let found = distribution(x, mode: mode)
    let output = decoder(drawn(found, mode), mode: mode)
    let samples = Scalar(max(x.shape.first ?? 0, 1))
    let reconstruction: Variable<Scalar>
    switch likelihood {
    case .bernoulli: reconstruction = binaryCrossEntropy(output, x.value, reduction: .sum) / samples
    case .normal(let deviation):
      reconstruction = meanSquaredError(output, x, reduction: .sum) / (samples * Scalar(2 * deviation * deviation))
    }
    let divergence = normalDivergence(mean: found.mean, logVariance: found.logVariance)
    return (reconstruction + divergence * Scalar(beta), reconstruction, divergence)
  }

  private func drawn(_ found: (mean: Variable<Scalar>, logVariance: Variable<Scalar>), _ mode: Mode) -> Variable<Scalar>
  {
    guard let seed = mode.nextSeed() else { return found.mean }
    let noise = Initializer.normal(standardDeviation: 1).tensor(found.mean.shape, seed: seed, precision: Scalar.self)
    return found.mean + exp(found.logVariance * 0.5) * Variable(noise)
  }

  private func expected(_ output: Variable<Scalar>) -> Variable<Scalar> {
    likelihood == .bernoulli ? output.sigmoid() : output
  }
}

/// What samples are taken for, given what a decoder says of them.
public enum SampleLikelihood: Sendable, Hashable, Codable {
  /// Independent yes or no, or grey between 0 and 1: the decoder gives scores, whose sigmoid is the probability.
  case bernoulli
  /// Normal around what the decoder gives.
  case normal(standardDeviation: Double)
}

/// How far normal distributions are from the standard one: `½ · ∑ (mean² + variance − log variance − 1)` for each sample,
/// averaged: the Kullback–Leibler divergence in closed form.
///
/// - Parameters:
///   - mean: shape `[samples, width]`.
///   - logVariance: the logarithms of the variances, of the same shape.
public func normalDivergence<Scalar>(
  mean: Variable<Scalar>, logVariance: Variable<Scalar>
) -> Variable<Scalar> {
  mean.requireShape(logVariance.shape, "normalDivergence")
  let terms = mean.squared() + exp(logVariance) - logVariance - 1
  return terms.sum() * Scalar(0.5 / Double(max(mean.shape.first ?? 0, 1)))
}
