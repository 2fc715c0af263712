import Foundation
import MartletModels
import MartletNets
import MartletNumerics
import Testing

@Suite struct QuantizationTests {
  struct Stored: Decodable {
    let type: String
    let shape: [Int]
    let data: Data
    var numbers: [Double] { data.withUnsafeBytes { Array($0.bindMemory(to: Double.self)) } }
    var tensor: Tensor<Float> { Tensor(numbers.map { Float($0) }, shape: shape) }
  }
  struct Case: Decodable {
    let name, `operator`: String
    let settings: [String: Int]
    let inputs, outputs: [Stored]
  }
  struct Reference: Decodable {
    let total: [String: Int]
    let left: [String]
    let cases: [Case]
  }

  /// The ONNX project's cases; those of blocks within an axis have no counterpart.
  @Test func roundingAgreesWithTheONNXCases() throws {
    let reference: Reference = try ReferenceFile.read("quantization")
    var passed: [String: Int] = [:]
    for node in reference.cases where node.settings["block_size"] == nil {
      let type = node.operator == "DequantizeLinear" ? node.inputs[0].type : node.outputs[0].type
      let agrees =
        switch type {
        case "int8": check(node, Int8.self)
        case "uint8": check(node, UInt8.self)
        case "int16": check(node, Int16.self)
        case "uint16": check(node, UInt16.self)
        default: false
        }
      #expect(agrees, "\(node.name)")
      if agrees { passed[node.operator, default: 0] += 1 }
    }
    for (name, total) in reference.total.sorted(by: { $0.key < $1.key }) {
      print("\(name): \(passed[name] ?? 0) of \(total)")
    }
    #expect(passed == ["QuantizeLinear": 4, "DequantizeLinear": 4, "DynamicQuantizeLinear": 3])
  }

  private func check<Element: FixedWidthInteger & Codable & Sendable>(_ node: Case, _: Element.Type) -> Bool {
    func whole(_ place: Int) -> [Element] { node.inputs[place].numbers.map { Element($0) } }
    switch node.operator {
    case "QuantizeLinear":
      let scales = node.inputs[1].tensor.scalars
      let axis = scales.count == 1 ? nil : node.settings["axis"] ?? 1
      let found = QuantizedTensor<Element>(node.inputs[0].tensor, scales: scales, zeroPoints: whole(2), axis: axis)
      return found.values.map { Double($0) } == node.outputs[0].numbers
    case "DequantizeLinear":
      let scales = node.inputs[1].tensor.scalars
      let axis = scales.count == 1 ? nil : node.settings["axis"] ?? 1
      let stored = QuantizedTensor(
        values: whole(0), shape: node.inputs[0].shape, scales: scales,
        zeroPoints: node.inputs.count > 2 ? whole(2) : [], axis: axis)
      return stored.dequantized == node.outputs[0].tensor
    default:
      let found = QuantizedTensor<Element>(node.inputs[0].tensor, scheme: .affine)
      return found.values.map { Double($0) } == node.outputs[0].numbers
        && agree(found.scales.map { Double($0) }, node.outputs[1].numbers, within: 1e-7)
        && found.zeroPoints.map { Double($0) } == node.outputs[2].numbers
    }
  }

  /// Rounding moves a number by half a step at most, and numbers on the grid not at all.
  @Test(arguments: QuantizedTensor<Int8>.Scheme.allCases, [nil, 0, 1]) func nothingMovesByMoreThanHalfAStep(
    scheme: QuantizedTensor<Int8>.Scheme, axis: Int?
  ) {
    var random = PCG64(seed: 3)
    let x = (random.normals(shape: [6, 5]) + 0.7).asFloat
    let small = QuantizedTensor<Int8>(x, scheme: scheme, axis: axis)
    let back = small.dequantized
    for (place, pair) in zip(x.scalars, back.scalars).enumerated() {
      let scale = small.scales[axis.map { $0 == 0 ? place / 5 : place % 5 } ?? 0]
      #expect(abs(pair.0 - pair.1) <= 0.5001 * scale)
    }
    let again = QuantizedTensor<Int8>(back, scales: small.scales, zeroPoints: small.zeroPoints, axis: axis)
    #expect(again.values == small.values)
    #expect(small.byteCount >= 30 && small.byteCount < 70 && small.scales.count == axis.map { [6, 5][$0] } ?? 1)
  }

