/// How types are shown.
enum TypeName {
  /// A type as SourceKit names it, without what only compilers need.
  static func shown(_ name: String) -> String {
    let plain = name.hasPrefix("@lvalue ") ? String(name.dropFirst("@lvalue ".count)) : name
    return GeneratedNames.removingCells(from: plain)
  }

  /// The type by which a declaration is used: a method's without the value that it belongs to, a type's own without `.Type`.
  static func used(_ name: String, kind: Completion.Kind, isMember: Bool) -> String {
    let name = shown(name)
    switch kind {
    case .struct, .class, .enum, .protocol, .type:
      return name.hasSuffix(".Type") ? String(name.dropLast(".Type".count)) : name
    case .method, .initializer, .enumCase, .operator:
      return isMember ? withoutFirstParameters(name) : name
    default: return name
    }
  }

  /// `(Point) -> Double` for `(Color) -> (Point) -> Double`.
  private static func withoutFirstParameters(_ name: String) -> String {
    var depth = 0
    var start = name.startIndex
    if name.hasPrefix("<"), let end = name.range(of: "> ") { start = end.upperBound }
    guard name[start...].hasPrefix("(") else { return name }
    for index in name[start...].indices {
      if name[index] == "(" { depth += 1 }
      if name[index] == ")" { depth -= 1 }
      guard depth == 0 else { continue }
      let rest = name[name.index(after: index)...]
      guard rest.hasPrefix(" -> ") else { return name }
      return String(name[..<start] + rest.dropFirst(" -> ".count))
    }
    return name
  }
}
