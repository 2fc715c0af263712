import Foundation

/// A regular expression that was checked when it was made.
struct Pattern {
  private let expression: NSRegularExpression

  init(_ pattern: String) throws(FrameError) {
    do {
      expression = try NSRegularExpression(pattern: pattern)
    } catch {
      throw FrameError(kind: .type, description: "'\(pattern)' is not a regular expression that can be read.")
    }
  }

  func isFound(in text: String) -> Bool { match(text) != nil }

  /// What the first group found, or the whole where there is no group.
  func firstGroup(in text: String) -> String? {
    guard let match = match(text) else { return nil }
    let range = match.range(at: match.numberOfRanges > 1 ? 1 : 0)
    return Range(range, in: text).map { String(text[$0]) }
  }

  private func match(_ text: String) -> NSTextCheckingResult? {
    expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text))
  }
}
