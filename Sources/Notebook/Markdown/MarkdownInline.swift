/// Turns the text of a block into HTML: emphasis, code, links, pictures, formulas and the HTML that is allowed.
///
/// Emphasis follows CommonMark's algorithm of delimiter runs. The result still goes through the sanitiser.
struct MarkdownInline {
  /// A stretch that is done, or a run of `*`, `_` or `~` that may become emphasis.
  struct Piece {
    var html = ""
    var mark: Character?
    var count = 0
    var length = 0
    var canOpen = false
    var canClose = false
    var closing = ""
    var opening = ""
  }

  struct Bracket {
    var piece: Int
    var isImage: Bool
    var isActive = true
  }

  private static let sizeLimit = 8_000_000

  let context: MarkdownContext
  let text: [Character]
  var index = 0
  var pieces: [Piece] = []
  var brackets: [Bracket] = []
  /// How many characters may still be looked at in search of an end that may not come; then the rest is plain text.
  /// A text made to be slow is cut short by it, no other text is.
  var budget: Int

  /// The text as HTML.
  static func html(_ text: String, in context: MarkdownContext) -> String {
    if text.utf8.count > sizeLimit { return HTMLText.escaped(text) }
    var inline = MarkdownInline(context: context, text: Array(text))
    while inline.index < inline.text.count { inline.step() }
    return inline.closed(from: 0)
  }

  private init(context: MarkdownContext, text: [Character]) {
    self.context = context
    self.text = text
    budget = 100_000 + 20 * text.count
  }

  func peek(_ distance: Int = 0) -> Character? {
    index + distance >= 0 && index + distance < text.count ? text[index + distance] : nil
  }

  mutating func append(_ html: String) {
    if let last = pieces.indices.last, pieces[last].mark == nil, brackets.last?.piece != last {
      pieces[last].html += html
    } else {
      pieces.append(Piece(html: html))
    }
  }

  private mutating func step() {
    let character = text[index]
    if budget < 0 {
      append(HTMLText.escaped(String(character)))
      index += 1
      return
    }
    switch character {
    case "\\": readEscape()
    case "`": readCode()
    case "$": readMathematics()
    case "*", "_", "~": readRun(of: character)
    case "[": openBracket(isImage: false)
    case "!" where peek(1) == "[": openBracket(isImage: true)
    case "]": closeBracket()
    case "<": readAngle()
    case "&": readReference()
    case "h" where startsAddress: readAddress()
    case "\n": readLineBreak()
    default:
      append(HTMLText.escaped(String(character)))
      index += 1
    }
  }

  private mutating func readEscape() {
    if peek(1) == "\n" {
      append("<br>\n")
      index += 2
    } else if let next = peek(1), next.isASCII, next.isPunctuation || next.isSymbol {
      if next == "(" || next == "[", readDelimitedMathematics() { return }
      append(HTMLText.escaped(String(next)))
      index += 2
    } else {
      append("\\")
      index += 1
    }
  }

  private mutating func readCode() {
    let count = text[index...].prefix { $0 == "`" }.count
    var end = index + count
    while end < text.count {
      let run = text[end...].prefix { $0 == "`" }.count
      if run == count { break }
      end += max(run, 1)
    }
    budget -= end - index
    guard end < text.count else {
      append(String(repeating: "`", count: count))
      index += count
      return
    }
    var code = String(text[(index + count)..<end]).replacing("\n", with: " ")
    if code.hasPrefix(" "), code.hasSuffix(" "), !code.allSatisfy({ $0 == " " }) {
      code = String(code.dropFirst().dropLast())
    }
    append("<code>\(HTMLText.escaped(code))</code>")
    index = end + count
  }

  private mutating func readReference() {
    let rest = String(text[index...].prefix(42))
    if let length = CharacterReferences.length(of: rest[...].unicodeScalars) {
      append(String(rest.unicodeScalars.prefix(length)))
      index += length
    } else {
      append("&amp;")
      index += 1
    }
  }

  private mutating func readLineBreak() {
    var isHard = false
    if let last = pieces.indices.last, pieces[last].mark == nil {
      isHard = pieces[last].html.hasSuffix("  ")
      while pieces[last].html.hasSuffix(" ") { pieces[last].html.removeLast() }
    }
    append(isHard ? "<br>\n" : "\n")
    index += 1
    while peek() == " " { index += 1 }
  }
}
