/// `&…;` in HTML.
enum CharacterReferences {
  /// The references that can hide what a value means to a browser, and the everyday ones.
  private static let named: [String: String] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "colon": ":", "Tab": "\t",
    "NewLine": "\n", "lpar": "(", "rpar": ")", "sol": "/", "bsol": "\\", "num": "#", "commat": "@", "period": ".",
    "comma": ",", "semi": ";", "equals": "=", "lbrace": "{", "rbrace": "}", "lcub": "{", "rcub": "}", "percnt": "%",
    "copy": "©", "deg": "°", "middot": "·", "times": "×", "ndash": "–", "mdash": "—", "hellip": "…", "micro": "µ",
  ]

  /// The value with numbers and the names above replaced by what they stand for. What is left unknown is written out
  /// again as plain text, so that a browser never sees more in the value than was seen here.
  static func decoded(_ value: String) -> String {
    guard value.utf8.contains(UInt8(ascii: "&")) else { return value }
    var decoded = ""
    var rest = value[...]
    while let ampersand = rest.firstIndex(of: "&") {
      decoded += rest[..<ampersand]
      rest = rest[ampersand...]
      let (text, end) = reference(in: rest)
      decoded += text
      rest = rest[end...]
    }
    return decoded + rest
  }

  /// Whether text that starts with `&` is a whole reference, which may stay as it is between tags.
  static func length(of text: Substring.UnicodeScalarView) -> Int? {
    var count = 1
    for scalar in text.dropFirst().prefix(40) {
      count += 1
      if scalar == ";" { return count > 2 ? count : nil }
      guard scalar.isASCII, scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "#"
      else { return nil }
    }
    return nil
  }

  private static func reference(in text: Substring) -> (String, Substring.Index) {
    let body = text.dropFirst()
    if body.first == "#" {
      var digits = body.dropFirst()
      let isHexadecimal = digits.first == "x" || digits.first == "X"
      if isHexadecimal { digits = digits.dropFirst() }
      let number = digits.prefix { isHexadecimal ? $0.isASCII && $0.isHexDigit : ("0"..."9").contains($0) }
      if !number.isEmpty {
        let value = UInt32(number, radix: isHexadecimal ? 16 : 10).flatMap(Unicode.Scalar.init) ?? "\u{FFFD}"
        let end = number.endIndex
        // The semicolon may be missing; browsers do not mind.
        return (String(value), end < text.endIndex && text[end] == ";" ? text.index(after: end) : end)
      }
    }
    let name = body.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
    if name.endIndex < text.endIndex, text[name.endIndex] == ";", let value = named[String(name)] {
      return (value, text.index(after: name.endIndex))
    }
    return ("&", text.index(after: text.startIndex))
  }
}
