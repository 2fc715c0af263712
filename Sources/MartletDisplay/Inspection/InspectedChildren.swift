/// The parts of a value by number, with their names: what is behind the triangle in a list of variables.
///
/// An optional has the parts of its value; an object those of its superclasses first.
struct InspectedChildren {
  private let mirrors: [Mirror]

  init(of value: Any) {
    var mirror = Mirror(reflecting: value)
    while mirror.displayStyle == .optional, let wrapped = mirror.children.first {
      mirror = Mirror(reflecting: wrapped.value)
    }
    var mirrors = [mirror]
    while mirror.displayStyle == .class, let superclass = mirror.superclassMirror {
      mirrors.insert(superclass, at: 0)
      mirror = superclass
    }
    self.mirrors = mirrors
  }

  /// - Complexity: O(1) for arrays, sets and dictionaries.
  var count: Int { mirrors.reduce(0) { $0 + $1.children.count } }

  /// The part of a number; `nil` when there are fewer.
  ///
  /// - Complexity: O(1) for arrays, O(`place`) for sets and dictionaries.
  subscript(place: Int) -> (label: String, value: Any)? {
    var rest = place
    for mirror in mirrors {
      let children = mirror.children
      guard rest >= children.count else {
        return named(children[children.index(children.startIndex, offsetBy: rest)], at: rest, of: mirror)
      }
      rest -= children.count
    }
    return nil
  }

  private func named(_ child: Mirror.Child, at place: Int, of mirror: Mirror) -> (label: String, value: Any) {
    if mirror.displayStyle == .dictionary {
      let entry = Array(Mirror(reflecting: child.value).children.prefix(2))
      if entry.count == 2 { return (InspectedText.of(entry[0].value, limit: 60), entry[1].value) }
    }
    guard var label = child.label else { return ("[\(place)]", child.value) }
    // Members of tuples without a name are called ".0", ".1", …; those of a property wrapper "_name".
    if label.first == "." { label.removeFirst() }
    return (label, child.value)
  }
}
