/// Cuts Swift source into stretches to be coloured.
///
/// Only for show: it knows the shapes of comments, strings and numbers, and never decides what a program means.
package struct SwiftLexer {
  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var tokens: [SwiftToken] = []
  /// Strings inside interpolations inside strings; beyond the limit they are taken as plain text.
  private var depth = 0
  private static let depthLimit = 64

  /// The source's stretches; put together, they are the source.
  package static func tokens(of source: String) -> [SwiftToken] {
    var lexer = SwiftLexer(scalars: Array(source.unicodeScalars))
    while lexer.index < lexer.scalars.count { lexer.scan() }
    return lexer.tokens
  }

  private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

  private mutating func scan() {
    let start = index
    let scalar = scalars[index]
    if scalar == "/", peek(1) == "/" {
      advance { $0 != "\n" }
      emit(.comment, from: start)
    } else if scalar == "/", peek(1) == "*" {
      skipBlockComment()
      emit(.comment, from: start)
    } else if depth < Self.depthLimit, let hashes = stringStart() {
      depth += 1
      scanString(hashes: hashes)
      depth -= 1
    } else if scalar.properties.isXIDStart || scalar == "_" {
      advance { $0.properties.isXIDContinue }
      emit(kind(ofWord: text(from: start), at: start), from: start)
    } else if ("0"..."9").contains(scalar) {
      scanNumber()
      emit(.number, from: start)
    } else if scalar == "#", peek(1) == "#" {
      // All but the last at once: to look for a quote behind each of them again would take quadratic time.
      advance { $0 == "#" }
      index -= 1
      emit(.plain, from: start)
    } else if scalar == "@" || scalar == "#" {
      index += 1
      advance { $0.properties.isXIDContinue }
      emit(index == start + 1 ? .plain : scalar == "@" ? .attribute : .directive, from: start)
    } else if scalar == "`" {
      index += 1
      advance { $0 != "`" && $0 != "\n" }
      if peek(0) == "`" { index += 1 }
      emit(.plain, from: start)
    } else {
      index += 1
      emit(.plain, from: start)
    }
  }

  private func kind(ofWord word: String, at start: Int) -> SwiftToken.Kind {
    // After a dot, a word is a member, whatever it is called.
    let isMember = start > 0 && scalars[start - 1] == "." && !(start > 1 && scalars[start - 2] == ".")
    let isKeyword = SwiftKeywords.contextual.contains(word) ? isFollowedByName : SwiftKeywords.all.contains(word)
    if isKeyword, !isMember || word == "self" || word == "init" { return .keyword }
    return word.unicodeScalars.first?.properties.isUppercase == true ? .type : .plain
  }

  /// Whether on the same line, behind a space, a name follows that is no connecting word, or a brace as after `get`.
  private var isFollowedByName: Bool {
    var place = index
    while place < scalars.count, scalars[place] == " " { place += 1 }
    guard place < scalars.count else { return false }
    if scalars[place] == "{" || scalars[place] == "}" { return place > index }
    guard place > index, scalars[place].properties.isXIDStart || "@[(_".unicodeScalars.contains(scalars[place]) else {
      return false
    }
    var name = String.UnicodeScalarView()
    while place < scalars.count, scalars[place].properties.isXIDContinue {
      name.append(scalars[place])
      place += 1
    }
    return !["in", "is", "as", "where", "else"].contains(String(name))
  }

  private mutating func scanNumber() {
    if scalars[index] == "0", let base = peek(1), "xob".unicodeScalars.contains(base) { index += 2 }
    while let scalar = peek(0) {
      let signOfExponent = (scalar == "+" || scalar == "-") && (scalars[index - 1] == "e" || scalars[index - 1] == "p")
      let point = scalar == "." && peek(1).map { ("0"..."9").contains($0) } == true
      guard scalar.properties.isXIDContinue || point || signOfExponent else { return }
      index += 1
    }
  }

  /// The number of `#` before a string that starts here; `nil` when none does.
  private func stringStart() -> Int? {
    var hashes = 0
    while peek(hashes) == "#" { hashes += 1 }
    return peek(hashes) == "\"" ? hashes : nil
  }

  private mutating func scanString(hashes: Int) {
    var start = index
    index += hashes
    let isMultiline = peek(1) == "\"" && peek(2) == "\""
    let quotes = isMultiline ? 3 : 1
    index += quotes
    while let scalar = peek(0) {
      if scalar == "\"", isDelimiter(quotes: quotes, hashes: hashes) {
        index += quotes + hashes
        break
      }
      if scalar == "\n", !isMultiline { break }
      guard scalar == "\\", (0..<hashes).allSatisfy({ peek(1 + $0) == "#" }) else {
        index += 1
        continue
      }
      index += 1 + hashes
      if peek(0) == "(" {
        index += 1
        emit(.string, from: start)
        scanInterpolation()
        start = index
      } else if index < scalars.count {
        index += 1
      }
    }
    emit(.string, from: start)
  }

  /// The code inside `\( … )`, up to its closing parenthesis.
  private mutating func scanInterpolation() {
    var depth = 1
    while let scalar = peek(0) {
      if scalar == "(" { depth += 1 }
      if scalar == ")" { depth -= 1 }
      if depth == 0 || (scalar == "\n" && depth > 0 && peek(1) == nil) { return }
      scan()
    }
  }

  private func isDelimiter(quotes: Int, hashes: Int) -> Bool {
    (0..<quotes).allSatisfy { peek($0) == "\"" } && (0..<hashes).allSatisfy { peek(quotes + $0) == "#" }
  }

  private mutating func skipBlockComment() {
    var depth = 0
    while index < scalars.count {
      if scalars[index] == "/", peek(1) == "*" {
        depth += 1
        index += 2
      } else if scalars[index] == "*", peek(1) == "/" {
        depth -= 1
        index += 2
        if depth == 0 { return }
      } else {
        index += 1
      }
    }
  }

  private func peek(_ distance: Int) -> Unicode.Scalar? {
    index + distance < scalars.count ? scalars[index + distance] : nil
  }

  private mutating func advance(while condition: (Unicode.Scalar) -> Bool) {
    while index < scalars.count, condition(scalars[index]) { index += 1 }
  }

  private func text(from start: Int) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[start..<index])
    return String(view)
  }

  private mutating func emit(_ kind: SwiftToken.Kind, from start: Int) {
    if start == index { return }
    let text = text(from: start)
    if let last = tokens.indices.last, tokens[last].kind == kind {
      tokens[last].text += text
    } else {
      tokens.append(SwiftToken(kind: kind, text: text))
    }
  }
}
