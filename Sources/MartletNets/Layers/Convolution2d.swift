import MartletNumerics

/// How many zeros are put around the input of a convolution or pooling.
public enum Padding: Sendable, Hashable {
  /// None.
  case valid
  /// As many as keep the output as long as the input divided by the stride; what is odd goes behind.
  case same
  /// As many on each side of each axis.
  case exactly(Int)
  /// As many before and after, for each axis, first the height's.
  case each([Int], [Int])

  func widths(axis: Int, length: Int, kernel: Int, stride: Int, dilation: Int) -> (Int, Int) {
    switch self {
    case .valid: return (0, 0)
    case .exactly(let width): return (width, width)
    case .each(let before, let after): return (before[axis], after[axis])
    case .same:
      let output = (length + stride - 1) / stride
      let missing = max(0, (output - 1) * stride + dilation * (kernel - 1) + 1 - length)
      return (missing / 2, missing - missing / 2)
    }
  }
}

extension Padding: ExpressibleByIntegerLiteral {
  /// `padding: 1` is `.exactly(1)`.
  public init(integerLiteral width: Int) { self = .exactly(width) }
}

extension Variable {
  /// The sums of the products of a kernel with every patch of the input, for each output channel. (PyTorch: `conv2d`)
  ///
  /// - Parameters:
  ///   - weight: shape `[outputs, channels / groups, kernelHeight, kernelWidth]`.
  ///   - bias: shape `[outputs]`.
  ///   - stride: how far apart patches are, down and across.
  ///   - padding: zeros around the input.
  ///   - dilation: how far apart the numbers of a patch are, down and across.
  ///   - groups: in how many parts channels are cut, of which each output sees one.
  /// - Returns: shape `[samples, outputs, height, width]` for `[samples, channels, height, width]`.
  public func convolved(
    _ weight: Variable, _ bias: Variable? = nil, stride: (Int, Int) = (1, 1), padding: Padding = .valid,
    dilation: (Int, Int) = (1, 1), groups: Int = 1
  ) -> Variable {
    guard rank == 4, weight.rank == 4, groups > 0, shape[1] == weight.shape[1] * groups,
      weight.shape[0].isMultiple(of: groups)
    else {
      fatalError(
        "A convolution needs inputs [samples, channels, height, width] and weights [outputs, channels / \(groups), height, width]: found \(shape) and \(weight.shape)."
      )
    }
    let plan = Convolution(input: shape, weight: weight.shape, stride, padding, dilation, groups)
    guard plan.isPossible else {
      fatalError("A kernel of shape \(weight.shape) does not fit into an input of shape \(shape); pad it.")
    }
    let (x, w, inputTracked, weightTracked, hasBias) = (
      value, weight.value, isTracked, weight.isTracked, bias?.isTracked ?? false
    )
    guard plan.samples > 0 else { return Variable(.zeros(shape: plan.outputShape)) }
    return .computed(plan.forward(x, w, bias?.value), from: [self, weight] + (bias.map { [$0] } ?? [])) { gradient in
      [
        inputTracked ? plan.inputGradient(gradient, w) : nil, weightTracked ? plan.weightGradient(x, gradient) : nil,
        hasBias ? ChannelSums.sums(gradient) : nil,
      ]
    }
  }

