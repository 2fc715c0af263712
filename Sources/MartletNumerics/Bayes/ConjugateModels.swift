import Glibc

/// What is known of a rate of success after some trials: a beta distribution.
///
///     let known = BetaBinomial().updated(successes: 7, failures: 3)
///     known.posterior.mean               // 0.6666666666666666
///     known.posterior.interval(0.95)     // 0.390…0.891
public struct BetaBinomial: Sendable, Hashable {
  /// What is known of the rate.
  public let posterior: BetaDistribution

  /// - Parameter prior: what was known before; nothing, by default, in that all rates are as likely.
  public init(prior: BetaDistribution = BetaDistribution(a: 1, b: 1)) { posterior = prior }

  /// What is known after more trials.
  public func updated(successes: Int, failures: Int) -> BetaBinomial {
    BetaBinomial(prior: BetaDistribution(a: posterior.a + Double(successes), b: posterior.b + Double(failures)))
  }

  /// How likely `k` of `trials` new ones succeed, with the rate not known exactly.
  public func predict(_ k: Int, of trials: Int) -> Double {
    guard (0...trials).contains(k) else { return 0 }
    let choices = -log(Double(trials) + 1) - logBeta(Double(trials - k) + 1, Double(k) + 1)
    return exp(
      choices + logBeta(posterior.a + Double(k), posterior.b + Double(trials - k)) - logBeta(posterior.a, posterior.b))
  }
}

/// What is known of a mean after some values with known spread: a normal distribution.
public struct NormalNormal: Sendable, Hashable {
  /// What is known of the mean.
  public let posterior: NormalDistribution
  /// The known standard deviation of single values.
  public let noise: Double

  /// - Parameters:
  ///   - prior: what was known before.
  ///   - noise: the standard deviation of single values, above 0.
  public init(prior: NormalDistribution, noise: Double) {
    guard noise > 0 else { fatalError("NormalNormal needs a noise above 0; found \(noise).") }
    (posterior, self.noise) = (prior, noise)
  }

  /// What is known after more values.
  public func updated(_ values: [Double]) -> NormalNormal {
    let precision = 1 / posterior.variance + Double(values.count) / (noise * noise)
    let weighted = posterior.mean / posterior.variance + values.reduce(0, +) / (noise * noise)
    return NormalNormal(
      prior: NormalDistribution(mean: weighted / precision, standardDeviation: (1 / precision).squareRoot()),
      noise: noise)
  }

  /// What the next value will be, with the mean not known exactly.
  public var prediction: NormalDistribution {
    NormalDistribution(mean: posterior.mean, standardDeviation: (posterior.variance + noise * noise).squareRoot())
  }
}

/// What is known of how many events there are in a unit of time, after some counts: a gamma distribution.
public struct GammaPoisson: Sendable, Hashable {
  /// What is known of the rate.
  public let posterior: GammaDistribution

  /// - Parameter prior: what was known before.
  public init(prior: GammaDistribution) { posterior = prior }

  /// What is known after more counts, each of a unit of time.
  public func updated(_ counts: [Int]) -> GammaPoisson {
    GammaPoisson(
      prior: GammaDistribution(
        shape: posterior.shape + Double(counts.reduce(0, +)), scale: 1 / (1 / posterior.scale + Double(counts.count))))
  }

  /// What the next count will be, with the rate not known exactly.
  public var prediction: NegativeBinomialDistribution {
    NegativeBinomialDistribution(successes: posterior.shape, probability: 1 / (1 + posterior.scale))
  }
}

/// What is known of the rates of several outcomes after some counts: a Dirichlet distribution.
public struct DirichletMultinomial: Sendable, Hashable {
  /// What is known of the rates.
  public let posterior: DirichletDistribution

  /// - Parameter prior: what was known before.
  public init(prior: DirichletDistribution) { posterior = prior }

  /// What is known after more counts, one for each outcome.
  public func updated(_ counts: [Int]) -> DirichletMultinomial {
    guard counts.count == posterior.concentrations.count else {
      fatalError("\(posterior.concentrations.count) outcomes need as many counts; found \(counts.count).")
    }
    return DirichletMultinomial(
      prior: DirichletDistribution(concentrations: zip(posterior.concentrations, counts).map { $0 + Double($1) }))
  }
}
