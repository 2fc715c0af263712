import MartletNumerics

extension Variable {
  /// The largest number of each window of `[samples, channels, height, width]`. (PyTorch: `max_pool2d`)
  ///
  /// - Parameters:
  ///   - kernel: the windows' height and width.
  ///   - stride: how far apart windows are; by default as far as they are long.
  ///   - padding: how far windows may begin before the input.
  ///   - dilation: how far apart the numbers of a window are.
  ///   - roundingUp: whether a window that does not fit completely counts too. (PyTorch: `ceil_mode`)
  public func maxPooled(
    _ kernel: (Int, Int), stride: (Int, Int)? = nil, padding: Padding = .valid, dilation: (Int, Int) = (1, 1),
    roundingUp: Bool = false
  ) -> Variable {
    let plan = pooling("maxPooled", kernel, stride ?? kernel, padding, dilation, roundingUp)
    let (x, shape, planes) = (value, shape, shape[0] * shape[1])
    let cost = plan.outputHeight * plan.outputWidth * kernel.0 * kernel.1
    let output = [shape[0], shape[1], plan.outputHeight, plan.outputWidth]
    guard output.reduce(1, *) > 0 else { return Variable(.zeros(shape: output)) }
    let result = Tensor<Scalar>.filled(shape: output) { target in
      x.withElements { x in
        Kernels.forEachRange(planes, cost: cost) { PoolingKernels.maxima(plan, $0, x, target) }
      }
    }
    return .computed(result, from: [self]) { gradient in
      [
        .filled(shape: shape) { target in
          x.withElements { x in
            result.withElements { y in
              gradient.withElements { g in
                Kernels.forEachRange(planes, cost: cost) { PoolingKernels.spreadToMaxima(plan, $0, x, y, g, target) }
              }
            }
          }
        }
      ]
    }
  }

  /// The mean of each window of `[samples, channels, height, width]`. (PyTorch: `avg_pool2d`)
  ///
  /// - Parameters:
  ///   - kernel: the windows' height and width.
  ///   - stride: how far apart windows are; by default as far as they are long.
  ///   - padding: how far windows may begin before the input.
  ///   - countingPadding: whether places that are not there count as zeros.
  ///   - roundingUp: whether a window that does not fit completely counts too. (PyTorch: `ceil_mode`)
  public func averagePooled(
    _ kernel: (Int, Int), stride: (Int, Int)? = nil, padding: Padding = .valid, dilation: (Int, Int) = (1, 1),
    countingPadding: Bool = true, roundingUp: Bool = false
  ) -> Variable {
    let plan = pooling("averagePooled", kernel, stride ?? kernel, padding, dilation, roundingUp)
    let (x, shape, planes) = (value, shape, shape[0] * shape[1])
    let cost = plan.outputHeight * plan.outputWidth * kernel.0 * kernel.1
    let output = [shape[0], shape[1], plan.outputHeight, plan.outputWidth]
    guard output.reduce(1, *) > 0 else { return Variable(.zeros(shape: output)) }
    let result = Tensor<Scalar>.filled(shape: output) { target in
      x.withElements { x in
        Kernels.forEachRange(planes, cost: cost) { PoolingKernels.means(plan, $0, countingPadding, x, target) }
      }
    }
    return .computed(result, from: [self]) { gradient in
      [
        .filled(shape: shape) { target in
          gradient.withElements { g in
            Kernels.forEachRange(planes, cost: cost) {
              PoolingKernels.spreadMeans(plan, $0, countingPadding, g, target)
            }
          }
        }
      ]
    }
  }

  /// Means over windows whose number is given instead of their length: `[…, height, width]` becomes `[…, rows, columns]`.
  /// (PyTorch: `adaptive_avg_pool2d`)
  public func averagePooled(toSize size: (Int, Int)) -> Variable {
    adaptively(size) { $0.mean(axes: [2, 3], keepDimensions: true) }
  }

  /// The largest numbers of windows whose number is given instead of their length. (PyTorch: `adaptive_max_pool2d`)
  public func maxPooled(toSize size: (Int, Int)) -> Variable {
    adaptively(size) { $0.max(axis: 3, keepDimensions: true).max(axis: 2, keepDimensions: true) }
  }

