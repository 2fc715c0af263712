import MartletNumerics

/// ``Linear`` with bytes for weights; see ``Quantization``.
///
///     let layer = QuantizedLinear(trained)
///     layer.weight.values.count      // as many bytes as the layer had weights
public struct QuantizedLinear: Layer, CompactLayer {
  private let stored: QuantizedWeight
  private let grid: QuantizationGrid<Int8>?
  private let settings: Quantization
  /// Shape `[outputs]`.
  public let bias: Tensor<Float>?

  /// The layer with bytes for weights, whose inputs are scaled by the range of each call.
  public init(_ layer: Linear<Float>, _ settings: Quantization = Quantization()) { self.init(layer, settings, nil) }

  init(_ layer: Linear<Float>, _ settings: Quantization, _ grid: QuantizationGrid<Int8>?) {
    stored = QuantizedWeight(layer.weight.value, settings)
    (bias, self.grid, self.settings) = (layer.bias?.value, grid, settings)
  }

  /// Shape `[outputs, inputs]`.
  public var weight: QuantizedTensor<Int8> { stored.tensor }
  /// Whether the range of inputs was found once, from samples.
  public var isCalibrated: Bool { grid != nil }
  var storedBytes: Int { weight.byteCount + 4 * (bias?.count ?? 0) }

  /// - Returns: `[…, outputs]` for `[…, inputs]`, as a constant: no gradient goes through.
  public func callAsFunction(_ x: Variable<Float>, mode: Mode) -> Variable<Float> {
    let (outputs, inputs) = (weight.shape[0], weight.shape[1])
    guard x.shape.last == inputs else {
      fatalError("QuantizedLinear needs inputs [..., \(inputs)]; found shape \(x.shape).")
    }
    let shape = x.shape.dropLast() + [outputs]
    guard x.count > 0 else { return Variable(.zeros(shape: Array(shape))) }
    let grid = grid ?? settings.grid(x.value)
    let bytes = IntegerProducts.quantized(x.value, grid)
    return Variable(
      .filled(shape: Array(shape)) {
        IntegerProducts.product(bytes, grid, rows: x.count / inputs, stored, bias?.scalars, $0)
      })
  }
}

/// ``Conv2d`` with bytes for weights; see ``Quantization``.
public struct QuantizedConv2d: Layer, CompactLayer {
  private let layer: Conv2d<Float>
  private let stored: [QuantizedWeight]
  private let grid: QuantizationGrid<Int8>?
  private let settings: Quantization
  /// Shape `[outputs]`.
  public let bias: Tensor<Float>?

  /// The layer with bytes for weights, whose inputs are scaled by the range of each call.
  public init(_ layer: Conv2d<Float>, _ settings: Quantization = Quantization()) { self.init(layer, settings, nil) }

  init(_ layer: Conv2d<Float>, _ settings: Quantization, _ grid: QuantizationGrid<Int8>?) {
    let outputs = layer.weight.shape[0] / layer.groups
    stored = (0..<layer.groups).map {
      QuantizedWeight(layer.weight.value[$0 * outputs..<($0 + 1) * outputs], settings)
    }
    (bias, self.grid, self.settings) = (layer.bias?.value, grid, settings)
    // What is left of the layer are its lengths: the weights' numbers are given free.
    var lengths = layer
    lengths.weight.value = Tensor(scalar: 0).broadcast(to: layer.weight.shape)
    lengths.bias = nil
    self.layer = lengths
  }

  /// The weights of each group, of shape `[outputs / groups, channels / groups, height, width]`.
  public var weights: [QuantizedTensor<Int8>] { stored.map(\.tensor) }
  /// Whether the range of inputs was found once, from samples.
  public var isCalibrated: Bool { grid != nil }
  var storedBytes: Int { weights.reduce(4 * (bias?.count ?? 0)) { $0 + $1.byteCount } }

  /// It learns nothing, and what is left of the layer is no parameter.
  public mutating func visitParameters(_ visitor: ParameterVisitor<Float>) {}

  /// - Returns: `[samples, outputs, …]` for `[samples, channels, height, width]`, as a constant.
  public func callAsFunction(_ x: Variable<Float>, mode: Mode) -> Variable<Float> {
    let kernel = layer.weight.shape
    guard x.rank == 4, x.shape[1] == kernel[1] * layer.groups else {
      fatalError(
        "QuantizedConv2d needs inputs [samples, \(kernel[1] * layer.groups), height, width]; found shape \(x.shape).")
    }
    let plan = Convolution(
      input: x.shape, weight: kernel, layer.stride, layer.padding, layer.dilation, layer.groups)
    let places = plan.outputShape[2] * plan.outputShape[3]
    guard x.count > 0, places > 0 else { return Variable(.zeros(shape: plan.outputShape)) }
    let grid = grid ?? settings.grid(x.value)
    let bytes = IntegerProducts.quantized(x.value, grid)
    let biases = bias?.scalars
    let perGroup = kernel[0] / layer.groups
    var output = [Float](repeating: 0, count: plan.outputShape.reduce(1, *))
    for sample in 0..<x.shape[0] {
      for group in 0..<layer.groups {
        let patches = self.patches(bytes, plan, x.shape, sample: sample, group: group, zero: grid.zeroPoint)
        let rows = [Float](unsafeUninitializedCapacity: places * perGroup) { target, count in
          count = places * perGroup
          let bias = biases.map { Array($0[group * perGroup..<(group + 1) * perGroup]) }
          IntegerProducts.product(patches, grid, rows: places, stored[group], bias, target.baseAddress!)  // not empty
        }
        let start = (sample * kernel[0] + group * perGroup) * places
        for place in 0..<places {
          for number in 0..<perGroup { output[start + number * places + place] = rows[place * perGroup + number] }
        }
      }
    }
    return Variable(Tensor(output, shape: plan.outputShape))
  }

  /// One row for each place of the output: the numbers of its patch, and the zero point where the patch leaves the image.
  private func patches(
    _ bytes: [Int8], _ plan: Convolution, _ shape: [Int], sample: Int, group: Int, zero: Int8
  ) -> [Int8] {
    let (channels, height, width) = (layer.weight.shape[1], shape[2], shape[3])
    let (kernelHeight, kernelWidth) = (layer.weight.shape[2], layer.weight.shape[3])
    let length = channels * kernelHeight * kernelWidth
    var patches = [Int8](repeating: zero, count: plan.outputShape[2] * plan.outputShape[3] * length)
    let first = (sample * shape[1] + group * channels) * height * width
    var row = 0
    for y in 0..<plan.outputShape[2] {
      for x in 0..<plan.outputShape[3] {
        let (top, left) = (y * layer.stride.0 - plan.padding.top, x * layer.stride.1 - plan.padding.left)
        for channel in 0..<channels {
          for i in 0..<kernelHeight {
            let line = top + i * layer.dilation.0
            guard line >= 0, line < height else { continue }
            let from = first + (channel * height + line) * width
            let to = row + (channel * kernelHeight + i) * kernelWidth
            for j in 0..<kernelWidth {
              let column = left + j * layer.dilation.1
              if column >= 0, column < width { patches[to + j] = bytes[from + column] }
            }
          }
        }
        row += length
      }
    }
    return patches
  }
}

extension Quantization {
  /// The grid for the range of a call's own inputs.
  func grid(_ x: Tensor<Float>) -> QuantizationGrid<Int8> {
    QuantizationGrid(low: x.min(), high: x.max(), inputs)
  }
}
