import Foundation
import MartletNumerics

/// Lists and tensors as text, written as JSON writes arrays; NaN and infinities by name, which JSON does not have.
enum NestedText {
  static func list(_ values: [some CustomStringConvertible]) -> String {
    "[" + values.map(\.description).joined(separator: ", ") + "]"
  }

  static func list(_ texts: [String]) -> String {
    "[" + texts.map { String(decoding: JSONTableWriter.string($0), as: UTF8.self) }.joined(separator: ", ") + "]"
  }

  static func tensor(_ tensor: Tensor<Float>) -> String {
    guard tensor.rank > 0 else { return tensor.scalar.description }
    return nested(tensor.scalars[...], tensor.shape[...])
  }

  private static func nested(_ scalars: ArraySlice<Float>, _ shape: ArraySlice<Int>) -> String {
    guard let length = shape.first else { return scalars.first?.description ?? "" }
    let size = length == 0 ? 0 : scalars.count / length
    let parts = (0..<length).map { part in
      nested(
        scalars[scalars.startIndex + part * size..<scalars.startIndex + (part + 1) * size], shape.dropFirst())
    }
    return "[" + parts.joined(separator: ", ") + "]"
  }

  /// The numbers of a list; `nil` for anything else.
  static func numbers<Number>(_ text: String, _ parse: (String) -> Number?) -> [Number]? {
    let text = text.trimmingCharacters(in: .whitespaces)
    guard text.hasPrefix("["), text.hasSuffix("]"), text.count >= 2 else { return nil }
    let inner = text.dropFirst().dropLast()
    if inner.allSatisfy(\.isWhitespace) { return [] }
    var numbers: [Number] = []
    for part in inner.split(separator: ",", omittingEmptySubsequences: false) {
      guard let number = parse(part.trimmingCharacters(in: .whitespaces)) else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  /// The texts of a list of JSON strings; `nil` for anything else.
  static func texts(_ text: String) -> [String]? { try? JSONDecoder().decode([String].self, from: Data(text.utf8)) }

  /// The tensor that nested lists of numbers make; `nil` where they are not of one length.
  static func tensor(_ text: String) -> Tensor<Float>? {
    var reader = NestedNumberReader(text)
    guard let shape = reader.readShape(), reader.isAtEnd else { return nil }
    return Tensor(reader.numbers, shape: shape)
  }
}

/// Reads nested lists of numbers.
private struct NestedNumberReader {
  private let bytes: [UInt8]
  private var place = 0
  private(set) var numbers: [Float] = []

  /// How deep lists may be nested; a hostile text could otherwise use up the stack.
  private static let depthLimit = 16

  init(_ text: String) { bytes = Array(text.utf8) }

  var isAtEnd: Bool {
    mutating get {
      skipSpaces()
      return place == bytes.count
    }
  }

  private mutating func skipSpaces() { while place < bytes.count, bytes[place] == 32 { place += 1 } }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpaces()
    guard place < bytes.count, bytes[place] == byte else { return false }
    place += 1
    return true
  }

  /// The lengths of the lists that start here; none for a number.
  mutating func readShape(depth: Int = 0) -> [Int]? {
    guard depth <= Self.depthLimit else { return nil }
    guard take(UInt8(ascii: "[")) else { return readNumber() ? [] : nil }
    if take(UInt8(ascii: "]")) { return [0] }
    var inner: [Int]?
    var length = 0
    repeat {
      guard let shape = readShape(depth: depth + 1), inner == nil || inner == shape else { return nil }
      inner = shape
      length += 1
    } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: "]")) ? [length] + (inner ?? []) : nil
  }

  private mutating func readNumber() -> Bool {
    skipSpaces()
    let start = place
    while place < bytes.count, ![32, UInt8(ascii: ","), UInt8(ascii: "]")].contains(bytes[place]) { place += 1 }
    guard let number = NumberText.double(String(decoding: bytes[start..<place], as: UTF8.self)) else { return false }
    numbers.append(Float(number))
    return true
  }
}
