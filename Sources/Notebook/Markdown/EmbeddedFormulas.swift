/// Formulas between dollar signs in a stretch of HTML, which JupyterLab sets there as anywhere else.
enum EmbeddedFormulas {
  /// Elements whose text is shown as it stands.
  private static let verbatim = ["pre", "code", "style", "svg", "math", "textarea", "samp", "kbd"]

  /// The HTML with its formulas as MathML.
  static func html(_ html: String) -> String {
    guard html.contains("$") else { return html }
    var result = ""
    var rest = html[...]
    var names = Set(verbatim)
    while !rest.isEmpty {
      let text = rest.prefix { $0 != "<" }
      result += withFormulas(text)
      rest = rest[text.endIndex...]
      let markup = verbatimMarkup(at: rest, &names) ?? rest.prefix { $0 != ">" }
      result += markup
      rest = rest[markup.endIndex...]
      if rest.first == ">" { result.append(rest.removeFirst()) }
    }
    return result
  }

  /// A whole element of those above, without its last sign.
  ///
  /// - Parameter names: those that may still be closed; a text full of openings is not searched for each of them.
  private static func verbatimMarkup(at text: Substring, _ names: inout Set<String>) -> Substring? {
    let name = text.dropFirst().prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }.lowercased()
    guard names.contains(name) else { return nil }
    if let end = text.firstRange(of: "</\(name)") { return text[..<end.upperBound] }
    names.remove(name)
    return nil
  }

  private static func withFormulas(_ text: Substring) -> String {
    var result = ""
    var rest = text
    while let dollar = rest.firstIndex(of: "$") {
      result += rest[..<dollar]
      rest = rest[dollar...]
      let sign = rest.hasPrefix("$$") ? "$$" : "$"
      guard let end = rest.dropFirst(sign.count).firstRange(of: sign),
        case let formula = rest[..<end.lowerBound].dropFirst(sign.count),
        isFormula(formula, before: rest[end.upperBound...])
      else {
        result += sign
        rest = rest.dropFirst(sign.count)
        continue
      }
      result += MathMarkup.html(CharacterReferences.decoded(String(formula)), isBlock: sign == "$$")
      rest = rest[end.upperBound...]
    }
    return result + rest
  }

  /// As elsewhere, an amount of money is none: no space inside, no digit after.
  private static func isFormula(_ formula: Substring, before rest: Substring) -> Bool {
    guard let first = formula.first, let last = formula.last else { return false }
    return !first.isWhitespace && !last.isWhitespace && rest.first?.isNumber != true
  }
}
