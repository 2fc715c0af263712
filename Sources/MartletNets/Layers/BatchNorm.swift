import MartletNumerics

/// Moves each channel to mean 0 and variance 1 over the samples of a batch (and their places), then scales and shifts it by
/// what is learned.
///
/// In training it uses the batch's own mean and variance, and keeps running ones: `running ← (1 − momentum) · running +
/// momentum · batch`. When the model is used, it uses those. The running variance is that of a sample, with `n − 1`.
///
///     Sequential {
///       Conv2d(3, 16, kernel: 3)
///       BatchNorm(16)
///       ReLU()
///     }
///
/// For inputs `[samples, channels]` and `[samples, channels, …]`. A batch needs two samples at least, or places.
///
/// Reference: Ioffe and Szegedy (2015), Batch normalization.
public struct BatchNorm<Scalar: NetScalar>: Layer {
  /// The factors, one for each channel.
  public var weight: Parameter<Scalar>?
  /// The summands, one for each channel.
  public var bias: Parameter<Scalar>?
  /// The mean over recent batches.
  public var runningMean: Parameter<Scalar>
  /// The variance over recent batches.
  public var runningVariance: Parameter<Scalar>
  /// What is added to the variance, so that it is not 0.
  public var epsilon: Double
  /// How much the last batch counts in what is running.
  public var momentum: Double

  public init(
    _ channels: Int, epsilon: Double = 1e-5, momentum: Double = 0.1, affine: Bool = true,
    precision: Scalar.Type = Float.self
  ) {
    guard channels > 0 else { fatalError("BatchNorm(\(channels)): there is at least 1 channel.") }
    weight = affine ? Parameter(.ones(channels)) : nil
    bias = affine ? Parameter(.zeros(channels)) : nil
    runningMean = Parameter(.zeros(channels), role: .state)
    runningVariance = Parameter(.ones(channels), role: .state)
    self.epsilon = epsilon
    self.momentum = momentum
  }

  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> {
    let channels = runningMean.count
    guard x.rank >= 2, x.shape[1] == channels else {
      fatalError("BatchNorm(\(channels)) needs inputs [samples, \(channels), …]; found shape \(x.shape).")
    }
    let (factors, summands) = (weight?.variable, bias?.variable)
    guard mode.isTraining else {
      let inverse = (runningVariance.value + Scalar(epsilon)).map { 1 / $0.squareRoot() }
      let fixed = ChannelMoments(mean: runningMean.value, inverse: inverse, isFixed: true)
      return x.normalizedChannels(fixed, factors, summands)
    }
    let number = x.count / channels
    guard number > 1 else {
      fatalError("BatchNorm needs more than one number for each channel in training; found shape \(x.shape).")
    }
    let (mean, variance) = ChannelMoments.of(x.value)
    let (kept, fresh) = (Scalar(1 - momentum), Scalar(momentum))
    runningMean.remember(runningMean.latest * kept + mean * fresh)
    runningVariance.remember(
      runningVariance.latest * kept + variance * (fresh * Scalar(number) / Scalar(number - 1)))
    let inverse = (variance + Scalar(epsilon)).map { 1 / $0.squareRoot() }
    return x.normalizedChannels(ChannelMoments(mean: mean, inverse: inverse, isFixed: false), factors, summands)
  }
}

/// Moves the channels of each group, within each sample, to mean 0 and variance 1, then scales and shifts each channel.
///
/// One group for each channel is instance normalisation (Ulyanov et al., 2016), one for all is layer normalisation over
/// channels and places.
///
/// Reference: Wu and He (2018), Group normalization.
public struct GroupNorm<Scalar: NetScalar>: Layer {
  /// In how many groups the channels are cut.
  public let groups: Int
  /// The factors, one for each channel.
  public var weight: Parameter<Scalar>?
  /// The summands, one for each channel.
  public var bias: Parameter<Scalar>?
  /// What is added to the variance, so that it is not 0.
  public var epsilon: Double
  private let channels: Int

  public init(
    groups: Int, _ channels: Int, epsilon: Double = 1e-5, affine: Bool = true, precision: Scalar.Type = Float.self
  ) {
    guard groups > 0, channels > 0, channels.isMultiple(of: groups) else {
      fatalError("GroupNorm(groups: \(groups), \(channels)): the groups divide the channels.")
    }
    self.groups = groups
    self.channels = channels
    self.epsilon = epsilon
    weight = affine ? Parameter(.ones(channels)) : nil
    bias = affine ? Parameter(.zeros(channels)) : nil
  }

  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> {
    guard x.rank >= 2, x.shape[1] == channels else {
      fatalError("GroupNorm of \(channels) channels needs inputs [samples, \(channels), …]; found shape \(x.shape).")
    }
    let length = x.shape.dropFirst().reduce(1, *) / groups
    let normal = x.normalizedRows(length, nil, nil, epsilon: epsilon, isCentred: true)
    let column = [channels] + [Int](repeating: 1, count: x.rank - 2)
    guard let weight, let bias else { return normal }
    return normal * weight.variable.reshaped(to: column) + bias.variable.reshaped(to: column)
  }
}
