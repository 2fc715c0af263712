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
    let label = GeneratedNames.removingCells(from: description)
    let typeName = TypeName.shown(value[keys.typeName]?.string ?? "")
    return Completion(
      text: text, label: label, kind: kind, typeName: typeName, signature: signature(label, typeName),
      documentation: value[keys.documentation]?.string ?? "")
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
