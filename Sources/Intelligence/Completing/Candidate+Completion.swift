extension Candidate {
  /// The candidate as it is offered; `nil` when there is nothing to insert.
  ///
  /// - Parameter isCalled: whether an opening parenthesis follows already.
  func completion(isCalled: Bool) -> Completion? {
    let keys = value.sourceKit.keys
    guard let description = value[keys.description]?.string else { return nil }
    var text = String(Self.beforePlaceholder(value[keys.insertion]?.string ?? description))
    if isCalled, kind != .argument, let parenthesis = text.firstIndex(of: "(") { text = String(text[..<parenthesis]) }
    guard text.contains(where: { !$0.isWhitespace && $0 != "(" && $0 != ")" }) else { return nil }
    let label = withPlainParameters(GeneratedNames.removingCells(from: description))
    let typeName = TypeName.shown(value[keys.typeName]?.string ?? "")
    return Completion(
      text: text, label: label, kind: kind, typeName: typeName, signature: signature(label, typeName),
      documentation: value[keys.documentation]?.string ?? "")
  }

  /// A description such as `append(newElement: Int)` as the call is written, `append(_ newElement: Int)`: SourceKit leaves out that a
  /// parameter has no label, which only the name tells, `append(:)`.
  private func withPlainParameters(_ description: String) -> String {
    guard let name = value[value.sourceKit.keys.name]?.string, let opening = name.firstIndex(of: "("),
      let start = description.firstIndex(of: "("), description[..<start] == name[..<opening]
    else { return description }
    let labels = name[opening...].dropFirst().split(separator: ":", omittingEmptySubsequences: false).dropLast()
    var (result, rest, depth, count) = (String(description[...start]), description[start...].dropFirst(), 1, 0)
    var isAtParameter = true
    while let character = rest.first {
      if isAtParameter, depth == 1 {
        let hasName = rest.firstIndex { !$0.isLetter && !$0.isNumber && $0 != "_" }.map { rest[$0] == ":" } ?? false
        if hasName, count < labels.count, labels[labels.startIndex + count].isEmpty { result += "_ " }
        count += 1
        isAtParameter = false
      }
      if "([<{".contains(character) { depth += 1 } else if ")]}".contains(character) { depth -= 1 }
      if character == ">", !result.hasSuffix("-") { depth -= 1 }
      result.append(rest.removeFirst())
      if depth == 1, result.hasSuffix(", ") { isAtParameter = true }
    }
    return result
  }

  private func signature(_ label: String, _ typeName: String) -> String {
    if typeName.isEmpty { return label }
    switch kind {
    case .function, .method, .initializer, .operator, .macro: return "\(label) -> \(typeName)"
    case .enumCase: return label.contains("(") ? "\(label) -> \(typeName)" : "\(label): \(typeName)"
    case .property, .variable: return "\(label): \(typeName)"
    default: return label
    }
  }

  /// What can be inserted as it is: Jupyter and terminals know no placeholders, so a call ends where its first argument is
  /// to be typed.
  private static func beforePlaceholder(_ insertion: String) -> Substring {
    insertion.firstRange(of: "<#").map { insertion[..<$0.lowerBound] } ?? insertion[...]
  }
}
