extension Candidate {
  /// The candidate as it is offered; `nil` when there is nothing to insert.
  ///
  /// - Parameter isCalled: whether an opening parenthesis follows already.
  func completion(isCalled: Bool) -> Completion? {
    var text = String(Self.beforePlaceholder(insertion))
    if isCalled, kind != .argument, let parenthesis = text.firstIndex(of: "(") { text = String(text[..<parenthesis]) }
    guard !text.isEmpty, text.contains(where: { !$0.isWhitespace && $0 != "(" && $0 != ")" }) else { return nil }
    return Completion(
      text: text, label: description, kind: kind, typeName: typeName, signature: signature, documentation: documentation
    )
  }

  private var signature: String {
    if typeName.isEmpty || kind == .keyword || kind == .module { return description }
    switch kind {
    case .function, .method, .initializer, .operator, .macro: return "\(description) -> \(typeName)"
    case .enumCase: return description.contains("(") ? "\(description) -> \(typeName)" : "\(description): \(typeName)"
    case .property, .variable: return "\(description): \(typeName)"
    default: return description
    }
  }

  /// What can be inserted as it is: Jupyter and terminals know no placeholders, so a call ends where its first argument is to be typed.
  private static func beforePlaceholder(_ insertion: String) -> Substring {
    var end = insertion.startIndex
    while end < insertion.endIndex {
      if insertion[end...].hasPrefix("<#") { return insertion[..<end] }
      end = insertion.index(after: end)
    }
    return insertion[...]
  }
}
