/// What of CSS may come into a page from output and Markdown.
enum StyleRules {
  /// Words that load something, run something or escape from where a rule is written.
  private static let forbidden = [
    "expression", "javascript:", "vbscript:", "behavior", "-moz-binding", "image(", "image-set(", "src(", "@import",
    "cross-fade(", "element(", "paint(",
  ]

  /// The declarations of a `style` attribute that may stay.
  static func declarations(_ style: String, prefix: String) -> String {
    if style.contains("/*") || style.contains("\\") { return "" }
    let kept = style.split(separator: ";").compactMap { declaration -> String? in
      guard let colon = declaration.firstIndex(of: ":") else { return nil }
      let name = declaration[..<colon].trimmed.lowercased()
      let value = declaration[declaration.index(after: colon)...].trimmed
      let isName = !name.isEmpty && name.utf8.allSatisfy { $0 == 0x2D || $0 == 0x5F || isAlphanumeric($0) }
      guard isName, isSafe(name: name, value: value), isBalanced(value) else { return nil }
      return "\(name):\(References.prefixedURLs(in: value, prefix: prefix))"
    }
    return kept.joined(separator: ";")
  }

  /// A style sheet limited to the element with the given identifier; `nil` when it could reach beyond.
  static func sheet(_ sheet: String, scope: String) -> String? {
    guard let sheet = withoutComments(sheet) else { return nil }
    let lowercased = sheet.lowercased()
    if sheet.contains("\\") || sheet.contains("<") || forbidden.contains(where: lowercased.contains) { return nil }
    if lowercased.replacing("@media", with: "").contains("@") { return nil }
    if lowercased.filter({ !$0.isWhitespace }).contains("position:fixed") { return nil }
    guard isBalanced(sheet), References.urlsAreLocal(in: sheet) else { return nil }
    return "#\(scope) {\(References.prefixedURLs(in: sheet, prefix: scope + "-"))}"
  }

  private static func isSafe(name: String, value: String) -> Bool {
    let lowercased = value.lowercased()
    if name == "position" { return ["relative", "static"].contains(lowercased) }
    if ["behavior", "-moz-binding"].contains(name) { return false }
    if lowercased.contains(where: { "<>{}@".contains($0) }) { return false }
    return !forbidden.contains(where: lowercased.contains) && References.urlsAreLocal(in: value)
  }

  private static func withoutComments(_ sheet: String) -> String? {
    var result = ""
    var rest = sheet.replacing("<![CDATA[", with: "").replacing("]]>", with: "")[...]
    while let start = rest.firstRange(of: "/*") {
      result += rest[..<start.lowerBound]
      guard let end = rest[start.upperBound...].firstRange(of: "*/") else { return nil }
      rest = rest[end.upperBound...]
    }
    return result + rest
  }

  /// Whether every bracket and quote is closed where it should be.
  private static func isBalanced(_ text: String) -> Bool {
    var open: [Unicode.Scalar] = []
    var quote: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      if let current = quote {
        if scalar == current { quote = nil } else if "\n\r\u{C}{}".unicodeScalars.contains(scalar) { return false }
        continue
      }
      switch scalar {
      case "\"", "'": quote = scalar
      case "{": open.append("}")
      case "(": open.append(")")
      case "[": open.append("]")
      case "}", ")", "]": if open.popLast() != scalar { return false }
      default: break
      }
    }
    return open.isEmpty && quote == nil
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte)
  }
}

extension StringProtocol {
  /// The text without white space at its ends.
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}
