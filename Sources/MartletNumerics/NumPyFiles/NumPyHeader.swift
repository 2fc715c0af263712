import Foundation

/// What stands before the elements in an `.npy` file: their type, their order and the shape.
///
/// Format: numpy.lib.format, versions 1 to 3.
struct NumPyHeader {
  /// The type of the elements, as `f8`: a letter and the number of bytes.
  let type: String
  let isBigEndian: Bool
  let isColumnMajor: Bool
  let shape: [Int]
  /// How many elements there are; the product of the shape, checked.
  let count: Int
  /// Where in the file the elements begin.
  let start: Int

  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  /// NumPy itself refuses longer ones.
  private static let longestHeader = 10_000

  var elementSize: Int { Int(type.dropFirst()) ?? 0 }

  init(_ bytes: Data, file: String) throws(NumPyFileError) {
    let bytes = [UInt8](bytes.prefix(Self.longestHeader + 12))
    guard bytes.count >= 10, Array(bytes[..<6]) == Self.magic else {
      throw NumPyFileError(file, "This is no .npy file: it does not begin with \\x93NUMPY.")
    }
    guard (1...3).contains(bytes[6]) else {
      throw NumPyFileError(file, "Version \(bytes[6]) of the .npy format is not known; 1, 2 and 3 are.")
    }
    let isLong = bytes[6] > 1
    guard bytes.count >= (isLong ? 12 : 10) else { throw NumPyFileError(file, "The file ends within its header.") }
    let lengthBytes = isLong ? bytes[8..<12] : bytes[8..<10]
    let length = lengthBytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    let textStart = isLong ? 12 : 10
    guard length <= Self.longestHeader, bytes.count >= textStart + length else {
      throw NumPyFileError(
        file, "The header of \(length) bytes is longer than the file or the \(Self.longestHeader) that are read.")
    }
    start = textStart + length
    let text = String(decoding: bytes[textStart..<start], as: UTF8.self)
    guard let order = Self.value("fortran_order", text), let description = Self.value("descr", text),
      let shapeText = Self.value("shape", text), ["True", "False"].contains(order)
    else { throw NumPyFileError(file, "The header lacks descr, fortran_order or shape: \(text.prefix(200))") }
    isColumnMajor = order == "True"
    let code = description.filter { $0 != "'" && $0 != "\"" }
    isBigEndian = code.first == ">"
    type = String(code.drop { "<>|=".contains($0) })
    (shape, count) = try Self.shape(shapeText, file)
  }

  /// The text of a value in `{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }`.
  private static func value(_ key: String, _ text: String) -> String? {
    guard let found = text.range(of: "'\(key)':") ?? text.range(of: "\"\(key)\":") else { return nil }
    let rest = text[found.upperBound...].drop { $0 == " " }
    guard let first = rest.first else { return nil }
    if first == "(" { return rest.firstIndex(of: ")").map { String(rest[rest.index(after: rest.startIndex)..<$0]) } }
    if first == "[" { return nil }
    return String(rest.prefix { $0 != "," && $0 != "}" && $0 != " " })
  }

  private static func shape(_ text: String, _ file: String) throws(NumPyFileError) -> ([Int], Int) {
    var (shape, count): ([Int], Int) = ([], 1)
    for part in text.split(separator: ",") {
      let digits = part.filter { $0 != " " && $0 != "L" }
      if digits.isEmpty { continue }
      guard let length = Int(digits), length >= 0 else {
        throw NumPyFileError(file, "The shape (\(text)) is to be whole numbers of at least 0.")
      }
      let (product, overflow) = count.multipliedReportingOverflow(by: length)
      guard !overflow, shape.count < 64 else {
        throw NumPyFileError(file, "The shape (\(text)) is larger than any memory.")
      }
      shape.append(length)
      count = product
    }
    return (shape, count)
  }

  /// A header for elements of this machine, padded so that they begin at a multiple of 64 bytes.
  static func bytes(type: String, shape: [Int]) -> [UInt8] {
    let lengths = shape.map { "\($0)" }.joined(separator: ", ") + (shape.count == 1 ? "," : "")
    let order = type.hasSuffix("1") ? "|" : "<"
    var text = "{'descr': '\(order)\(type)', 'fortran_order': False, 'shape': (\(lengths)), }"
    text += String(repeating: " ", count: 63 - (10 + text.utf8.count) % 64) + "\n"
    let length = text.utf8.count
    return magic + [1, 0, UInt8(length & 255), UInt8(length >> 8)] + Array(text.utf8)
  }
}
