import MartletNumerics

/// A convolution in two steps: each channel by a filter of its own, then sums over channels at each place.
///
/// It learns `channels · kernel² + channels · outputs` numbers (and biases) where ``Conv2d`` learns `channels · outputs ·
/// kernel²`.
///
///     SeparableConv2d(32, 64, kernel: 3, padding: .same, seed: 1).parameterCount      // 32·9 + 32 + 32·64 + 64
///
/// Reference: Howard et al. (2017), MobileNets.
public struct SeparableConv2d<Scalar: NetScalar>: Layer {
  /// One filter for each channel.
  public var depthwise: Conv2d<Scalar>
  /// Sums over channels.
  public var pointwise: Conv2d<Scalar>

  public init(
    _ channels: Int, _ outputs: Int, kernel: Int, stride: Int = 1, padding: Padding = .valid, bias: Bool = true,
    seed: UInt64 = Random.nextSeed(), precision: Scalar.Type = Float.self
  ) {
    depthwise = Conv2d(
      channels, channels, kernel: kernel, stride: stride, padding: padding, groups: channels, bias: bias, seed: seed,
      precision: precision)
    pointwise = Conv2d(channels, outputs, kernel: 1, bias: bias, seed: seed &+ 2, precision: precision)
  }

  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> {
    pointwise(depthwise(x, mode: mode), mode: mode)
  }
}

/// Channels weighted by what is in the whole picture: their means go through two dense layers, and a sigmoid says how much of
/// each stays.
///
/// Reference: Hu, Shen and Sun (2018), Squeeze-and-excitation networks.
public struct SqueezeExcitation<Scalar: NetScalar>: Layer {
  /// From the channels' means to fewer numbers.
  public var squeeze: Linear<Scalar>
  /// And back to one for each channel.
  public var excite: Linear<Scalar>

  /// - Parameter reduction: how many channels share a number between the dense layers.
  public init(
    _ channels: Int, reduction: Int = 4, seed: UInt64 = Random.nextSeed(), precision: Scalar.Type = Float.self
  ) {
    let middle = max(1, channels / max(reduction, 1))
    squeeze = Linear(channels, middle, seed: seed, precision: precision)
    excite = Linear(middle, channels, seed: seed &+ 2, precision: precision)
  }

  /// - Returns: the shape of `x`, `[samples, channels, height, width]`.
  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> {
    guard x.rank == 4, x.shape[1] == squeeze.weight.shape[1] else {
      fatalError(
        "SqueezeExcitation needs inputs [samples, \(squeeze.weight.shape[1]), height, width]; found \(x.shape).")
    }
    let means = x.mean(axes: [2, 3])
    return x * excite(squeeze(means, mode: mode).relu(), mode: mode).sigmoid().reshaped(x.shape[0], x.shape[1], 1, 1)
  }
}

/// The block of a ResNet: two normalised 3×3 convolutions, added to what came in, and ReLU.
///
/// With a stride, or another number of channels, a 1×1 convolution brings the input to the same shape.
///
/// Reference: He, Zhang, Ren and Sun (2016), Deep residual learning for image recognition.
public struct ResidualBlock2d<Scalar: NetScalar>: Layer {
  public var block: Residual<Scalar>

  public init(
    _ channels: Int, _ outputs: Int, stride: Int = 1, seed: UInt64 = Random.nextSeed(),
    precision: Scalar.Type = Float.self
  ) {
    func convolution(_ from: Int, _ kernel: Int, _ stride: Int, _ place: UInt64) -> Conv2d<Scalar> {
      Conv2d(
        from, outputs, kernel: kernel, stride: stride, padding: .exactly(kernel / 2), bias: false,
        initializer: .heNormal, seed: seed &+ place, precision: precision)
    }
    let shortcut: (any Layer<Scalar>)? =
      stride == 1 && channels == outputs
      ? nil
      : Sequential<Scalar>([convolution(channels, 1, stride, 2), BatchNorm(outputs, precision: precision)])
    block = Residual(shortcut: shortcut, precision: precision) {
      convolution(channels, 3, stride, 0)
      BatchNorm(outputs, precision: precision)
      ReLU(precision: precision)
      convolution(outputs, 3, 1, 1)
      BatchNorm(outputs, precision: precision)
    }
  }

  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> { block(x, mode: mode).relu() }
}
