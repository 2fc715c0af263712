/// What becomes of the places where a text is cut.
enum SplitBehavior: String, Sendable {
  case removed = "Removed"
  case isolated = "Isolated"
  case mergedWithPrevious = "MergedWithPrevious"
  case mergedWithNext = "MergedWithNext"
  case contiguous = "Contiguous"

  init(_ name: String, _ place: String) throws(TokenizerError) {
    guard let behavior = SplitBehavior(rawValue: name) else {
      throw TokenizerError(
        "\(place): the behavior '\(name)' is not known. Known are Removed, Isolated, MergedWithPrevious, MergedWithNext, Contiguous."
      )
    }
    self = behavior
  }

  /// The pieces of a text that is cut at some ranges, given in ascending order.
  ///
  /// - Parameter isInverted: whether what lies between the ranges is cut at, and each range is a piece.
  func pieces(_ text: AlignedText, cutAt matches: [Range<Int>], isInverted: Bool = false) -> [AlignedText] {
    if matches.isEmpty, !isInverted { return text.isEmpty ? [] : [text] }
    var parts: [(range: Range<Int>, isCut: Bool)] = []
    var place = 0
    for match in matches {
      if place < match.lowerBound { parts.append((place..<match.lowerBound, isInverted)) }
      parts.append((match, !isInverted))
      place = match.upperBound
    }
    if place < text.count { parts.append((place..<text.count, isInverted)) }
    return merged(parts).filter { !$0.isEmpty }.map { text[$0] }
  }

  private func merged(_ parts: [(range: Range<Int>, isCut: Bool)]) -> [Range<Int>] {
    switch self {
    case .isolated: return parts.map(\.range)
    case .removed: return parts.filter { !$0.isCut }.map(\.range)
    case .contiguous:
      var (ranges, last): ([Range<Int>], Bool?) = ([], nil)
      for part in parts {
        if part.isCut == last {
          ranges[ranges.count - 1] = ranges[ranges.count - 1].lowerBound..<part.range.upperBound
        } else {
          ranges.append(part.range)
        }
        last = part.isCut
      }
      return ranges
    case .mergedWithPrevious:
      var (ranges, last): ([Range<Int>], Bool) = ([], false)
      for part in parts {
        if part.isCut, !last, !ranges.isEmpty {
          ranges[ranges.count - 1] = ranges[ranges.count - 1].lowerBound..<part.range.upperBound
        } else {
          ranges.append(part.range)
        }
        last = part.isCut
      }
      return ranges
    case .mergedWithNext:
      var (ranges, last): ([Range<Int>], Bool) = ([], false)
      for part in parts.reversed() {
        if part.isCut, !last, !ranges.isEmpty {
          ranges[ranges.count - 1] = part.range.lowerBound..<ranges[ranges.count - 1].upperBound
        } else {
          ranges.append(part.range)
        }
        last = part.isCut
      }
      return ranges.reversed()
    }
  }
}
