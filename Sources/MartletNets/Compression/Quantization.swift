import MartletNumerics

/// Makes a trained model compute with whole numbers of eight bits: a quarter of the size, nearly the same answers.
///
/// The weights of dense and convolution layers are kept as bytes. What goes into such a layer is made bytes too, the products
/// are summed as 32-bit numbers, and the sum is scaled back: the layer never sees its weights as fractions again.
///
///     let small = try Quantization().quantize(model)                          // ranges of inputs found at each call
///     let fixed = try Quantization().quantize(model, calibratingWith: x)      // ranges found once, from these samples
///     var report = CompressionReport()
///     report.add("single precision", model, score: accuracy(of: model))
///     report.add("int8", small, score: accuracy(of: small))
///
/// A quantised model answers; it does not learn. Biases, normalisation and everything else stay as they are.
///
/// Reference: Jacob et al. (2018), Quantization and training of neural networks for efficient integer-arithmetic-only
/// inference; Krishnamoorthi (2018), Quantizing deep convolutional networks for efficient inference.
public struct Quantization: Sendable, Hashable, Codable {
  /// How the scales of weights are found.
  public var weights: QuantizedTensor<Int8>.Scheme
  /// How the scales of a layer's inputs are found.
  public var inputs: QuantizedTensor<Int8>.Scheme
  /// Whether each output of a layer has a scale of its own; one scale for all is a little smaller, and coarser.
  public var isPerChannel: Bool

  public init(
    weights: QuantizedTensor<Int8>.Scheme = .symmetric, inputs: QuantizedTensor<Int8>.Scheme = .affine,
    isPerChannel: Bool = true
  ) { (self.weights, self.inputs, self.isPerChannel) = (weights, inputs, isPerChannel) }

  /// The model with bytes for weights, in the same order of layers; within ``Residual`` layers too.
  ///
  /// - Parameters:
  ///   - model: dense and convolution layers with anything between them.
  ///   - samples: inputs as the model will meet them, by whose range the layers' inputs are scaled from then on (static
  ///     quantisation); `nil` for the range of each call's own inputs (dynamic quantisation), which takes a little longer.
  /// - Throws: ``CompressionError`` when there is no layer to quantise, a weight is not finite, or there are no samples.
  public func quantize(
    _ model: Sequential<Float>, calibratingWith samples: Tensor<Float>? = nil
  ) throws(CompressionError) -> Sequential<Float> {
    if let samples, samples.shape.first ?? 0 == 0 {
      throw CompressionError("Expected samples to calibrate with; found none, of shape \(samples.shape).")
    }
    var problem: CompressionError?
    var found = 0
    let small = LayerTree.mapped(model, input: samples.map { Variable($0) }) { path, layer, input in
      guard let weight = (layer as? Linear<Float>)?.weight ?? (layer as? Conv2d<Float>)?.weight else { return layer }
      guard weight.value.isFinite.allTrue, input?.value.isFinite.allTrue ?? true else {
        problem = problem ?? CompressionError("Expected finite weights and inputs; found others in layer \(path).")
        return layer
      }
      found += 1
      let range = input.map { QuantizationGrid<Int8>(low: $0.value.min(), high: $0.value.max(), inputs) }
      if let linear = layer as? Linear<Float> { return QuantizedLinear(linear, self, range) }
      if let convolution = layer as? Conv2d<Float> { return QuantizedConv2d(convolution, self, range) }
      return layer
    }
    if let problem { throw problem }
    guard found > 0 else {
      throw CompressionError(
        "Expected a Linear or Conv2d layer to quantise; found none in \(model.layers.count) layers.")
    }
    return small
  }
}

/// Why a model cannot be made smaller.
public struct CompressionError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was expected, what was found, and where.
  public let description: String
  init(_ description: String) { self.description = description }
}

/// A layer whose weights are kept in fewer bytes than their numbers take.
protocol CompactLayer {
  /// How many bytes its weights and biases take.
  var storedBytes: Int { get }
}
