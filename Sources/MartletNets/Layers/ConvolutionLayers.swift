import MartletNumerics

/// A convolution of images: `[samples, channels, height, width]` becomes `[samples, outputs, …]`.
///
///     let layer = Conv2d(1, 16, kernel: 3, padding: .same, seed: 1)
///     layer(Tensor<Float>.zeros(8, 1, 28, 28)).shape      // [8, 16, 28, 28]
///
/// With `groups` equal to `channels` each channel has filters of its own (depthwise convolution).
public struct Conv2d<Scalar: NetScalar>: Layer {
  /// Shape `[outputs, channels / groups, kernelHeight, kernelWidth]`.
  public var weight: Parameter<Scalar>
  /// Shape `[outputs]`.
  public var bias: Parameter<Scalar>?
  /// How far apart patches are, down and across.
  public let stride: (Int, Int)
  /// Zeros around the input.
  public let padding: Padding
  /// How far apart the numbers of a patch are, down and across.
  public let dilation: (Int, Int)
  /// In how many parts channels are cut, of which each output sees one.
  public let groups: Int

  /// A layer with random weights and square kernels.
  public init(
    _ channels: Int, _ outputs: Int, kernel: Int, stride: Int = 1, padding: Padding = .valid, dilation: Int = 1,
    groups: Int = 1, bias: Bool = true, initializer: Initializer = .fanInUniform, seed: UInt64 = Random.nextSeed(),
    precision: Scalar.Type = Float.self
  ) {
    self.init(
      channels, outputs, kernel: (kernel, kernel), stride: (stride, stride), padding: padding,
      dilation: (dilation, dilation), groups: groups, bias: bias, initializer: initializer, seed: seed,
      precision: precision)
  }

  /// A layer with random weights; pairs are of height and width.
  public init(
    _ channels: Int, _ outputs: Int, kernel: (Int, Int), stride: (Int, Int) = (1, 1), padding: Padding = .valid,
    dilation: (Int, Int) = (1, 1), groups: Int = 1, bias: Bool = true, initializer: Initializer = .fanInUniform,
    seed: UInt64 = Random.nextSeed(), precision: Scalar.Type = Float.self
  ) {
    ConvolutionChecks.check("Conv2d", channels, outputs, [kernel.0, kernel.1], groups)
    (weight, bias: self.bias) = ConvolutionChecks.start(
      [outputs, channels / groups, kernel.0, kernel.1], outputs, bias, initializer, seed, precision)
    (self.stride, self.padding, self.dilation, self.groups) = (stride, padding, dilation, groups)
  }

  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> {
    x.convolved(
      weight.variable, bias?.variable, stride: stride, padding: padding, dilation: dilation, groups: groups)
  }
}

/// A convolution of sequences: `[samples, channels, length]` becomes `[samples, outputs, …]`.
public struct Conv1d<Scalar: NetScalar>: Layer {
  /// Shape `[outputs, channels / groups, kernel]`.
  public var weight: Parameter<Scalar>
  /// Shape `[outputs]`.
  public var bias: Parameter<Scalar>?
  /// How far apart patches are.
  public let stride: Int
  /// Zeros around the input.
  public let padding: Padding
  /// How far apart the numbers of a patch are.
  public let dilation: Int
  /// In how many parts channels are cut, of which each output sees one.
  public let groups: Int

  /// A layer with random weights.
  public init(
    _ channels: Int, _ outputs: Int, kernel: Int, stride: Int = 1, padding: Padding = .valid, dilation: Int = 1,
    groups: Int = 1, bias: Bool = true, initializer: Initializer = .fanInUniform, seed: UInt64 = Random.nextSeed(),
    precision: Scalar.Type = Float.self
  ) {
    ConvolutionChecks.check("Conv1d", channels, outputs, [kernel], groups)
    (weight, bias: self.bias) = ConvolutionChecks.start(
      [outputs, channels / groups, kernel], outputs, bias, initializer, seed, precision)
    (self.stride, self.padding, self.dilation, self.groups) = (stride, padding, dilation, groups)
  }

  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> {
    guard x.rank == 3 else { fatalError("Conv1d needs inputs [samples, channels, length]; found \(x.shape).") }
    return x.addingAxis(2).convolved(
      weight.variable.addingAxis(2), bias?.variable, stride: (1, stride), padding: padding.acrossOnly,
      dilation: (1, dilation), groups: groups
    ).withoutAxis(2)
  }
}

