/// SourceKit's declarations, which come as XML.
enum AnnotatedDeclaration {
  /// The declaration in plain Swift: elements removed, entities replaced, names of cells' modules gone.
  static func plain(_ annotated: String) -> String {
    var result = ""
    var rest = annotated[...]
    while let next = rest.firstIndex(where: { $0 == "<" || $0 == "&" }) {
      result += rest[..<next]
      let isElement = rest[next] == "<"
      guard let end = rest[next...].firstIndex(of: isElement ? ">" : ";") else {
        rest = rest[next...]
        break
      }
      if !isElement { result += entities[String(rest[rest.index(after: next)..<end])] ?? String(rest[next...end]) }
      rest = rest[rest.index(after: end)...]
    }
    return GeneratedNames.removingCells(from: withoutInternals(result + rest))
  }

  /// A declaration without what only says how a library is built: `@inlinable`, `@frozen`, protocols with an underscore.
  private static func withoutInternals(_ declaration: String) -> String {
    var words: [Substring] = []
    for word in declaration.split(separator: " ", omittingEmptySubsequences: false) {
      if word.hasPrefix("@_") || buildAttributes.contains(word) { continue }
      if word.hasPrefix("_"), word.hasSuffix(","), words.count > 1 { continue }
      words.append(word)
    }
    if let last = words.last, last.hasPrefix("_"), words.count > 2, let comma = words.dropLast().last,
      comma.hasSuffix(",")
    {
      words.removeLast(2)
      words.append(comma.dropLast())
    }
    return words.joined(separator: " ")
  }

  private static let buildAttributes: Set<Substring> = [
    "@frozen", "@inlinable", "@usableFromInline", "@inline(__always)", "@inline(never)", "@backDeployed",
  ]

  private static let entities = ["lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'"]
}
