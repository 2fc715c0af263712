import MartletNumerics

/// Squeezes samples through a narrow layer and learns to restore them: the narrow layer's numbers are what matters in them.
///
///     var model = Autoencoder(widths: [64, 128, 8], seed: 1)          // 64 pixels, 8 numbers for each picture
///     try trainer.fit(&model, loader) { model, batch, mode in model.loss(batch.x, mode: mode) }
///     model.encode(x).shape                                           // [n, 8]
///     model(x)                                                        // [n, 64]: the pictures restored
///
/// With `noise` it learns to restore samples from noisy ones (a denoising autoencoder). With one dense layer each way and no
/// bend it finds the principal components' plane; with more it bends the plane to the data.
///
/// Reference: Hinton and Salakhutdinov (2006), Reducing the dimensionality of data with neural networks; Vincent et al.
/// (2008), Extracting and composing robust features with denoising autoencoders.
public struct Autoencoder<Scalar: NetScalar>: Layer {
  /// Makes codes of samples.
  public var encoder: Sequential<Scalar>
  /// Makes samples of codes.
  public var decoder: Sequential<Scalar>
  /// The standard deviation of the noise that samples get in training, in units of the samples.
  public var noise: Double

  /// An autoencoder of your own layers: the decoder takes what the encoder gives, and gives what the encoder takes.
  public init(encoder: Sequential<Scalar>, decoder: Sequential<Scalar>, noise: Double = 0) {
    (self.encoder, self.decoder, self.noise) = (encoder, decoder, noise)
  }

  /// Dense layers with ReLU between them, down to the code and the same way back.
  ///
  /// - Parameters:
  ///   - widths: from the number of features to that of the code; at least two.
  ///   - noise: of a denoising autoencoder.
  ///   - seed: what the start depends on.
  public init(
    widths: [Int], noise: Double = 0, seed: UInt64 = Random.nextSeed(), precision: Scalar.Type = Float.self
  ) {
    guard widths.count > 1, widths.allSatisfy({ $0 > 0 }) else {
      fatalError(
        "Autoencoder(widths: \(widths)): from the features to the code there are two widths at least, above 0.")
    }
    var random = PCG64(seed: seed)
    self.init(
      encoder: Self.dense(widths, &random), decoder: Self.dense(widths.reversed(), &random), noise: noise)
  }

  /// Convolutions that halve pictures of one channel until they are a code, and transposed ones back to pictures.
  ///
  /// - Parameters:
  ///   - side: height and width of the pictures; divisible by 2 once for each of the channels.
  ///   - channels: of each convolution.
  ///   - code: how many numbers each picture becomes.
  /// - Returns: an autoencoder of `[n, 1, side, side]`, with values from 0 to 1 restored.
  public static func convolutional(
    side: Int, channels: [Int] = [16, 32], code: Int, noise: Double = 0, seed: UInt64 = Random.nextSeed(),
    precision: Scalar.Type = Float.self
  ) -> Autoencoder {
    let small = side >> channels.count
    guard !channels.isEmpty, small > 0, small << channels.count == side, code > 0 else {
      fatalError(
        "Autoencoder.convolutional(side: \(side), channels: \(channels), code: \(code)): the side is halved \(channels.count) times without a rest."
      )
    }
    var random = PCG64(seed: seed)
    var (down, up): ([any Layer<Scalar>], [any Layer<Scalar>]) = ([], [])
    let depths = [1] + channels
    for (from, to) in zip(depths, channels) {
      down.append(
        Conv2d(
          from, to, kernel: 3, stride: 2, padding: .exactly(1), initializer: .heNormal, seed: random.next(),
          precision: Scalar.self))
      down.append(ReLU(precision: Scalar.self))
    }
    let last = channels[channels.count - 1]
    let flat = last * small * small
    down += [Flatten(precision: Scalar.self), Linear(flat, code, seed: random.next(), precision: Scalar.self)]
    up += [
      Linear(code, flat, seed: random.next(), precision: Scalar.self), ReLU(precision: Scalar.self),
      Lambda<Scalar> { $0.reshaped(-1, last, small, small) },
    ]
    for (from, to) in zip(depths.dropFirst().reversed(), depths.dropLast().reversed()) {
      up.append(ConvTranspose2d(from, to, kernel: 2, stride: 2, seed: random.next(), precision: Scalar.self))
      up.append(to == 1 ? Sigmoid(precision: Scalar.self) : ReLU(precision: Scalar.self))
    }
    return Autoencoder(encoder: Sequential(down), decoder: Sequential(up), noise: noise)
  }

  /// The codes of samples.
  public func encode(_ x: Tensor<Scalar>) -> Tensor<Scalar> { encoder(x) }

  /// The samples of codes.
  public func decode(_ codes: Tensor<Scalar>) -> Tensor<Scalar> { decoder(codes) }

  /// - Returns: the samples restored, of the shape of `x`.
  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> {
    decoder(encoder(x, mode: mode), mode: mode)
  }

  /// The mean squared difference between samples and what is restored of them, or, in training with ``noise``, of noisy ones.
  public func loss(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> {
    var input = x
    if noise > 0, let seed = mode.nextSeed() {
      input =
        x + Variable(Initializer.normal(standardDeviation: noise).tensor(x.shape, seed: seed, precision: Scalar.self))
    }
    return meanSquaredError(self(input, mode: mode), x)
  }

  static func dense(_ widths: [Int], _ random: inout PCG64) -> Sequential<Scalar> {
    var layers: [any Layer<Scalar>] = []
    for (from, to) in zip(widths, widths.dropFirst()) {
      if !layers.isEmpty { layers.append(ReLU(precision: Scalar.self)) }
      layers.append(Linear(from, to, initializer: .heNormal, seed: random.next(), precision: Scalar.self))
    }
    return Sequential(layers)
  }
}
