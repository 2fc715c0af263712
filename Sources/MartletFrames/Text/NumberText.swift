/// What a text means as a number; the same rules as in CSV.
enum NumberText {
  static func double(_ text: String) -> Double? {
    var text = text
    return text.withUTF8 { bytes in bytes.baseAddress.flatMap { NumberParser.double($0, bytes.count) } }
  }

  static func int(_ text: String) -> Int? {
    var text = text
    return text.withUTF8 { bytes in bytes.baseAddress.flatMap { NumberParser.int($0, bytes.count) } }
  }

  static func bool(_ text: String) -> Bool? {
    var text = text
    return text.withUTF8 { bytes in bytes.baseAddress.flatMap { NumberParser.bool($0, bytes.count) } }
  }
}
