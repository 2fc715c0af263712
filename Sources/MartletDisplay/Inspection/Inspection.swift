/// Looks at values for lists of variables.
enum Inspection {
  /// How long the text of a value may be where the value is looked at alone.
  static let displayLimit = 100_000

  static func describe(_ value: Any, as type: Any.Type) -> _InspectedValue {
    if let indirect = value as? any IndirectVariable {
      guard let existing = indirect.existingValue else {
        return _InspectedValue(typeName: TypeName.of(type), text: indirect.absence)
      }
      return describe(existing, as: Swift.type(of: indirect).valueType)
    }
    let extent = Extent(of: value)
    return _InspectedValue(
      typeName: TypeName.of(type), text: InspectedText.of(value), shape: extent.shape, byteCount: extent.byteCount,
      childCount: InspectedChildren(of: value).count)
  }

  /// Some of the parts of the part at a path.
  static func children(of value: Any, path: [Int], range: Range<Int>) -> [_InspectedChild] {
    guard let value = part(of: value, at: path) else { return [] }
    let children = InspectedChildren(of: value)
    return range.clamped(to: 0..<children.count).compactMap { place in
      children[place].map {
        _InspectedChild(label: $0.label, value: describe($0.value, as: Swift.type(of: $0.value)))
      }
    }
  }

  /// The part at a path in every format that it has.
  static func display(_ value: Any, path: [Int]) -> DisplayBundle {
    guard let value = part(of: value, at: path) else { return [.plainText: "(no longer there)"] }
    if let absent = value as? any IndirectVariable { return [.plainText: .text(absent.absence)] }
    if value is any RichDisplayable { return DisplayBundle(describing: value) }
    return [.plainText: .text(plainText(of: value, limit: displayLimit))]
  }

  private static func part(of value: Any, at path: [Int]) -> Any? {
    var value = existing(value)
    for step in path {
      guard let child = InspectedChildren(of: value)[step] else { return nil }
      value = existing(child.value)
    }
    return value
  }

  private static func existing(_ value: Any) -> Any { (value as? any IndirectVariable)?.existingValue ?? value }
}
