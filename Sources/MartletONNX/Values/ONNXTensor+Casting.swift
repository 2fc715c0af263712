import Foundation
import MartletNumerics

extension ONNXTensor {
  /// The elements as another type, as ONNX's `Cast` makes them: fractions are cut off, whole numbers keep as many bits as the
  /// type has, texts are read and written as numbers.
  ///
  /// - Parameter saturates: whether what is too large for a type of 8 bits becomes its largest number.
  /// - Throws: ``ONNXError`` where a text is no number.
  public func cast(to type: ONNXElementType, saturates: Bool = true) throws(ONNXError) -> ONNXTensor {
    if type == elementType { return self }
    if case .texts = elements { return try castTexts(to: type, saturates) }
    if type == .string { return ONNXTensor(writtenOut(), shape: shape) }
    if type == .bool {
      switch elements {
      case .floats(let tensor): return ONNXTensor(tensor .!= 0)
      case .doubles(let tensor): return ONNXTensor(tensor .!= 0)
      case .integers(let tensor): return ONNXTensor(tensor .!= 0)
      default: return self
      }
    }
    if type.isInteger {
      switch elements {
      case .integers(let tensor): return ONNXTensor(tensor, as: type)
      case .truths(let tensor): return ONNXTensor(tensor.asInt, as: type)
      case .floats(let tensor): return ONNXTensor(tensor.map { Self.whole(Double($0), type) }, as: type)
      case .doubles(let tensor): return ONNXTensor(tensor.map { Self.whole($0, type) }, as: type)
      case .texts: return self
      }
    }
    if type == .float, case .floats(let tensor) = elements { return ONNXTensor(tensor) }
    // Not nil: texts are done.
    let numbers = doubles!
    if let small = type.smallFloat, type != .float16, type != .bfloat16 {
      return ONNXTensor(.floats(numbers.map { Float(small.rounded($0, saturates: saturates)) }), as: type)
    }
    return ONNXTensor(numbers, as: type)
  }

  /// Towards zero; what does not fit 64 bits at all becomes the nearest end, NaN zero.
  private static func whole(_ value: Double, _ type: ONNXElementType) -> Int {
    if value.isNaN { return 0 }
    if type == .uint64, value >= 0x1p63 {
      return Int(bitPattern: UInt(value >= 0x1p64 ? UInt64.max : UInt64(value)))
    }
    return value >= 0x1p63 ? .max : value <= -0x1p63 ? .min : Int(value)
  }

  private func castTexts(to type: ONNXElementType, _ saturates: Bool) throws(ONNXError) -> ONNXTensor {
    let texts = texts ?? []
    var numbers: [Double] = []
    for text in texts {
      if type == .int64, let whole = Int(text) {
        numbers.append(Double(whole))
      } else if let number = Double(text) ?? Self.named[text.lowercased()] {
        numbers.append(number)
      } else {
        throw ONNXError("The text '\(text.prefix(40))' is no number, so it cannot become \(type).")
      }
    }
    if type == .int64, let whole = texts.map({ Int($0) }) as? [Int] { return ONNXTensor(Tensor(whole, shape: shape)) }
    return try ONNXTensor(Matrix(numbers, shape: shape)).cast(to: type, saturates: saturates)
  }

  private static let named: [String: Double] = [
    "inf": .infinity, "+inf": .infinity, "-inf": -.infinity, "infinity": .infinity, "-infinity": -.infinity,
    "nan": .nan,
  ]

  private func writtenOut() -> [String] {
    switch elements {
    case .integers(let tensor):
      tensor.scalars.map { elementType == .uint64 ? String(UInt64(bitPattern: Int64($0))) : String($0) }
    case .truths(let tensor): tensor.scalars.map { $0 ? "True" : "False" }
    case .floats(let tensor): tensor.scalars.map { Self.text(Double($0), "\($0)") }
    case .doubles(let tensor): tensor.scalars.map { Self.text($0, "\($0)") }
    case .texts: texts ?? []
    }
  }

  private static func text(_ value: Double, _ shortest: String) -> String {
    value.isNaN ? "NaN" : value.isInfinite ? (value < 0 ? "-INF" : "INF") : shortest
  }
}
