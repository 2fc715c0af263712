/// Turns the part of TeX that formulas in notebooks use into MathML.
struct TeXParser {
  /// More of TeX than is known here.
  struct Unknown: Error {}

  private static let depthLimit = 60

  private(set) var tokens: [TeXToken]
  var index = 0
  var depth = 0

  /// The formula as the content of a `math` element; `nil` when it uses what is not known here.
  static func mathML(of formula: String) -> String? {
    if formula.utf8.count > 20_000 { return nil }
    var parser = TeXParser(tokens: TeXToken.tokens(of: formula))
    do {
      // An alignment without an environment is written as one.
      if parser.isAligned { return try parser.table(columns: "right left", until: nil) }
      let row = try parser.row { _ in false }
      return parser.index == parser.tokens.count ? row : nil
    } catch {
      return nil
    }
  }

  private init(tokens: [TeXToken]) { self.tokens = tokens }

  private var isAligned: Bool {
    !tokens.contains(.command("begin")) && (tokens.contains(.command("\\")) || tokens.contains(.character("&")))
  }

  var next: TeXToken? { index < tokens.count ? tokens[index] : nil }

  mutating func skipSpaces() { while next == .space { index += 1 } }

  mutating func expect(_ token: TeXToken) throws(Unknown) {
    skipSpaces()
    guard next == token else { throw Unknown() }
    index += 1
  }

  /// The atoms up to the token that ends the row, which is left in place.
  mutating func row(until isEnd: (TeXToken) -> Bool) throws(Unknown) -> String {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.depthLimit { throw Unknown() }
    var row = ""
    skipSpaces()
    while let token = next, !isEnd(token) {
      if !row.isEmpty { row += distanceBeforeFunction() }
      row += try scripted()
      skipSpaces()
    }
    return row
  }

  /// An atom with what stands below and above its right edge.
  private mutating func scripted() throws(Unknown) -> String {
    let (nucleus, kind) = next == .character("^") || next == .character("_") ? ("<mrow></mrow>", .ordinary) : try atom()
    var base = nucleus
    var (below, above): (String?, String?) = (nil, nil)
    var primes = ""
    skipSpaces()
    while let token = next {
      if token == .character("'") {
        index += 1
        primes += "′"
      } else if token == .character("_"), below == nil {
        index += 1
        below = try argument()
      } else if token == .character("^"), above == nil {
        index += 1
        above = try argument()
      } else if token == .command("limits") || token == .command("nolimits") {
        index += 1
      } else {
        break
      }
      skipSpaces()
    }
    if !primes.isEmpty {
      // The sign is small and raised already: as a script it would be a speck far above the letter.
      base = "<mrow>\(base)<mo lspace=\"0\" rspace=\"0\">\(primes)</mo></mrow>"
    }
    let names = kind == .takesLimits ? ("munder", "mover", "munderover") : ("msub", "msup", "msubsup")
    let scripted =
      switch (below, above) {
      case (nil, nil): base
      case (let below?, nil): "<\(names.0)>\(base)\(below)</\(names.0)>"
      case (nil, let above?): "<\(names.1)>\(base)\(above)</\(names.1)>"
      case (let below?, let above?): "<\(names.2)>\(base)\(below)\(above)</\(names.2)>"
      }
    return kind == .function ? scripted + application() : scripted
  }

  /// What follows a command or a script mark: a group, or one token.
  mutating func argument() throws(Unknown) -> String {
    // Commands without braces nest, too: \sqrt\sqrt\sqrt x.
    depth += 1
    defer { depth -= 1 }
    if depth > Self.depthLimit { throw Unknown() }
    skipSpaces()
    guard let token = next else { throw Unknown() }
    if token == .character("{") { return try group() }
    if case .number(let digits) = token, let first = digits.first {
      // Without braces only the first digit belongs to the argument: \frac12 is a half.
      if digits.count > 1 { tokens[index] = .number(String(digits.dropFirst())) } else { index += 1 }
      return "<mn>\(first)</mn>"
    }
    return try atom().markup
  }

  mutating func group() throws(Unknown) -> String {
    try expect(.character("{"))
    let row = try row { $0 == .character("}") }
    try expect(.character("}"))
    return "<mrow>\(row)</mrow>"
  }

  /// The words of a group, as they stand.
  mutating func words() throws(Unknown) -> String {
    try expect(.character("{"))
    var words = ""
    while let token = next, token != .character("}") {
      switch token {
      case .character("{"): throw Unknown()
      case .character(let character): words.append(character)
      case .number(let digits): words += digits
      case .space: words += " "
      case .command(let name):
        guard name.count == 1, name.first?.isLetter == false else { throw Unknown() }
        words += name
      }
      index += 1
    }
    try expect(.character("}"))
    return words
  }
}
