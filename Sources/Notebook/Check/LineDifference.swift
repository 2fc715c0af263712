/// Two texts compared line by line.
enum LineDifference {
  /// Longer texts are compared only up to their first difference.
  static let lineLimit = 2000
  static let widthLimit = 160
  static let shownLimit = 40

  /// The lines that are gone, with `-`, and that are new, with `+`, in order; `nil` stands for no text at all.
  static func lines(from old: String?, to new: String?) -> [String] {
    guard let old else { return marked("+", split(new ?? "")) }
    guard let new else { return marked("-", split(old)) }
    let (before, after) = (split(old), split(new))
    if max(before.count, after.count) > lineLimit { return firstDifference(before, after) }
    let changes = after.difference(from: before)
    let removed = Set(changes.removals.map(place(of:)))
    let inserted = Set(changes.insertions.map(place(of:)))
    var lines: [String] = []
    var (left, right) = (0, 0)
    while left < before.count || right < after.count {
      if removed.contains(left), left < before.count {
        lines.append("- " + shortened(before[left]))
        left += 1
      } else if inserted.contains(right), right < after.count {
        lines.append("+ " + shortened(after[right]))
        right += 1
      } else {
        left += 1
        right += 1
      }
    }
    return limited(lines)
  }

  private static func place(of change: CollectionDifference<[UInt8]>.Change) -> Int {
    switch change {
    case .insert(let offset, _, _), .remove(let offset, _, _): offset
    }
  }

  private static func firstDifference(_ before: [[UInt8]], _ after: [[UInt8]]) -> [String] {
    let place = zip(before, after).enumerated().first { $0.element.0 != $0.element.1 }?.offset
    let line = place ?? min(before.count, after.count)
    return ["first difference in line \(line + 1); \(before.count) lines were stored, \(after.count) are new"]
      + (line < before.count ? ["- " + shortened(before[line])] : [])
      + (line < after.count ? ["+ " + shortened(after[line])] : [])
  }

  private static func marked(_ mark: String, _ lines: [[UInt8]]) -> [String] {
    limited(lines.map { "\(mark) " + shortened($0) })
  }

  private static func limited(_ lines: [String]) -> [String] {
    lines.count <= shownLimit ? lines : lines.prefix(shownLimit) + ["… \(lines.count - shownLimit) more lines"]
  }

  /// The line with what a terminal would act on made visible, and cut where it is very long.
  private static func shortened(_ line: [UInt8]) -> String {
    let visible = String(decoding: line, as: UTF8.self).replacing("\u{1B}", with: "␛").replacing("\r", with: "␍")
    return visible.count <= widthLimit ? visible : visible.prefix(widthLimit) + "… (\(visible.count) characters)"
  }

  /// The text's lines as bytes: Swift's strings take different spellings of an accented letter to be equal.
  private static func split(_ text: String) -> [[UInt8]] {
    text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
  }
}
