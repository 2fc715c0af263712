/// A piece of a TeX formula.
enum TeXToken: Equatable {
  case character(Character)
  case number(String)
  /// `\name`, or `\,` and the like.
  case command(String)
  case space

  /// The formula's pieces; comments are left out.
  static func tokens(of formula: String) -> [TeXToken] {
    var tokens: [TeXToken] = []
    var rest = formula[...]
    while let first = rest.popFirst() {
      if first == "\\" {
        let name = rest.prefix { $0.isASCII && $0.isLetter }
        if name.isEmpty {
          tokens.append(.command(rest.popFirst().map { $0.isWhitespace ? " " : String($0) } ?? " "))
        } else {
          tokens.append(.command(String(name)))
          rest = rest[name.endIndex...]
        }
      } else if first == "%" {
        rest = rest.drop { !$0.isNewline }
      } else if first.isWhitespace {
        if tokens.last != .space { tokens.append(.space) }
      } else if first.isASCII, first.isNumber {
        var number = String(first)
        while let next = rest.first {
          if isPartOfNumber(next, rest.dropFirst().first) {
            number.append(next)
            rest.removeFirst()
          } else if rest.hasPrefix("{,}"), rest.dropFirst(3).first.map({ $0.isASCII && $0.isNumber }) == true {
            // `1{,}000`: the comma belongs to the number, so no space follows it.
            number.append(",")
            rest = rest.dropFirst(3)
          } else {
            break
          }
        }
        tokens.append(.number(number))
      } else {
        tokens.append(.character(first))
      }
    }
    return tokens
  }

  private static func isPartOfNumber(_ next: Character, _ following: Character?) -> Bool {
    if next.isASCII && next.isNumber { return true }
    return next == "." && following.map { $0.isASCII && $0.isNumber } == true
  }
}
