import Foundation
import MartletNets
import MartletNumerics

/// One of the ONNX project's test cases, in double precision.
struct ONNXLayerCase: Decodable {
  /// What the module has no layer for.
  struct Unsupported: Error { let reason: String }

  struct Stored: Decodable {
    let shape: [Int]
    let data: Data
    var tensor: Matrix { Matrix(data.withUnsafeBytes { Array($0.bindMemory(to: Double.self)) }, shape: shape) }
  }
  struct Attribute: Decodable {
    let numbers: [Double]?
    let text: String?
  }

  let name: String
  let `operator`: String
  let version: Int
  let attributes: [String: Attribute]
  let inputs: [Stored?]
  let outputs: [Stored]

  func number(_ name: String, _ usual: Double) -> Double { attributes[name]?.numbers?[0] ?? usual }
  func integer(_ name: String, _ usual: Int) -> Int { Int(number(name, Double(usual))) }
  func list(_ name: String) -> [Int]? { attributes[name]?.numbers.map { $0.map { Int($0) } } }
  func isThere(_ place: Int) -> Bool { place < inputs.count && inputs[place] != nil }

  func input(_ place: Int) throws -> Matrix {
    guard isThere(place), let stored = inputs[place] else { throw Unsupported(reason: "a missing input") }
    return stored.tensor
  }
  func variable(_ place: Int) throws -> Variable<Double> { Variable(try input(place)) }
  func optional(_ place: Int) throws -> Variable<Double>? { isThere(place) ? try variable(place) : nil }

  /// A pair of an attribute's numbers; images of one row for one.
  func pair(_ name: String, _ usual: Int = 1) throws -> (Int, Int) {
    guard let list = list(name) else { return (usual, usual) }
    return list.count == 1 ? (1, list[0]) : (list[0], list[1])
  }

  /// Zeros around the input for a kernel, strides and dilations.
  func padding(_ x: Matrix, kernel: (Int, Int)) throws -> Padding {
    let isRow = x.rank == 3
    switch attributes["auto_pad"]?.text ?? "NOTSET" {
    case "SAME_UPPER": return .same
    case "SAME_LOWER":
      let (stride, dilation) = (try pair("strides"), try pair("dilations"))
      func before(_ length: Int, _ kernel: Int, _ stride: Int, _ dilation: Int) -> (Int, Int) {
        let missing = max(0, ((length + stride - 1) / stride - 1) * stride + dilation * (kernel - 1) + 1 - length)
        return (missing - missing / 2, missing / 2)
      }
      let down = before(x.shape[2], kernel.0, stride.0, dilation.0)
      let across = before(x.shape[3], kernel.1, stride.1, dilation.1)
      return .each([down.0, across.0], [down.1, across.1])
    default:
      guard let pads = list("pads") else { return .valid }
      return isRow ? .each([0, pads[0]], [0, pads[1]]) : .each([pads[0], pads[1]], [pads[2], pads[3]])
    }
  }

  /// An image of one row for a sequence; others are not layers of this module.
  func image(_ place: Int) throws -> Variable<Double> {
    let x = try variable(place)
    guard x.rank == 3 || x.rank == 4 else { throw Unsupported(reason: "three dimensions") }
    return x.rank == 3 ? x.addingAxis(2) : x
  }
}

extension ONNXLayerCase {
  /// The outputs that the module gives.
  func evaluate() throws -> [Matrix] {
    let x = try variable(0)
    switch self.operator {
    case "Relu": return [x.relu().value]
    case "LeakyRelu": return [x.leakyReLU(slope: number("alpha", 0.01)).value]
    case "Elu": return [x.elu(alpha: number("alpha", 1)).value]
    case "Selu":
      guard attributes["alpha"] == nil else { throw Unsupported(reason: "other numbers than SELU's") }
      return [x.selu().value]
    case "Gelu": return [x.gelu(approximate: attributes["approximate"]?.text == "tanh").value]
    case "Swish": return [x.silu().value]
    case "Sigmoid": return [x.sigmoid().value]
    case "Softplus": return [x.softplus().value]
    case "Tanh": return [tanh(x).value]
    case "Softmax": return [x.softmax(axis: integer("axis", -1)).value]
    case "LogSoftmax": return [x.logSoftmax(axis: integer("axis", -1)).value]
    case "Gemm": return try gemm(x)
    case "Conv", "ConvTranspose": return try convolution()
    case "MaxPool", "AveragePool", "GlobalAveragePool", "GlobalMaxPool": return try pooling()
    case "LayerNormalization", "RMSNormalization": return try rowNormalization(x)
    case "BatchNormalization": return try batchNormalization(x)
    case "GroupNormalization", "InstanceNormalization":
      let groups = self.operator == "InstanceNormalization" ? x.shape[1] : integer("num_groups", 1)
      var layer = GroupNorm(
        groups: groups, x.shape[1], epsilon: number("epsilon", 1e-5), precision: Double.self)
      layer["weight"] = try input(1)
      layer["bias"] = try input(2)
      return [layer(x.value)]
    case "Dropout":
      let isTraining = isThere(2) && inputs[2]?.tensor.scalar == 1
      let ratio = isThere(1) ? try input(1).scalar : number("ratio", 0.5)
      guard !isTraining || ratio == 0 else { throw Unsupported(reason: "NumPy's random numbers") }
      let y = Dropout(ratio, precision: Double.self)(x, mode: isTraining ? .training(seed: 0) : .inference).value
      return [y, .ones(shape: y.shape)]
    case "SoftmaxCrossEntropyLoss", "NegativeLogLikelihoodLoss": return try classLoss(x)
    default: throw Unsupported(reason: "the operator \(self.operator)")
    }
  }

