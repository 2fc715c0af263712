/// Names that nothing else has.
enum Identifier {
  /// 128 random bits in hexadecimal, the form in which ipywidgets names its models.
  static func random() -> String {
    let digits = Array("0123456789abcdef".utf8)
    var generator = SystemRandomNumberGenerator()
    let text = (0..<2).flatMap { _ -> [UInt8] in
      let bits = generator.next()
      return (0..<16).map { digits[Int(bits >> (4 * UInt64($0)) & 15)] }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
