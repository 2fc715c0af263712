import Notebook

/// Text as it stands in cells: Markdown, HTML, formulas, terminal colours, Swift. The first byte says which.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzMarkup(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let start, count > 1 else { return 0 }
  let text = String(decoding: UnsafeBufferPointer(start: start + 1, count: count - 1), as: UTF8.self)
  switch start[0] % 5 {
  case 0:
    let safe = MarkupSanitizer.sanitized(text, identifierPrefix: "p-", scope: "s")
    check(safe, of: text)
    // What is safe stays as it is, or something was not understood the first time.
    let again = MarkupSanitizer.sanitized(safe, identifierPrefix: "", scope: nil)
    check(again, of: safe)
  case 1: check(MarkdownRenderer().html(text), of: text)
  case 2:
    check(MathMarkup.html(text, isBlock: false), of: text)
    check(MathMarkup.htmlOfOutput(text), of: text)
  case 3:
    check(TerminalText.html(text), of: text)
    _ = TerminalText.plain(text)
    _ = TerminalText.overwritten(text)
  default:
    check(SwiftHighlighter.html(text), of: text)
    _ = SwiftHighlighter.terminal(text)
  }
  return 0
}

/// Nothing that runs: every tag's name and attributes are read by another, much simpler rule than the sanitiser's.
private func check(_ html: String, of text: String) {
  for tag in html.utf8.split(separator: UInt8(ascii: "<")).dropFirst(html.utf8.first == UInt8(ascii: "<") ? 0 : 1) {
    let name = String(decoding: tag.prefix { $0 != 0x20 && $0 != 0x3e && $0 != 0x2f }, as: UTF8.self).lowercased()
    guard
      !["script", "iframe", "object", "embed", "link", "meta", "base", "form", "foreignobject", "animate", "set"]
        .contains(name)
    else {
      fatalError("<\(name)> in \(html)\nof \(text)")
    }
    let inside = String(decoding: tag.prefix { $0 != 0x3e }, as: UTF8.self).lowercased()
    // Values are quoted, so that an event handler is a name with nothing but a space before it outside of quotes.
    var isQuoted = false
    var plain = ""
    for character in inside.unicodeScalars {
      if character == "\"" { isQuoted.toggle() } else if !isQuoted { plain.unicodeScalars.append(character) }
    }
    let runs = inside.contains("script:") && inside.contains(/(href|src|action|cite)="[\x00-\x20]*(java|vb)script:/)
    guard !plain.contains(" on"), !runs else {
      fatalError("<\(inside)> in \(html)\nof \(text)")
    }
  }
}
