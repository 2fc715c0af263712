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
    return GeneratedNames.removingCells(from: result + rest)
  }

  private static let entities = ["lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'"]
}
