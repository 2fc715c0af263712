/// Makes HTML and SVG from cells and notebooks safe to put into a page.
///
/// What is allowed is listed; all else goes: scripts, event handlers, addresses that run or load something, forms,
/// frames. The result is balanced, so that it cannot close what it is put into, and its identifiers get a prefix of
/// their own, so that two drawings on a page do not refer to each other's parts.
package struct MarkupSanitizer {
  private static let depthLimit = 256

  private let prefix: String
  private let scope: String?
  private var result = ""
  private var open: [String] = []
  /// The language of each open element's content.
  private var languages: [AllowedMarkup.Language] = [.html]
  private var dropping: (name: String, depth: Int)?

  /// Safe markup.
  ///
  /// - Parameters:
  ///   - identifierPrefix: put before every `id` and before every reference to one.
  ///   - scope: the identifier of the element that the markup is put into, to which its style sheets are limited;
  ///     without one, style sheets are left out.
  package static func sanitized(_ markup: String, identifierPrefix: String = "", scope: String? = nil) -> String {
    var sanitizer = MarkupSanitizer(prefix: identifierPrefix, scope: scope)
    for token in MarkupTokenizer.tokens(of: markup) { sanitizer.take(token) }
    for name in sanitizer.open.reversed() { sanitizer.result += "</\(name)>" }
    return sanitizer.result
  }

  private init(prefix: String, scope: String?) {
    self.prefix = prefix
    self.scope = scope
  }

  private mutating func take(_ token: MarkupToken) {
    if dropping != nil { return skip(token) }
    switch token {
    case .text(let text): result += Self.escapedText(text)
    case .open(let name, let attributes, let closesItself): openElement(name, attributes, closesItself: closesItself)
    case .close(let name): closeElement(name)
    case .raw(let name, let content): takeRaw(name, content)
    }
  }

  private mutating func openElement(_ name: String, _ attributes: [MarkupToken.Attribute], closesItself: Bool) {
    let language = languages[languages.count - 1]
    if AllowedMarkup.dropped.contains(name.lowercased()), !(language == .svg && name.lowercased() == "title") {
      if !closesItself && !AllowedMarkup.void.contains(name.lowercased()) { dropping = (name.lowercased(), 1) }
      return
    }
    guard open.count < Self.depthLimit, let spelled = Self.spelled(name, in: language) else { return }
    let inner: AllowedMarkup.Language = spelled == "svg" ? .svg : spelled == "math" ? .math : language
    result += "<\(spelled)" + safe(attributes, of: spelled, in: inner)
    if inner == .html && AllowedMarkup.void.contains(spelled) {
      result += ">"
    } else if closesItself && inner != .html {
      result += "/>"
    } else {
      result += ">"
      open.append(spelled)
      languages.append(inner)
    }
  }

  private mutating func closeElement(_ name: String) {
    guard let index = open.lastIndex(where: { $0.lowercased() == name.lowercased() }) else { return }
    for name in open[index...].reversed() { result += "</\(name)>" }
    open.removeSubrange(index...)
    languages.removeSubrange((index + 1)...)
  }

  private mutating func takeRaw(_ name: String, _ content: String) {
    guard name == "style", let scope, let sheet = StyleRules.sheet(content, scope: scope) else { return }
    result += "<style>\(sheet)</style>"
  }

  /// Counts the elements inside one that is dropped, to find its end.
  private mutating func skip(_ token: MarkupToken) {
    guard let (name, depth) = dropping else { return }
    switch token {
    case .open(let inner, _, let closesItself) where inner.lowercased() == name && !closesItself:
      dropping = (name, depth + 1)
    case .close(let inner) where inner.lowercased() == name: dropping = depth == 1 ? nil : (name, depth - 1)
    default: break
    }
  }

  private func safe(
    _ attributes: [MarkupToken.Attribute], of element: String, in language: AllowedMarkup.Language
  ) -> String {
    var text = ""
    for attribute in attributes {
      guard let name = Self.spelled(attribute.name, of: language),
        let value = safe(attribute.value, of: name, on: element, in: language)
      else { continue }
      text += " \(name)=\"\(HTMLText.escaped(value))\""
    }
    if element == "a" { text += " rel=\"noopener noreferrer\"" }
    return text
  }

  private func safe(
    _ value: String, of name: String, on element: String, in language: AllowedMarkup.Language
  ) -> String? {
    switch name {
    case "id": return value.isEmpty ? nil : prefix + value
    case "style": return StyleRules.declarations(value, prefix: prefix)
    case "src": return element == "img" && References.isEmbeddedImage(value) ? value : nil
    case "cite": return References.isSafeLink(value) ? value : nil
    case "href", "xlink:href": return safeReference(value, on: element)
    default:
      guard References.urlsAreLocal(in: value) || name == "alt" || name == "title" else { return nil }
      return language == .svg ? References.prefixedURLs(in: value, prefix: prefix) : value
    }
  }

  private func safeReference(_ value: String, on element: String) -> String? {
    if element == "image" { return References.isEmbeddedImage(value) ? value : nil }
    if value.hasPrefix("#") { return "#" + prefix + value.dropFirst() }
    return element == "a" && References.isSafeLink(value) ? value : nil
  }

  /// The element's name as it is written in its language; `nil` when it is not allowed there.
  private static func spelled(_ name: String, in language: AllowedMarkup.Language) -> String? {
    let elements = AllowedMarkup.elements(of: language)
    return elements.contains(name) ? name : elements.first { $0.lowercased() == name.lowercased() }
  }

  private static func spelled(_ name: String, of language: AllowedMarkup.Language) -> String? {
    let lowercased = name.lowercased()
    if lowercased.hasPrefix("aria-"), lowercased.utf8.allSatisfy({ $0 == 0x2D || (0x61...0x7A).contains($0) }) {
      return lowercased
    }
    let attributes = AllowedMarkup.attributes(of: language)
    return attributes.contains(name) ? name : attributes.first { $0.lowercased() == lowercased }
  }

  /// Text between tags: character references stay, everything else that could be markup does not.
  private static func escapedText(_ text: String) -> String {
    var escaped = ""
    var rest = text[...].unicodeScalars
    while let ampersand = rest.firstIndex(of: "&") {
      escaped += HTMLText.escaped(Substring(rest[..<ampersand]))
      rest = rest[ampersand...]
      let length = CharacterReferences.length(of: rest)
      escaped += length == nil ? "&amp;" : String(rest.prefix(length ?? 1))
      rest = rest.dropFirst(length ?? 1)
    }
    return escaped + HTMLText.escaped(Substring(rest))
  }
}
