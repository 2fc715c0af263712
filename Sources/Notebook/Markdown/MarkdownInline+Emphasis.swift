extension MarkdownInline {
  private static let lookBack = 2000

  /// A run of emphasis marks; what stands beside it decides whether it can open or close.
  mutating func readRun(of mark: Character) {
    let count = text[index...].prefix { $0 == mark }.count
    let before = peek(-1)
    let after = peek(count)
    let spaceAfter = after?.isWhitespace ?? true
    let spaceBefore = before?.isWhitespace ?? true
    let signAfter = after.map(Self.isPunctuation) ?? false
    let signBefore = before.map(Self.isPunctuation) ?? false
    let leansRight = !spaceAfter && (!signAfter || spaceBefore || signBefore)
    let leansLeft = !spaceBefore && (!signBefore || spaceAfter || signAfter)
    var piece = Piece(mark: mark, count: count, length: count)
    if mark == "_" {
      piece.canOpen = leansRight && (!leansLeft || signBefore)
      piece.canClose = leansLeft && (!leansRight || signAfter)
    } else {
      piece.canOpen = leansRight && (mark != "~" || count <= 2)
      piece.canClose = leansLeft && (mark != "~" || count <= 2)
    }
    pieces.append(piece)
    index += count
  }

  /// The pieces from `start` on as HTML, their emphasis resolved.
  mutating func closed(from start: Int) -> String {
    var index = start
    while index < pieces.count {
      guard pieces[index].canClose, pieces[index].count > 0, let opener = opener(for: index, from: start) else {
        index += 1
        continue
      }
      join(opener, index)
      for between in (opener + 1)..<index {
        (pieces[between].canOpen, pieces[between].canClose) = (false, false)
      }
      if pieces[index].count == 0 { index += 1 }
    }
    return pieces[start...].map { piece in
      guard let mark = piece.mark else { return piece.html }
      return piece.closing + String(repeating: mark, count: piece.count) + piece.opening
    }.joined()
  }

  private func opener(for closer: Int, from start: Int) -> Int? {
    let close = pieces[closer]
    for index in stride(from: closer - 1, through: max(start, closer - Self.lookBack), by: -1) {
      let open = pieces[index]
      guard open.mark == close.mark, open.canOpen, open.count > 0 else { continue }
      if close.mark == "~" {
        if open.count == close.count { return index }
        continue
      }
      // A run that can do both only pairs with one whose length does not add up to a multiple of three.
      let isBoth = open.canClose || close.canOpen
      let isBarred = (open.length + close.length) % 3 == 0 && (open.length % 3 != 0 || close.length % 3 != 0)
      if !(isBoth && isBarred) { return index }
    }
    return nil
  }

  private mutating func join(_ opener: Int, _ closer: Int) {
    let isStruck = pieces[opener].mark == "~"
    let used = isStruck ? pieces[opener].count : min(pieces[opener].count, pieces[closer].count, 2)
    let name = isStruck ? "del" : used == 2 ? "strong" : "em"
    pieces[opener].opening = "<\(name)>" + pieces[opener].opening
    pieces[closer].closing += "</\(name)>"
    pieces[opener].count -= used
    pieces[closer].count -= used
  }

  private static func isPunctuation(_ character: Character) -> Bool { character.isPunctuation || character.isSymbol }
}
