import MartletNets
import MartletNumerics

extension Layer {
  /// The network as one that ONNX runs; `write(to:)` makes a file of it. Dropout is left out, as it is when a network is used.
  ///
  ///     let net = Sequential { Conv2d(1, 8, kernel: 3); ReLU(); Flatten(); Linear(288, 10) }
  ///     try net.onnx(sampleShape: [1, 8, 8]).write(to: URL(fileURLWithPath: "digits.onnx"))
  ///
  /// The file computes in single precision. Its input is `input`, its output `output`.
  /// - Parameter sampleShape: the shape of one sample, without the axis of the samples: `[features]`, or `[channels, height,
  ///   width]`.
  /// - Throws: ``ONNXError`` for a layer that has no counterpart in ONNX, which is every layer of your own: build networks of
  ///   `Sequential` and `Residual` to export them.
  public func onnx(sampleShape: [Int]) throws(ONNXError) -> ONNXModel {
    var builder = _ONNXBuilder()
    var input = ONNXModel.Port(name: "input", elementType: .float, shape: [nil] + sampleShape.map { $0 })
    input.axisNames = ["samples"] + sampleShape.map { _ in nil }
    builder.graph.inputs = [input]
    let last = try builder.add(self, "input")
    _ = builder.node("Identity", [last], outputs: ["output"])
    // What the output's shape is, the network says itself.
    let result = self(Tensor<Scalar>.zeros(shape: [1] + sampleShape)).shape
    var output = ONNXModel.Port(name: "output", elementType: .float, shape: [nil] + result.dropFirst().map { $0 })
    output.axisNames = ["samples"] + result.dropFirst().map { _ in nil }
    builder.graph.outputs = [output]
    return try ONNXModel(graph: builder.graph)
  }
}

extension _ONNXBuilder {
  /// The nodes of a layer; the result is the name of what they make.
  mutating func add<Scalar: NetScalar>(_ layer: any Layer<Scalar>, _ x: String) throws(ONNXError) -> String {
    if let name = try addShaping(layer, x) { return name }
    if let name = addWeighted(layer, x) { return name }
    if let name = addNormalization(layer, x) { return name }
    if let name = addActivation(layer, x) { return name }
    throw ONNXError(
      "The layer \(type(of: layer)) is not exported: its calculation is not known. Layers of Martlet in Sequential and Residual are."
    )
  }

  private mutating func addShaping<Scalar: NetScalar>(_ layer: any Layer<Scalar>, _ x: String) throws(ONNXError)
    -> String?
  {
    switch layer {
    case let layers as Sequential<Scalar>:
      var last = x
      for inner in layers.layers { last = try add(inner, last) }
      return last
    case let residual as Residual<Scalar>:
      let correction = try add(residual.layers, x)
      let way: String
      if let shortcut = residual.shortcut { way = try add(shortcut, x) } else { way = x }
      return node("Add", [way, correction])
    case is Flatten<Scalar>: return node("Flatten", [x], ["axis": .integer(1)])
    case is Dropout<Scalar>: return x
    case let pool as MaxPool2d<Scalar>: return node("MaxPool", [x], window(pool.kernel, pool.stride, pool.padding))
    case let pool as AveragePool2d<Scalar>:
      // Zeros around the input count, as in PyTorch.
      return node(
        "AveragePool", [x],
        window(pool.kernel, pool.stride, pool.padding).merging(["count_include_pad": .integer(1)]) { $1 })
    case let pool as AdaptiveAveragePool2d<Scalar> where pool.size == (1, 1): return node("GlobalAveragePool", [x])
    case let pool as AdaptiveMaxPool2d<Scalar> where pool.size == (1, 1): return node("GlobalMaxPool", [x])
    default: return nil
    }
  }

  private func window(_ kernel: Int, _ stride: Int, _ padding: Padding) -> [String: ONNXAttribute] {
    ["kernel_shape": .integers([kernel, kernel]), "strides": .integers([stride, stride])].merging(
      pads(padding, axes: 2)
    ) { $1 }
  }

  private func pads(_ padding: Padding, axes: Int) -> [String: ONNXAttribute] {
    switch padding {
    case .valid: [:]
    case .same: ["auto_pad": .text("SAME_UPPER")]
    case .exactly(let width): ["pads": .integers([Int](repeating: width, count: 2 * axes))]
    case .each(let before, let after): ["pads": .integers(before + after)]
    }
  }

  private mutating func addWeighted<Scalar: NetScalar>(_ layer: any Layer<Scalar>, _ x: String) -> String? {
    switch layer {
    case let linear as Linear<Scalar>:
      // Inputs may have more axes than two, which a product of matrices takes.
      let product = node("MatMul", [x, constant(linear.weight.value.transposed(), "weight")])
      return linear.bias.map { node("Add", [product, constant($0.value, "bias")]) } ?? product
    case let layer as Conv2d<Scalar>:
      var attributes = pads(layer.padding, axes: 2)
      attributes["strides"] = .integers([layer.stride.0, layer.stride.1])
      attributes["dilations"] = .integers([layer.dilation.0, layer.dilation.1])
      attributes["group"] = .integer(layer.groups)
      return convolution(x, layer.weight.value, layer.bias?.value, attributes)
    case let layer as Conv1d<Scalar>:
      var attributes = pads(layer.padding, axes: 1)
      attributes["strides"] = .integers([layer.stride])
      attributes["dilations"] = .integers([layer.dilation])
      attributes["group"] = .integer(layer.groups)
      return convolution(x, layer.weight.value, layer.bias?.value, attributes)
    default: return nil
    }
  }

