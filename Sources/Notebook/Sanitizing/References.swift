/// Addresses and references in output and Markdown.
enum References {
  /// Whether a link may lead there: the web, mail, or a place beside the page.
  static func isSafeLink(_ address: String) -> Bool {
    guard let scheme = scheme(of: address) else { return true }
    return ["http", "https", "mailto"].contains(scheme)
  }

  /// Whether a picture is carried in its own address.
  static func isEmbeddedImage(_ address: String) -> Bool {
    let lowercased = address.lowercased()
    return ["png", "jpeg", "gif", "webp", "svg+xml"].contains { lowercased.hasPrefix("data:image/\($0);base64,") }
      && !address.contains { $0.isWhitespace || "<>\"'".contains($0) }
  }

  /// Whether every `url(…)` refers to something in the same drawing.
  static func urlsAreLocal(in value: String) -> Bool {
    var rest = value.lowercased()[...]
    while let start = rest.firstRange(of: "url") {
      rest = rest[start.upperBound...].drop(while: \.isWhitespace)
      guard rest.first == "(" else { continue }
      let target = rest.dropFirst().drop { $0.isWhitespace || $0 == "\"" || $0 == "'" }
      if target.first != "#" { return false }
    }
    return true
  }

  /// The value with `prefix` put before every identifier that a `url(#…)` in it names.
  static func prefixedURLs(in value: String, prefix: String) -> String {
    value.replacing("url(#", with: "url(#\(prefix)")
      .replacing("url('#", with: "url('#\(prefix)").replacing("url(\"#", with: "url(\"#\(prefix)")
  }

  /// An address's scheme as a browser reads it, which ignores control characters and white space in it.
  private static func scheme(of address: String) -> String? {
    let visible = address.unicodeScalars.filter { $0.value > 0x20 && $0 != "\u{7F}" && !$0.properties.isWhitespace }
    var scheme = ""
    for scalar in visible {
      if scalar == ":" { return scheme.lowercased() }
      if "/?#".unicodeScalars.contains(scalar) { return nil }
      scheme.unicodeScalars.append(scalar)
    }
    return nil
  }
}
