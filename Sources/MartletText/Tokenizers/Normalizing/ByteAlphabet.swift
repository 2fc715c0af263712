/// A printable character for each of the 256 bytes, so that byte-level tokens can be written as text.
///
/// Bytes that are printable in Latin-1 stand for themselves; the others have the characters from U+0100 on.
enum ByteAlphabet {
  static let scalars: [Unicode.Scalar] = {
    var next: UInt32 = 256
    return (0..<256).map { byte in
      if (33...126).contains(byte) || (161...172).contains(byte) || (174...255).contains(byte) {
        return Unicode.Scalar(UInt8(byte))
      }
      defer { next += 1 }
      return Unicode.Scalar(next)!  // 256 to 323 are scalars
    }
  }()

  static let bytes: [Unicode.Scalar: UInt8] = Dictionary(
    uniqueKeysWithValues: scalars.enumerated().map { ($1, UInt8($0)) })

  /// The characters of a scalar's bytes.
  static func scalars(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    if scalar.isASCII { return [scalars[Int(scalar.value)]] }
    return UTF8.encode(scalar).map { $0.map { scalars[Int($0)] } } ?? []
  }

  /// The text that the characters' bytes are; what is not valid UTF-8 becomes U+FFFD.
  static func text(of written: String) -> String {
    var bytes: [UInt8] = []
    for scalar in written.unicodeScalars {
      if let byte = self.bytes[scalar] { bytes.append(byte) } else { bytes.append(scalar) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
