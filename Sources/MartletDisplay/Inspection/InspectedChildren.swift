/// The parts of a value by number, with their names: what is behind the triangle in a list of variables.
///
/// An optional has the parts of its value; an object those of its superclasses first.
struct InspectedChildren {
  /// The children of a class's or another type's own level.
  private struct Level {
    let mirror: Mirror
    /// How many children are left out at the front: every actor begins with one that is nobody's property.
    let hidden: Int
    let count: Int

    init(_ mirror: Mirror) {
      self.mirror = mirror
      hidden = mirror.displayStyle == .class && mirror.children.first?.label == "$defaultActor" ? 1 : 0
      count = mirror.children.count - hidden
    }
  }

  private let levels: [Level]

  init(of value: Any) {
    var mirror = Mirror(reflecting: value)
    while mirror.displayStyle == .optional, let wrapped = mirror.children.first {
      mirror = Mirror(reflecting: wrapped.value)
    }
    var levels = [Level(mirror)]
    while mirror.displayStyle == .class, let superclass = mirror.superclassMirror {
      levels.insert(Level(superclass), at: 0)
      mirror = superclass
    }
    self.levels = levels
  }

  /// - Complexity: O(1) for arrays, sets and dictionaries.
  var count: Int { levels.reduce(0) { $0 + $1.count } }

  /// The part of a number; `nil` when there are fewer.
  ///
  /// - Complexity: O(1) for arrays, O(`place`) for sets and dictionaries.
  subscript(place: Int) -> (label: String, value: Any)? {
    var rest = place
    for level in levels {
      if rest < level.count {
        let children = level.mirror.children
        let index = children.index(children.startIndex, offsetBy: rest + level.hidden)
        return named(children[index], at: rest, level.mirror)
      }
      rest -= level.count
    }
    return nil
  }

  private func named(_ child: Mirror.Child, at place: Int, _ mirror: Mirror) -> (label: String, value: Any) {
    if mirror.displayStyle == .dictionary {
      let entry = Array(Mirror(reflecting: child.value).children.prefix(2))
      if entry.count == 2 { return ("[\(InspectedText.of(entry[0].value, limit: 60))]", entry[1].value) }
    }
    guard var label = child.label else { return ("[\(place)]", child.value) }
    // Members of tuples without a name are called ".0", ".1", ….
    if label.first == "." { label.removeFirst() }
    return (label, child.value)
  }
}