  private func gemm(_ x: Variable<Double>) throws -> [Matrix] {
    guard integer("transA", 0) == 0, number("alpha", 1) == 1, !isThere(2) || number("beta", 1) == 1 else {
      throw Unsupported(reason: "factors or a transposed input")
    }
    let weight = try input(1)
    let bias = isThere(2) ? try input(2) : nil
    let count = weight.shape[integer("transB", 0) == 1 ? 0 : 1]
    guard bias.map({ $0.shape == [count] || $0.shape == [1, count] }) ?? true else {
      throw Unsupported(reason: "another bias than one for each output")
    }
    let rows = integer("transB", 0) == 1 ? weight : weight.transposed()
    return [Linear(weight: rows, bias: bias?.flattened())(x.value)]
  }

  private func convolution() throws -> [Matrix] {
    let (x, weight) = (try image(0), try image(1))
    let (stride, dilation) = (try pair("strides"), try pair("dilations"))
    let kernel = (weight.shape[2], weight.shape[3])
    var result: Variable<Double>
    if self.operator == "Conv" {
      result = x.convolved(
        weight, try optional(2), stride: stride, padding: try padding(x.value, kernel: kernel), dilation: dilation,
        groups: integer("group", 1))
    } else {
      var extra = try pair("output_padding", 0)
      if let wanted = list("output_shape"), attributes["output_padding"] == nil {
        extra = (
          wanted[0] - (x.shape[2] - 1) * stride.0 - kernel.0, wanted[1] - (x.shape[3] - 1) * stride.1 - kernel.1
        )
      }
      result = x.convolvedTransposed(
        weight, try optional(2), stride: stride, padding: try padding(x.value, kernel: kernel), outputPadding: extra,
        dilation: dilation, groups: integer("group", 1))
    }
    return [result.value.reshaped(to: outputs[0].shape)]
  }

  private func pooling() throws -> [Matrix] {
    let x = try image(0)
    if self.operator == "GlobalAveragePool" { return [x.averagePooled(toSize: (1, 1)).value] }
    if self.operator == "GlobalMaxPool" { return [x.maxPooled(toSize: (1, 1)).value] }
    let kernel = try pair("kernel_shape")
    let (stride, dilation) = (try pair("strides"), try pair("dilations"))
    let padding = try padding(input(0).rank == 3 ? input(0) : x.value, kernel: kernel)
    let roundingUp = integer("ceil_mode", 0) == 1
    let result =
      self.operator == "MaxPool"
      ? x.maxPooled(kernel, stride: stride, padding: padding, dilation: dilation, roundingUp: roundingUp)
      : x.averagePooled(
        kernel, stride: stride, padding: padding, dilation: dilation,
        countingPadding: integer("count_include_pad", 0) == 1, roundingUp: roundingUp)
    return [result.value.reshaped(to: outputs[0].shape)]
  }

  private func rowNormalization(_ x: Variable<Double>) throws -> [Matrix] {
    let axis = integer("axis", -1)
    let lengths = Array(x.shape[(axis < 0 ? axis + x.rank : axis)...])
    let epsilon = number("epsilon", 1e-5)
    if self.operator == "RMSNormalization" {
      var layer = RMSNorm(lengths.reduce(1, *), epsilon: epsilon, precision: Double.self)
      layer["weight"] = try input(1).flattened()
      return [layer(x.value.reshaped(-1, lengths.reduce(1, *))).reshaped(to: x.shape)]
    }
    var layer = LayerNorm(lengths: lengths, epsilon: epsilon, precision: Double.self)
    layer["weight"] = try input(1)
    layer["bias"] = try input(2)
    return [layer(x.value)]
  }

  private func batchNormalization(_ x: Variable<Double>) throws -> [Matrix] {
    // ONNX's momentum is the part that is kept.
    var layer = BatchNorm(
      x.shape[1], epsilon: number("epsilon", 1e-5), momentum: 1 - number("momentum", 0.9), precision: Double.self)
    for (place, name) in ["weight", "bias", "runningMean", "runningVariance"].enumerated() {
      layer[name] = try input(place + 1)
    }
    let mode = integer("training_mode", 0) == 1 ? Mode.training(seed: 0) : .inference
    return [layer(x, mode: mode).value]
  }

  private func classLoss(_ x: Variable<Double>) throws -> [Matrix] {
    let axes = [0] + Array(2..<x.rank) + [1]
    let scores = x.transposed(axes: axes)
    let labels = Tensor(try input(1).scalars.map { Int($0) }, shape: try input(1).shape)
    let weights = isThere(2) ? try input(2) : nil
    let ignoring = attributes["ignore_index"].map { _ in integer("ignore_index", 0) }
    let reduction: LossReduction =
      ["none": .none, "sum": .sum, "mean": .mean][attributes["reduction"]?.text ?? "mean"] ?? .mean
    if self.operator == "NegativeLogLikelihoodLoss" {
      return [
        negativeLogLikelihood(scores, labels, weights: weights, ignoring: ignoring, reduction: reduction).value
      ]
    }
    let loss = crossEntropy(scores, labels, weights: weights, ignoring: ignoring, reduction: reduction).value
    return outputs.count > 1 ? [loss, x.logSoftmax(axis: 1).value] : [loss]
  }
}
