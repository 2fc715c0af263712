import Foundation

extension TeXParser {
  /// Where an atom's scripts stand.
  enum AtomKind { case ordinary, takesLimits, function }

  /// One letter, number, sign, group or command with its arguments.
  mutating func atom() throws(Unknown) -> (markup: String, kind: AtomKind) {
    skipSpaces()
    guard let token = next else { throw Unknown() }
    if token == .character("{") { return (try group(), .ordinary) }
    index += 1
    switch token {
    case .number(let digits): return ("<mn>\(digits)</mn>", .ordinary)
    case .character(let character): return (try letterOrSign(character), .ordinary)
    case .command(let name): return try command(name)
    case .space: throw Unknown()
    }
  }

  private func letterOrSign(_ character: Character) throws(Unknown) -> String {
    if "}&$#".contains(character) { throw Unknown() }
    if character.isLetter { return "<mi>\(character)</mi>" }
    if character == "~" { return "<mspace width=\"0.25em\"></mspace>" }
    let sign = character == "-" ? "−" : HTMLText.escaped(String(character))
    // A bracket is as tall as the line it stands in; `\left` asks for more.
    return "()[]|/".contains(character) ? "<mo stretchy=\"false\">\(sign)</mo>" : "<mo>\(sign)</mo>"
  }

  private mutating func command(_ name: String) throws(Unknown) -> (markup: String, kind: AtomKind) {
    if let letter = TeXSymbols.identifiers[name] { return ("<mi>\(letter)</mi>", .ordinary) }
    if let sign = TeXSymbols.operators[name] {
      // Browsers would stretch a bar on its own beside a script.
      let stretching = TeXSymbols.brackets.contains(sign) ? " stretchy=\"false\"" : ""
      return ("<mo\(stretching)>\(HTMLText.escaped(sign))</mo>", .ordinary)
    }
    if let sign = TeXSymbols.large[name] {
      return ("<mo largeop=\"true\" movablelimits=\"true\">\(sign)</mo>", .takesLimits)
    }
    if let sign = TeXSymbols.integrals[name] { return ("<mo largeop=\"true\">\(sign)</mo>", .ordinary) }
    if let width = TeXSymbols.spaces[name] { return ("<mspace width=\"\(width)em\"></mspace>", .ordinary) }
    if TeXSymbols.functions.contains(name) { return ("<mi>\(name)</mi>", .function) }
    if TeXSymbols.limits.contains(name) { return (function(name), .takesLimits) }
    if let accent = TeXSymbols.accents[name] {
      // As a plain script: browsers set what is marked as an accent on top of the letter. Only the wide ones stretch.
      let stretches = name.hasPrefix("wide") || name == "overline"
      return ("<mover>\(try argument())<mo stretchy=\"\(stretches)\">\(accent)</mo></mover>", .ordinary)
    }
    return try structure(name)
  }

  /// What joins a function's name to its argument: nothing that is seen before a bracket, else TeX's thin space.
  func application() -> String {
    let apply = "<mo>\u{2061}</mo>"
    switch next {
    case .number, .character("{"): break
    case .character(let character) where character.isLetter: break
    case .command(let name) where TeXSymbols.beginsTerm(name): break
    default: return apply
    }
    return apply + "<mspace width=\"0.167em\"></mspace>"
  }

  /// TeX's thin space, where a function's name comes next and a term stands before it: `x log y`.
  func distanceBeforeFunction() -> String {
    guard case .command(let name)? = next, TeXSymbols.functions.contains(name) || TeXSymbols.limits.contains(name)
    else { return "" }
    let endsTerm =
      switch tokens[..<index].last(where: { $0 != .space }) {
      case .number, .character(")"), .character("]"), .character("}"), .character("'"): true
      case .character(let character): character.isLetter
      case .command(let name): TeXSymbols.identifiers[name] != nil
      case .space, nil: false
      }
    return endsTerm ? "<mspace width=\"0.167em\"></mspace>" : ""
  }

