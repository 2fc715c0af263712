extension PlainTextWriter {
  /// Writes a value by reflection: `Point(x: 1.0, y: 2.0)`, `circle(radius: 3)`, `(1, "a")`, a class by its name.
  mutating func writeStructure(of value: Any) {
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .tuple: writeFields(of: mirror)
    case .struct:
      write(typeName(of: value))
      writeFields(of: mirror)
    case .enum: writeCase(value, mirror)
    case .class, .foreignReference: write(typeName(of: value))
    default: write(String(describing: value))
    }
  }

  /// The type without its module: `Pair<Int>`.
  private func typeName(of value: Any) -> String { String(describing: type(of: value)) }

  private mutating func writeFields(of mirror: Mirror) {
    write("(")
    for (position, field) in mirror.children.enumerated() {
      if isFull { break }
      if position > 0 { write(", ") }
      // Unlabelled members of a tuple are called ".0", ".1", ….
      if let label = field.label, !label.hasPrefix(".") { write("\(label): ") }
      write(field.value, nested: true)
    }
    write(")")
  }

  private mutating func writeCase(_ value: Any, _ mirror: Mirror) {
    guard let payload = mirror.children.first else { return write(String(describing: value)) }
    write(payload.label ?? typeName(of: value))
    if Mirror(reflecting: payload.value).displayStyle == .tuple { return write(payload.value, nested: true) }
    write("(")
    write(payload.value, nested: true)
    write(")")
  }
}
