import Foundation

/// What a step of a tokeniser looks for: a text, or a regular expression.
struct TextPattern: Sendable {
  private enum Kind: Sendable {
    case text([Unicode.Scalar])
    case expression(NSRegularExpression)
  }
  private let kind: Kind

  init(text: String) { kind = .text(Array(text.unicodeScalars)) }

  init(expression: String, place: String) throws(TokenizerError) {
    do {
      kind = .expression(try NSRegularExpression(pattern: expression))
    } catch { throw TokenizerError("\(place): '\(expression)' is no regular expression that can be used here.") }
  }

  /// A pattern as `{"String": …}`, `{"Regex": …}` or a text.
  init(_ part: TokenizerPart) throws(TokenizerError) {
    if let text = part.tree.text ?? part.tree["String"]?.text {
      self.init(text: text)
    } else if let expression = part.tree["Regex"]?.text {
      try self.init(expression: expression, place: part.place)
    } else {
      throw TokenizerError("\(part.place): expected a pattern as String or Regex, found \(part.tree.kind).")
    }
  }

  /// Where the pattern is, from left to right and without overlaps.
  func matches(_ scalars: [Unicode.Scalar]) -> [Range<Int>] {
    switch kind {
    case .text(let wanted): Self.matches(wanted, scalars)
    case .expression(let expression): Self.matches(expression, scalars)
    }
  }

  private static func matches(_ wanted: [Unicode.Scalar], _ scalars: [Unicode.Scalar]) -> [Range<Int>] {
    guard let first = wanted.first else { return [] }
    var found: [Range<Int>] = []
    var place = 0
    while place + wanted.count <= scalars.count {
      if scalars[place] == first, scalars[place..<place + wanted.count].elementsEqual(wanted) {
        found.append(place..<place + wanted.count)
        place += wanted.count
      } else {
        place += 1
      }
    }
    return found
  }

  private static func matches(_ expression: NSRegularExpression, _ scalars: [Unicode.Scalar]) -> [Range<Int>] {
    let text = String(scalars)
    let units = text.utf16.count
    let found = expression.matches(in: text, range: NSRange(location: 0, length: units)).map(\.range)
    if units == scalars.count { return found.map { $0.location..<$0.location + $0.length } }
    // Places in UTF-16 to places in scalars.
    var places = [Int](repeating: 0, count: units + 1)
    var unit = 0
    for (place, scalar) in scalars.enumerated() {
      for _ in 0..<(scalar.value > 0xFFFF ? 2 : 1) {
        places[unit] = place
        unit += 1
      }
    }
    places[units] = scalars.count
    return found.map { places[$0.location]..<places[$0.location + $0.length] }
  }
}
