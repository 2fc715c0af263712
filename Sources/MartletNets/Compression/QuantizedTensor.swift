import MartletNumerics

/// A tensor kept as small whole numbers: each stands for `scale · (number − zeroPoint)`.
///
///     let small = QuantizedTensor<Int8>(Tensor<Float>([-1, 0, 0.5]))
///     small.values             // [-127, 0, 64]: the scale is 1/127
///     small.dequantized        // [-1, 0, 0.5039]
///     small.byteCount          // 7: three bytes and a scale of four
///
/// Numbers are rounded to the nearest, halves to the even one, and those beyond the type's ends are put there, as in ONNX's
/// `QuantizeLinear`. A tensor is away from what it stands for by half a scale at most.
///
/// Reference: Jacob et al. (2018), Quantization and training of neural networks for efficient integer-arithmetic-only
/// inference.
public struct QuantizedTensor<Element: FixedWidthInteger & Codable & Sendable>: Sendable, Hashable {
  /// How many axes of which length.
  public let shape: [Int]
  /// The whole numbers, in row-major order.
  public let values: [Element]
  /// What one step is worth: one number, or one for each place along ``axis``.
  public let scales: [Float]
  /// The whole numbers that stand for 0, as many as scales.
  public let zeroPoints: [Element]
  /// Along which axis each place has a scale of its own; `nil` for one scale.
  public let axis: Int?

  /// How scales are found.
  public enum Scheme: String, Sendable, Hashable, Codable, CaseIterable {
    /// From the largest absolute value: 0 stands for 0, and the type's smallest number is not used. Suits weights.
    case symmetric
    /// From the smallest to the largest value, 0 among them. Suits what comes out of ReLU.
    case affine
  }

  /// The nearest tensor of whole numbers, with scales found from the values.
  ///
  /// - Parameters:
  ///   - tensor: finite numbers.
  ///   - scheme: how scales are found. Types without a sign take `.affine` whatever is said.
  ///   - axis: along which axis each place gets a scale of its own: 0 for the outputs of a layer's weights; `nil` for one.
  public init(_ tensor: Tensor<Float>, scheme: Scheme = .symmetric, axis: Int? = nil) {
    let axis = axis.map { tensor.checkedAxis($0, "QuantizedTensor") }
    let others = tensor.shape.indices.filter { $0 != axis }
    let (low, high): (Tensor<Float>, Tensor<Float>)
    if tensor.count == 0 {
      (low, high) = (.zeros(axis.map { tensor.shape[$0] } ?? 1), .zeros(axis.map { tensor.shape[$0] } ?? 1))
    } else if axis == nil {
      (low, high) = (Tensor([tensor.min()]), Tensor([tensor.max()]))
    } else if others.isEmpty {
      (low, high) = (tensor, tensor)
    } else {
      (low, high) = (tensor.min(axes: others), tensor.max(axes: others))
    }
    let grids = zip(low.scalars, high.scalars).map { QuantizationGrid<Element>(low: $0, high: $1, scheme) }
    self.init(tensor, scales: grids.map(\.scale), zeroPoints: grids.map(\.zeroPoint), axis: axis)
  }

  /// The nearest tensor of whole numbers for given scales. (ONNX: `QuantizeLinear`)
  ///
  /// - Parameters:
  ///   - scales: above 0; one, or one for each place along `axis`.
  ///   - zeroPoints: as many, or none for 0.
  public init(_ tensor: Tensor<Float>, scales: [Float], zeroPoints: [Element] = [], axis: Int? = nil) {
    let axis = axis.map { tensor.checkedAxis($0, "QuantizedTensor") }
    let zeroPoints = zeroPoints.isEmpty ? scales.map { _ in 0 } : zeroPoints
    guard scales.count == axis.map({ tensor.shape[$0] }) ?? 1, zeroPoints.count == scales.count,
      scales.allSatisfy({ $0 > 0 })
    else {
      fatalError(
        "QuantizedTensor needs \(axis.map { "\(tensor.shape[$0])" } ?? "one") scale(s) above 0 and as many zero points; found \(scales.count) and \(zeroPoints.count)."
      )
    }
    let channels = ChannelPlaces(tensor.shape, axis)
    (shape, self.scales, self.zeroPoints, self.axis) = (tensor.shape, scales, zeroPoints, axis)
    values = tensor.scalars.enumerated().map { place, number in
      let channel = channels[place]
      return QuantizationGrid(scale: scales[channel], zeroPoint: zeroPoints[channel]).nearest(to: number)
    }
  }