  @Test func filesAreChecked() throws {
    let small = QuantizedTensor<Int8>(Tensor<Float>([[-1, 0.5], [2, 4]]), axis: 0)
    let data = try JSONEncoder().encode(small)
    #expect(try JSONDecoder().decode(QuantizedTensor<Int8>.self, from: data) == small)
    let text = String(decoding: data, as: UTF8.self)
    for (old, new) in [
      ("[2,2]", "[2,3]"), ("[2,2]", "[-2,-2]"), ("\"axis\":0", "\"axis\":7"), ("-127", "-129"),
      ("[2,2]", "[9223372036854775807,9223372036854775807]"), ("\"scales\":[", "\"scales\":[0,"),
    ] {
      #expect(text.contains(old), "\(old) in \(text)")
      let damaged = Data(text.replacingOccurrences(of: old, with: new).utf8)
      #expect(throws: DecodingError.self) { try JSONDecoder().decode(QuantizedTensor<Int8>.self, from: damaged) }
    }
  }

  /// The layer's integers give what the fractions they stand for give.
  @Test(arguments: QuantizedTensor<Int8>.Scheme.allCases, [true, false]) func layersComputeWithTheBytes(
    scheme: QuantizedTensor<Int8>.Scheme, perChannel: Bool
  ) throws {
    var random = PCG64(seed: 5)
    let settings = Quantization(weights: scheme, inputs: .affine, isPerChannel: perChannel)
    let x = (random.uniforms(shape: [7, 33]) * 3 - 1).asFloat
    let linear = Linear(33, 9, seed: 1)
    let small = QuantizedLinear(linear, settings)
    let inputs = QuantizedTensor<Int8>(x, scheme: .affine).dequantized
    let wanted = Linear(weight: small.weight.dequantized, bias: linear.bias?.value)(inputs)
    #expect(small(x).isClose(to: wanted, relative: 1e-4, absolute: 1e-4))

    let images = (random.uniforms(shape: [2, 4, 7, 6]) * 3 - 1).asFloat
    let convolution = Conv2d(
      4, 6, kernel: (3, 2), stride: (2, 1), padding: .exactly(1), dilation: (1, 2), groups: 2, seed: 2)
    let smallConvolution = QuantizedConv2d(convolution, settings)
    var rounded = convolution
    rounded.weight.value = .concatenated(smallConvolution.weights.map(\.dequantized))
    let seen = QuantizedTensor<Int8>(images, scheme: .affine).dequantized
    #expect(smallConvolution(images).isClose(to: rounded(seen), relative: 1e-4, absolute: 1e-4))
    #expect(smallConvolution.parameterCount == 0 && small.parameterCount == 0)
  }

  /// A net for the digits loses half a point at most, and a quarter of its size is left.
  @Test func aNetForDigitsBecomesAQuarter() throws {
    let (train, test) = TrainingTests.digits
    var model = Sequential {
      Linear(64, 64, seed: 1)
      ReLU()
      Residual {
        Linear(64, 64, seed: 2)
        ReLU()
      }
      Linear(64, 10, seed: 3)
    }
    var trainer = Trainer(optimizer: Adam(learningRate: 1e-3), epochs: 40, showsChart: false, seed: 1)
    try trainer.fit(&model, DataLoader(train.x.asFloat, Tensor(train.y), batchSize: 32, seed: 1)) {
      model, batch, mode in
      crossEntropy(model(batch.x, mode: mode), batch.y)
    }
    let (x, y) = (test.x.asFloat, test.y)
    func score(_ model: Sequential<Float>) -> Double {
      accuracy(predicted: model(x).argMax(axis: 1).scalars, actual: y)
    }
    let (dynamic, fixed) = (
      try Quantization().quantize(model), try Quantization().quantize(model, calibratingWith: train.x.asFloat)
    )
    var report = CompressionReport()
    report.add("single precision", model, score: score(model))
    report.add("int8", dynamic, score: score(dynamic))
    report.add("int8, calibrated", fixed, score: score(fixed))
    print(report)
    #expect(report.rows[0].score >= 0.96)
    for row in report.rows.dropFirst() {
      #expect(row.score >= report.rows[0].score - 0.005)
      #expect(Double(row.bytes) <= 0.3 * Double(report.rows[0].bytes))
    }
    #expect(report.rows[0].bytes == model.parameterCount * 4)
    // 64·64 bytes of weights twice and 640, a scale and a bias of four bytes for each of the 138 outputs.
    #expect(report.rows[1].bytes == 2 * 4096 + 640 + 138 * 8)
  }

  @Test func whatCannotBeQuantisedIsRefused() throws {
    #expect(throws: CompressionError.self) { try Quantization().quantize(Sequential { ReLU() }) }
    let net = Sequential { Linear(2, 2, seed: 1) }
    #expect(throws: CompressionError.self) { try Quantization().quantize(net, calibratingWith: .zeros(0, 2)) }
    let wrong = Sequential { Linear(weight: Tensor<Float>([[.nan, 1]])) }
    #expect(throws: CompressionError.self) { try Quantization().quantize(wrong) }
  }
}