  /// A convolution the other way round: every number of the input adds a kernel to the output. (PyTorch: `conv_transpose2d`)
  ///
  /// - Parameters:
  ///   - weight: shape `[channels, outputs / groups, kernelHeight, kernelWidth]`.
  ///   - padding: how much is cut off the output's edges.
  ///   - outputPadding: how much is added behind, down and across.
  public func convolvedTransposed(
    _ weight: Variable, _ bias: Variable? = nil, stride: (Int, Int) = (1, 1), padding: Padding = .valid,
    outputPadding: (Int, Int) = (0, 0), dilation: (Int, Int) = (1, 1), groups: Int = 1
  ) -> Variable {
    guard rank == 4, weight.rank == 4, groups > 0, shape[1] == weight.shape[0], shape[1].isMultiple(of: groups) else {
      fatalError(
        "A transposed convolution needs inputs [samples, channels, height, width] and weights [channels, outputs / \(groups), height, width]: found \(shape) and \(weight.shape)."
      )
    }
    func length(_ axis: Int, _ stride: Int, _ dilation: Int, _ extra: Int) -> (Int, (Int, Int)) {
      let (n, kernel) = (shape[axis], weight.shape[axis])
      let whole = (n - 1) * stride + dilation * (kernel - 1) + 1 + extra
      // `same` makes the output as long as the input times the stride.
      let missing = Swift.max(0, whole - n * stride)
      let cut =
        padding == .same
        ? (missing / 2, missing - missing / 2)
        : padding.widths(axis: axis - 2, length: n, kernel: kernel, stride: stride, dilation: dilation)
      return (whole - cut.0 - cut.1, cut)
    }
    let (height, vertical) = length(2, stride.0, dilation.0, outputPadding.0)
    let (width, horizontal) = length(3, stride.1, dilation.1, outputPadding.1)
    let output = [shape[0], weight.shape[1] * groups, height, width]
    let plan = Convolution(
      input: output, weight: weight.shape, stride, .each([vertical.0, horizontal.0], [vertical.1, horizontal.1]),
      dilation, groups)
    guard height > 0, width > 0, plan.outputShape == shape else {
      fatalError("A transposed convolution of \(shape) with \(weight.shape) has no output of shape \(output).")
    }
    let (x, w, inputTracked, weightTracked, hasBias) = (
      value, weight.value, isTracked, weight.isTracked, bias?.isTracked ?? false
    )
    let summands = bias.map { $0.value.reshaped(-1, 1, 1) }
    let sum = plan.inputGradient(x, w)
    return .computed(
      summands.map { sum + $0 } ?? sum, from: [self, weight] + (bias.map { [$0] } ?? [])
    ) { gradient in
      [
        inputTracked ? plan.forward(gradient, w, nil) : nil, weightTracked ? plan.weightGradient(gradient, x) : nil,
        hasBias ? ChannelSums.sums(gradient) : nil,
      ]
    }
  }
}

extension Convolution {
  init(
    input: [Int], weight: [Int], _ stride: (Int, Int), _ padding: Padding, _ dilation: (Int, Int), _ groups: Int
  ) {
    guard stride.0 > 0, stride.1 > 0, dilation.0 > 0, dilation.1 > 0 else {
      fatalError("Strides and dilations are at least 1; found \(stride) and \(dilation).")
    }
    let vertical = padding.widths(axis: 0, length: input[2], kernel: weight[2], stride: stride.0, dilation: dilation.0)
    let horizontal = padding.widths(
      axis: 1, length: input[3], kernel: weight[3], stride: stride.1, dilation: dilation.1)
    self.init(
      samples: input[0], channels: input[1], height: input[2], width: input[3], outputs: weight[0],
      kernelHeight: weight[2], kernelWidth: weight[3], stride: (stride.0, stride.1), dilation: (dilation.0, dilation.1),
      padding: (vertical.0, horizontal.0, vertical.1, horizontal.1), groups: groups)
  }
}

/// Sums over everything but the second axis.
enum ChannelSums {
  static func sums<Scalar: NetScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
    let (samples, channels) = (x.shape[0], x.shape[1])
    let length = x.shape.dropFirst(2).reduce(1, *)
    var sums = Tensor<Scalar>.zeros(channels)
    guard x.count > 0 else { return sums }
    sums.withMutableElements { sums in
      x.withElements { x in
        Kernels.forEachRange(channels, cost: samples * length) {
          add(x, sums, $0, samples: samples, channels: channels, length: length)
        }
      }
    }
    return sums
  }

  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  private static func add<Scalar: NetScalar>(
    _ x: UnsafePointer<Scalar>, _ sums: UnsafeMutablePointer<Scalar>, _ range: Range<Int>, samples: Int, channels: Int,
    length: Int
  ) {
    for channel in range {
      for sample in 0..<samples {
        let row = x + (sample &* channels &+ channel) &* length
        sums[channel] += Kernels.sum(length) { row[$0] }
      }
    }
  }
}