  /// Whole numbers with what they stand for.
  public init(values: [Element], shape: [Int], scales: [Float], zeroPoints: [Element] = [], axis: Int? = nil) {
    let zeroPoints = zeroPoints.isEmpty ? scales.map { _ in 0 } : zeroPoints
    guard shape.reduce(1, *) == values.count, zeroPoints.count == scales.count,
      axis.map({ shape.indices.contains($0) }) ?? true, scales.count == axis.map({ shape[$0] }) ?? 1
    else {
      fatalError(
        "QuantizedTensor needs \(shape) numbers and a scale and a zero point for each place along \(axis.map { "axis \($0)" } ?? "no axis"); found \(values.count), \(scales.count) and \(zeroPoints.count)."
      )
    }
    (self.values, self.shape, self.scales, self.zeroPoints, self.axis) = (values, shape, scales, zeroPoints, axis)
  }

  /// The numbers that it stands for. (ONNX: `DequantizeLinear`)
  public var dequantized: Tensor<Float> {
    let channels = ChannelPlaces(shape, axis)
    return Tensor(
      values.enumerated().map { place, value in
        let channel = channels[place]
        return Float(Int64(value) - Int64(zeroPoints[channel])) * scales[channel]
      }, shape: shape)
  }

  /// How many bytes it takes to keep: the numbers, the scales and, where one of them is not 0, the zero points.
  public var byteCount: Int {
    let size = MemoryLayout<Element>.size
    return values.count * size + scales.count * 4 + (zeroPoints.contains { $0 != 0 } ? zeroPoints.count * size : 0)
  }
}

/// The numbers that whole numbers of a type stand for: evenly spaced, 0 among them.
struct QuantizationGrid<Element: FixedWidthInteger & Sendable>: Sendable {
  let scale: Float
  let zeroPoint: Element

  init(scale: Float, zeroPoint: Element) { (self.scale, self.zeroPoint) = (scale, zeroPoint) }

  /// The finest grid that reaches from `low` to `high`.
  init(low: Float, high: Float, _ scheme: QuantizedTensor<Element>.Scheme) where Element: Codable & Sendable {
    let (low, high) = (min(low, 0), max(high, 0))
    let steps: Float
    if scheme == .symmetric && Element.isSigned {
      (steps, zeroPoint) = (Float(Element.max), 0)
      scale = Self.step(max(-low, high), steps)
    } else {
      steps = Float(Element.max) - Float(Element.min)
      scale = Self.step(high - low, steps)
      let zero = (Float(Element.min) - low / scale).rounded(.toNearestOrEven)
      zeroPoint = Element(clamping: Int64(zero))
    }
  }

  /// Where all numbers are 0, any step does.
  private static func step(_ width: Float, _ steps: Float) -> Float {
    let step = width / steps
    return step > 0 && step.isFinite ? step : 1
  }

  func nearest(to number: Float) -> Element {
    let steps = (number / scale).rounded(.toNearestOrEven)
    // Beyond this every type of ours has ended; no number at all counts as 0.
    let bounded = steps.isNaN ? 0 : min(max(steps, -1e9), 1e9)
    return Element(clamping: Int64(bounded) + Int64(zeroPoint))
  }
}

/// Which place along an axis an element of a row-major block has.
private struct ChannelPlaces {
  let inner: Int
  let length: Int

  init(_ shape: [Int], _ axis: Int?) {
    inner = axis.map { shape[($0 + 1)...].reduce(1, *) } ?? 1
    length = axis.map { max(shape[$0], 1) } ?? 1
  }

  subscript(place: Int) -> Int { length == 1 ? 0 : place / inner % length }
}

extension QuantizedTensor: Codable {
  private enum CodingKeys: String, CodingKey { case shape, values, scales, zeroPoints, axis }

  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    shape = try file.decode([Int].self, forKey: .shape)
    values = try file.decode([Element].self, forKey: .values)
    scales = try file.decode([Float].self, forKey: .scales)
    zeroPoints = try file.decode([Element].self, forKey: .zeroPoints)
    axis = try file.decodeIfPresent(Int.self, forKey: .axis)
    var count: Int? = 1
    for length in shape {
      guard length >= 0, let product = count?.multipliedReportingOverflow(by: length), !product.overflow else {
        count = nil
        break
      }
      count = product.partialValue
    }
    guard count == values.count, axis.map({ shape.indices.contains($0) }) ?? true,
      scales.count == axis.map({ shape[$0] }) ?? 1, zeroPoints.count == scales.count,
      scales.allSatisfy({ $0 > 0 && $0.isFinite })
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .scales, in: file,
        debugDescription:
          "Expected whole numbers of the given shape, and a finite scale above 0 with a zero point for each channel."
      )
    }
  }
}

extension QuantizedTensor: CustomStringConvertible {
  /// The shape and the size; ``values`` and ``dequantized`` have the numbers.
  public var description: String {
    "\(Element.self) tensor of shape \(shape), \(scales.count) scale\(scales.count == 1 ? "" : "s"), \(ByteText.text(byteCount))"
  }
}
