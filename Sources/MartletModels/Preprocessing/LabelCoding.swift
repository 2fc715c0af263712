/// Labels as numbers 0, 1, 2, … in the order of their classes.
package struct LabelCoding<Label: Hashable> {
  package let classes: [Label]
  package let codes: [Int]

  package init(_ labels: [Label]) {
    var seen: Set<Label> = []
    let appearing = labels.filter { seen.insert($0).inserted }
    classes = Self.ordered(appearing)
    let places = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0) })
    codes = labels.map { places[$0] ?? 0 }  // every label has a place: the classes are the labels
  }

  /// Ascending where labels can be compared; enums without an order stay as they appear.
  private static func ordered(_ labels: [Label]) -> [Label] {
    if let flags = labels as? [Bool] { return flags.sorted { !$0 && $1 } as? [Label] ?? labels }
    guard let first = labels.first as? any Comparable else { return labels }
    return sorted(labels, like: first)
  }

  private static func sorted<Ordered: Comparable>(_ labels: [Label], like _: Ordered) -> [Label] {
    (labels as? [Ordered])?.sorted() as? [Label] ?? labels
  }
}

extension LabelCoding: Sendable where Label: Sendable {}
