/// Labels as numbers 0, 1, 2, … in the order of their classes.
package struct LabelCoding<Label: Hashable> {
  package let classes: [Label]
  package let codes: [Int]

  package init(_ labels: [Label]) {
    var found: ([Label], [Int])?
    if let numbers = labels as? [Int] { found = Self.narrow(numbers) }
    let (appearing, seen) = found ?? Self.any(labels)
    classes = Self.ordered(appearing)
    let ranks = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0) })
    let places = appearing.map { ranks[$0] ?? 0 }  // every one has a rank: the classes are what has appeared
    codes = seen.map { places[$0] }
  }

  /// The labels in order of appearance, and which each is of these.
  private static func any(_ labels: [Label]) -> ([Label], [Int]) {
    var places: [Label: Int] = [:]
    var appearing: [Label] = []
    let seen = labels.map { label in
      if let place = places[label] { return place }
      places[label] = appearing.count
      appearing.append(label)
      return appearing.count - 1
    }
    return (appearing, seen)
  }

  /// The same for whole numbers that are near each other, looked up in a table instead of hashed.
  private static func narrow(_ labels: [Int]) -> ([Label], [Int])? {
    guard let least = labels.min(), let most = labels.max(), most.subtractingReportingOverflow(least).overflow == false,
      most - least < 1 << 16
    else { return nil }
    var places = [Int](repeating: -1, count: most - least + 1)
    var appearing: [Int] = []
    let seen = labels.map { label in
      if places[label - least] < 0 {
        places[label - least] = appearing.count
        appearing.append(label)
      }
      return places[label - least]
    }
    return (appearing as? [Label]).map { ($0, seen) }
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