  private func function(_ name: String) -> String {
    let spelled = ["argmax": "arg max", "argmin": "arg min", "limsup": "lim sup", "liminf": "lim inf"][name] ?? name
    return "<mo movablelimits=\"true\" lspace=\"0\" rspace=\"0.167em\">\(spelled)</mo>"
  }

  /// `\not` and the relation after it, struck through.
  private mutating func negated() throws(Unknown) -> String {
    skipSpaces()
    guard let token = next else { throw Unknown() }
    index += 1
    let sign: String
    switch token {
    case .character(let character) where !character.isLetter && !"{}&$#^_".contains(character): sign = String(character)
    case .command(let name):
      guard let found = TeXSymbols.operators[name] else { throw Unknown() }
      sign = found
    default: throw Unknown()
    }
    // Unicode has one character for the usual ones: ≠, ∉, ≢.
    let struck = "\(sign)\u{338}".precomposedStringWithCanonicalMapping
    return "<mo>\(HTMLText.escaped(struck))</mo>"
  }

  private mutating func structure(_ name: String) throws(Unknown) -> (markup: String, kind: AtomKind) {
    if let height = TeXSymbols.bigFences[name] { return (try fence(height: height), .ordinary) }
    switch name {
    case "frac", "tfrac", "dfrac": return ("<mfrac>\(try argument())\(try argument())</mfrac>", .ordinary)
    case "binom":
      let parts = try argument() + argument()
      return ("<mrow><mo>(</mo><mfrac linethickness=\"0\">\(parts)</mfrac><mo>)</mo></mrow>", .ordinary)
    case "sqrt": return (try root(), .ordinary)
    case "text", "textrm", "mbox", "textbf", "textit":
      // Spaces at the ends would be taken for the markup's own; and words as `mtext` for space, which has no operator's
      // distance to a sign.
      let words = HTMLText.escaped(try words()).replacing(" ", with: "\u{A0}")
      return ("<mi mathvariant=\"normal\">\(words)</mi>", .ordinary)
    case "mathrm", "operatorname", "mathsf", "mathtt":
      return ("<mi mathvariant=\"normal\">\(HTMLText.escaped(try words().trimmed))</mi>", .ordinary)
    case "mathbf", "boldsymbol", "mathbb", "mathcal", "mathit": return (try lettering(name), .ordinary)
    case "underbrace", "overbrace": return (try brace(above: name == "overbrace"), .takesLimits)
    case "left": return (try fenced(), .ordinary)
    case "begin": return (try environment(), .ordinary)
    case "not": return (try negated(), .ordinary)
    case "displaystyle", "textstyle", "mathstrut", "nonumber", "notag": return ("", .ordinary)
    case "{", "}", "%", "$", "&", "#", "_": return ("<mo stretchy=\"false\">\(HTMLText.escaped(name))</mo>", .ordinary)
    case "|": return ("<mo stretchy=\"false\">‖</mo>", .ordinary)
    default: throw Unknown()
    }
  }

  private mutating func root() throws(Unknown) -> String {
    skipSpaces()
    guard next == .character("[") else { return "<msqrt>\(try argument())</msqrt>" }
    index += 1
    let degree = try row { $0 == .character("]") }
    try expect(.character("]"))
    return "<mroot>\(try argument())<mrow>\(degree)</mrow></mroot>"
  }

  private mutating func brace(above: Bool) throws(Unknown) -> String {
    let content = try argument()
    let names = above ? ("mover", "⏞") : ("munder", "⏟")
    return "<\(names.0)>\(content)<mo stretchy=\"true\">\(names.1)</mo></\(names.0)>"
  }

  /// Letters of another alphabet, by the characters that Unicode has for them.
  private mutating func lettering(_ name: String) throws(Unknown) -> String {
    skipSpaces()
    if name == "boldsymbol" || name == "mathit" || next != .character("{") {
      let content = try argument()
      return name == "mathit" ? content : "<mstyle style=\"font-weight:bold\">\(content)</mstyle>"
    }
    let letters = try words().trimmed.map { MathAlphabet.letter($0, in: name) }.joined()
    return "<mi mathvariant=\"normal\">\(HTMLText.escaped(letters))</mi>"
  }
}