  private mutating func convolution<Scalar: NetScalar>(
    _ x: String, _ weight: Tensor<Scalar>, _ bias: Tensor<Scalar>?, _ attributes: [String: ONNXAttribute]
  ) -> String {
    var inputs = [x, constant(weight, "weight")]
    if let bias { inputs.append(constant(bias, "bias")) }
    var attributes = attributes
    attributes["kernel_shape"] = .integers(Array(weight.shape.dropFirst(2)))
    return node("Conv", inputs, attributes)
  }

  private mutating func addNormalization<Scalar: NetScalar>(_ layer: any Layer<Scalar>, _ x: String) -> String? {
    switch layer {
    case let norm as BatchNorm<Scalar>:
      let (mean, variance) = (norm.runningMean.value, norm.runningVariance.value)
      let scale = constant(norm.weight?.value ?? .ones(shape: mean.shape), "scale")
      let bias = constant(norm.bias?.value ?? .zeros(shape: mean.shape), "bias")
      return node(
        "BatchNormalization", [x, scale, bias, constant(mean, "mean"), constant(variance, "variance")],
        ["epsilon": .number(Float(norm.epsilon))])
    case let norm as LayerNorm<Scalar>:
      var inputs = [x, constant(norm.weight?.value ?? .ones(shape: norm.lengths), "scale")]
      if let bias = norm.bias { inputs.append(constant(bias.value, "bias")) }
      return node(
        "LayerNormalization", inputs,
        ["axis": .integer(-norm.lengths.count), "epsilon": .number(Float(norm.epsilon))])
    default: return nil
    }
  }

  private mutating func addActivation<Scalar: NetScalar>(_ layer: any Layer<Scalar>, _ x: String) -> String? {
    switch layer {
    case is ReLU<Scalar>: return node("Relu", [x])
    case is Sigmoid<Scalar>: return node("Sigmoid", [x])
    case is Tanh<Scalar>: return node("Tanh", [x])
    case is Softplus<Scalar>: return node("Softplus", [x])
    case is SELU<Scalar>: return node("Selu", [x])
    case let layer as LeakyReLU<Scalar>: return node("LeakyRelu", [x], ["alpha": .number(Float(layer.slope))])
    case let layer as ELU<Scalar>: return node("Elu", [x], ["alpha": .number(Float(layer.alpha))])
    case let layer as Softmax<Scalar>: return node("Softmax", [x], ["axis": .integer(layer.axis)])
    case let layer as LogSoftmax<Scalar>: return node("LogSoftmax", [x], ["axis": .integer(layer.axis)])
    case is SiLU<Scalar>: return node("Mul", [x, node("Sigmoid", [x])])
    case is Mish<Scalar>: return node("Mul", [x, node("Tanh", [node("Softplus", [x])])])
    case let layer as GELU<Scalar>: return gelu(x, isRough: layer.approximate)
    default: return nil
    }
  }

  /// Written out, since ONNX has it as an operator only from version 20 on.
  private mutating func gelu(_ x: String, isRough: Bool) -> String {
    func number(_ value: Double, _ builder: inout _ONNXBuilder) -> String {
      builder.constant(Matrix(scalar: value), "number")
    }
    let bent: String
    if isRough {
      let cube = node("Mul", [node("Mul", [node("Mul", [x, x]), x]), number(0.044715, &self)])
      bent = node("Tanh", [node("Mul", [node("Add", [x, cube]), number(0.797_884_560_802_865_4, &self)])])
    } else {
      bent = node("Erf", [node("Mul", [x, number(0.707_106_781_186_547_6, &self)])])
    }
    return node("Mul", [node("Mul", [x, number(0.5, &self)]), node("Add", [bent, number(1, &self)])])
  }

  /// Dense layers with an activation between them.
  fileprivate mutating func dense(
    _ layers: [Linear<Double>], _ activation: MLPParameters.Activation, _ x: String
  ) throws(ONNXError) -> String {
    var last = x
    for (place, layer) in layers.enumerated() {
      last = try add(layer, last)
      guard place < layers.count - 1 else { break }
      switch activation {
      case .relu: last = node("Relu", [last])
      case .tanh: last = node("Tanh", [last])
      case .logistic: last = node("Sigmoid", [last])
      case .identity: break
      }
    }
    return last
  }
}

extension MLPClassifier.Model: ONNXExportable {
  public var _onnxFeatureCount: Int { layers[0].weight.shape[1] }
  public func _addONNX(to builder: inout _ONNXBuilder, _ x: String) throws(ONNXError) -> [ONNXModel.Port] {
    let scores = try builder.dense(layers, activation, x)
    _ = builder.node("Softmax", [scores], ["axis": .integer(-1)], outputs: ["probabilities"])
    let places = builder.node("ArgMax", ["probabilities"], ["axis": .integer(1), "keepdims": .integer(0)])
    let labels = builder.fresh("labels")
    builder.graph.initializers[labels] =
      (classes as? [Int]).map { ONNXTensor(Tensor($0)) } ?? ONNXTensor(classes.map { "\($0)" }, shape: [classes.count])
    _ = builder.node("Gather", [labels, places], ["axis": .integer(0)], outputs: ["label"])
    return ONNXLabels.ports(classes)
  }
}

extension MLPRegressor.Model: ONNXExportable {
  public var _onnxFeatureCount: Int { layers[0].weight.shape[1] }
  public func _addONNX(to builder: inout _ONNXBuilder, _ x: String) throws(ONNXError) -> [ONNXModel.Port] {
    let last = try builder.dense(layers, activation, x)
    _ = builder.node("Identity", [last], outputs: ["prediction"])
    return ONNXLabels.prediction
  }
}
