import Intelligence
import Session

/// What Tab does to the text: goes on as far as all completions agree, and lists them where they do not.
package struct TabCompletion: Sendable {
  /// The text with what all completions share, in code points.
  package struct Replacement: Equatable, Sendable {
    package var range: Range<Int>
    package var text: String

    package init(range: Range<Int>, text: String) { (self.range, self.text) = (range, text) }
  }

  /// What is put in; `nil` when that would change nothing.
  package let replacement: Replacement?
  /// What there is to choose from, best first; empty when there is no choice.
  package let choices: [Completion]

  /// - Parameters:
  ///   - completions: as the session gives them.
  ///   - text: the cell.
  package init(_ completions: CodeCompletions, in text: String) {
    let scalars = Array(text.unicodeScalars)
    let range = completions.replaced.clamped(to: 0..<scalars.count)
    let typed = String(String.UnicodeScalarView(scalars[range]))
    // What differs from the typed in case only counts when nothing else is there.
    let exact = completions.completions.filter { $0.text.hasPrefix(typed) }
    let candidates = exact.isEmpty ? completions.completions : exact
    choices = candidates.count > 1 ? candidates : []
    let common = Self.commonPrefix(candidates.map(\.text))
    let isProgress = candidates.count == 1 ? common != typed : common.hasPrefix(typed) && common.count > typed.count
    replacement = isProgress ? Replacement(range: range, text: common) : nil
  }

  /// What all texts begin with.
  private static func commonPrefix(_ texts: [String]) -> String {
    guard var prefix = texts.first else { return "" }
    for text in texts.dropFirst() {
      let shared = zip(prefix, text).prefix { $0 == $1 }.count
      prefix = String(prefix.prefix(shared))
    }
    return prefix
  }
}