  /// Each window reaches from `⌊i · length / size⌋` to `⌈(i + 1) · length / size⌉`.
  private func adaptively(_ size: (Int, Int), _ reduce: (Variable) -> Variable) -> Variable {
    guard rank == 4, size.0 > 0, size.1 > 0, shape[2] > 0, shape[3] > 0 else {
      fatalError("Pooling to \(size) needs an input [samples, channels, height, width]; found shape \(shape).")
    }
    func window(_ i: Int, _ length: Int, _ size: Int) -> Range<Int> {
      i * length / size..<((i + 1) * length + size - 1) / size
    }
    let rows = (0..<size.0).map { row in
      let band = slice(axis: 2, window(row, shape[2], size.0))
      return Variable.concatenated(
        (0..<size.1).map { reduce(band.slice(axis: 3, window($0, shape[3], size.1))) }, axis: 3)
    }
    return .concatenated(rows, axis: 2)
  }

  private func pooling(
    _ name: String, _ kernel: (Int, Int), _ stride: (Int, Int), _ padding: Padding, _ dilation: (Int, Int),
    _ roundingUp: Bool
  ) -> Pooling {
    guard rank == 4, [kernel.0, kernel.1, stride.0, stride.1, dilation.0, dilation.1].allSatisfy({ $0 > 0 }) else {
      fatalError(
        "\(name) needs an input [samples, channels, height, width] and lengths of at least 1; found shape \(shape), kernel \(kernel), stride \(stride)."
      )
    }
    let vertical = padding.widths(axis: 0, length: shape[2], kernel: kernel.0, stride: stride.0, dilation: dilation.0)
    let horizontal = padding.widths(axis: 1, length: shape[3], kernel: kernel.1, stride: stride.1, dilation: dilation.1)
    let plan = Pooling(
      height: shape[2], width: shape[3], kernel: (kernel.0, kernel.1), stride: (stride.0, stride.1),
      dilation: (dilation.0, dilation.1), padding: (vertical.0, horizontal.0, vertical.1, horizontal.1),
      isRoundedUp: roundingUp)
    guard plan.outputHeight > 0, plan.outputWidth > 0 else {
      fatalError("\(name): a window of \(kernel) does not fit into an input of shape \(shape).")
    }
    return plan
  }
}

/// The largest number of each window of `[samples, channels, height, width]`.
///
///     MaxPool2d(2)(Tensor<Float>.ones(8, 16, 28, 28)).shape      // [8, 16, 14, 14]
public struct MaxPool2d<Scalar: NetScalar>: Layer {
  /// Height and width of the windows.
  public let kernel: Int
  /// How far apart windows are.
  public let stride: Int
  /// How far windows may begin before the input.
  public let padding: Padding

  /// - Parameter stride: by default windows do not overlap.
  public init(_ kernel: Int, stride: Int? = nil, padding: Padding = .valid, precision: Scalar.Type = Float.self) {
    (self.kernel, self.stride, self.padding) = (kernel, stride ?? kernel, padding)
  }

  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> {
    x.maxPooled((kernel, kernel), stride: (stride, stride), padding: padding)
  }
}

/// The mean of each window of `[samples, channels, height, width]`.
public struct AveragePool2d<Scalar: NetScalar>: Layer {
  /// Height and width of the windows.
  public let kernel: Int
  /// How far apart windows are.
  public let stride: Int
  /// How far windows may begin before the input.
  public let padding: Padding

  /// - Parameter stride: by default windows do not overlap.
  public init(_ kernel: Int, stride: Int? = nil, padding: Padding = .valid, precision: Scalar.Type = Float.self) {
    (self.kernel, self.stride, self.padding) = (kernel, stride ?? kernel, padding)
  }

  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> {
    x.averagePooled((kernel, kernel), stride: (stride, stride), padding: padding)
  }
}

/// Means over windows whose number is given; `AdaptiveAveragePool2d(1)` is the mean of every channel.
public struct AdaptiveAveragePool2d<Scalar: NetScalar>: Layer {
  /// How many windows, down and across.
  public let size: (Int, Int)
  public init(_ size: Int, precision: Scalar.Type = Float.self) { self.size = (size, size) }
  public init(_ rows: Int, _ columns: Int, precision: Scalar.Type = Float.self) { size = (rows, columns) }
  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> { x.averagePooled(toSize: size) }
}

/// The largest numbers of windows whose number is given.
public struct AdaptiveMaxPool2d<Scalar: NetScalar>: Layer {
  /// How many windows, down and across.
  public let size: (Int, Int)
  public init(_ size: Int, precision: Scalar.Type = Float.self) { self.size = (size, size) }
  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> { x.maxPooled(toSize: size) }
}
