/// How often each row of `length` neighbouring elements occurs.
struct NGramCounts<Element: Hashable> {
  private(set) var counts: [ArraySlice<Element>: Int] = [:]
  private(set) var total = 0

  init(_ elements: [Element], length: Int) {
    guard elements.count >= length else { return }
    total = elements.count - length + 1
    for first in 0..<total { counts[elements[first..<first + length], default: 0] += 1 }
  }

  /// How many of these are among others, each as often as it is there.
  func overlap(_ other: NGramCounts) -> Int { counts.reduce(0) { $0 + min($1.value, other.counts[$1.key] ?? 0) } }

  /// The largest of the counts of several.
  static func most(_ all: [NGramCounts]) -> NGramCounts {
    var most = NGramCounts([], length: 1)
    for counts in all { most.counts.merge(counts.counts, uniquingKeysWith: max) }
    return most
  }
}
