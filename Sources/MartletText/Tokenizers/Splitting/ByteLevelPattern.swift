/// How GPT-2 cuts a text: endings such as `'s`, then runs of letters, of numbers or of symbols with the space before them,
/// then white space.
///
/// The same as the expression `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`.
enum ByteLevelPattern {
  private enum Kind {
    case letter
    case number
    case space
    case symbol
  }

  private static func kind(_ scalar: Unicode.Scalar) -> Kind {
    if CharacterKind.isLetter(scalar) { return .letter }
    if CharacterKind.isNumber(scalar) { return .number }
    return CharacterKind.isSpace(scalar) ? .space : .symbol
  }

  static func matches(_ scalars: [Unicode.Scalar]) -> [Range<Int>] {
    var (found, place): ([Range<Int>], Int) = ([], 0)
    while place < scalars.count {
      let end = end(scalars, place)
      found.append(place..<end)
      place = end
    }
    return found
  }

  private static func end(_ scalars: [Unicode.Scalar], _ start: Int) -> Int {
    if scalars[start] == "'", let length = ending(scalars, start + 1) { return start + 1 + length }
    let first = scalars[start] == " " && start + 1 < scalars.count ? start + 1 : start
    let kind = kind(scalars[first])
    if kind != .space { return run(scalars, first, kind) }
    let end = run(scalars, start, .space)
    // The last space belongs to the word after it.
    return end < scalars.count && end - start > 1 ? end - 1 : end
  }

  private static func run(_ scalars: [Unicode.Scalar], _ start: Int, _ wanted: Kind) -> Int {
    var end = start
    while end < scalars.count, kind(scalars[end]) == wanted { end += 1 }
    return end
  }

  /// How long the English ending after an apostrophe is.
  private static func ending(_ scalars: [Unicode.Scalar], _ place: Int) -> Int? {
    guard place < scalars.count else { return nil }
    if ["s", "t", "m", "d"].contains(scalars[place]) { return 1 }
    guard place + 1 < scalars.count else { return nil }
    switch (scalars[place], scalars[place + 1]) {
    case ("r", "e"), ("v", "e"), ("l", "l"): return 2
    default: return nil
    }
  }
}