/// A convolution the other way round, which makes images larger: `[samples, channels, height, width]` becomes `[samples,
/// outputs, …]`.
public struct ConvTranspose2d<Scalar: NetScalar>: Layer {
  /// Shape `[channels, outputs / groups, kernelHeight, kernelWidth]`.
  public var weight: Parameter<Scalar>
  /// Shape `[outputs]`.
  public var bias: Parameter<Scalar>?
  /// How far apart in the output the kernels are that neighbours add.
  public let stride: Int
  /// How much is cut off the output's edges.
  public let padding: Padding
  /// How much is added behind.
  public let outputPadding: Int
  /// How far apart the numbers of a kernel are.
  public let dilation: Int
  /// In how many parts channels are cut, of which each output sees one.
  public let groups: Int

  /// A layer with random weights and square kernels.
  public init(
    _ channels: Int, _ outputs: Int, kernel: Int, stride: Int = 1, padding: Padding = .valid, outputPadding: Int = 0,
    dilation: Int = 1, groups: Int = 1, bias: Bool = true, initializer: Initializer = .fanInUniform,
    seed: UInt64 = Random.nextSeed(), precision: Scalar.Type = Float.self
  ) {
    ConvolutionChecks.check("ConvTranspose2d", channels, outputs, [kernel], groups)
    (weight, bias: self.bias) = ConvolutionChecks.start(
      [channels, outputs / groups, kernel, kernel], outputs, bias, initializer, seed, precision)
    (self.stride, self.padding, self.outputPadding) = (stride, padding, outputPadding)
    (self.dilation, self.groups) = (dilation, groups)
  }

  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> {
    x.convolvedTransposed(
      weight.variable, bias?.variable, stride: (stride, stride), padding: padding,
      outputPadding: (outputPadding, outputPadding), dilation: (dilation, dilation), groups: groups)
  }
}

enum ConvolutionChecks {
  static func check(_ name: String, _ channels: Int, _ outputs: Int, _ kernel: [Int], _ groups: Int) {
    guard channels > 0, outputs > 0, kernel.allSatisfy({ $0 > 0 }), groups > 0, channels.isMultiple(of: groups),
      outputs.isMultiple(of: groups)
    else {
      fatalError(
        "\(name) needs lengths of at least 1, and channels and outputs that \(groups) groups divide; found \(channels) channels, \(outputs) outputs, kernel \(kernel)."
      )
    }
  }

  static func start<Scalar: NetScalar>(
    _ shape: [Int], _ outputs: Int, _ bias: Bool, _ initializer: Initializer, _ seed: UInt64, _: Scalar.Type
  ) -> (Parameter<Scalar>, bias: Parameter<Scalar>?) {
    let limit = 1 / Initializer.fans(shape).fanIn.squareRoot()
    let biases = initializer == .fanInUniform ? Initializer.uniform(limit: limit) : .zeros
    return (
      Parameter(initializer.tensor(shape, seed: seed, precision: Scalar.self)),
      bias ? Parameter(biases.tensor([outputs], seed: seed &+ 1, precision: Scalar.self)) : nil
    )
  }
}

extension Padding {
  /// The same for an image of one row.
  var acrossOnly: Padding {
    switch self {
    case .exactly(let width): .each([0, width], [0, width])
    case .each(let before, let after): .each([0, before[0]], [0, after[0]])
    case .valid, .same: self
    }
  }
}

extension Variable {
  /// Without an axis of length 1.
  func withoutAxis(_ axis: Int) -> Variable {
    var left = shape
    left.remove(at: axis)
    return reshaped(to: left)
  }
}
