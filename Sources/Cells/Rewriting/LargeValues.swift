import SwiftSyntax

// An operator on a text, a collection or a tensor takes as long as that is large. Which values those are is read off the text
// of their declarations; one that is not recognised costs patience at an interrupt, no more.

private let largeTypes: Set<String> = [
  "String", "Substring", "Array", "ArraySlice", "ContiguousArray", "Dictionary", "Set", "Data", "Decimal", "Tensor",
  "Matrix",
  "DataFrame", "Column",
]

extension PatternBindingSyntax {
  /// Whether the type, or else the initial value, is a large one.
  var isLarge: Bool { typeAnnotation?.type.isLarge ?? initializer?.value.isLarge ?? false }
}

extension TypeSyntax {
  var isLarge: Bool {
    if let attributed = self.as(AttributedTypeSyntax.self) { return attributed.baseType.isLarge }
    if let name = self.as(IdentifierTypeSyntax.self)?.name.text { return largeTypes.contains(name) }
    return self.is(ArrayTypeSyntax.self) || self.is(DictionaryTypeSyntax.self)
  }
}

extension ExprSyntax {
  /// Whether it is a literal of a text or a collection.
  fileprivate var isLargeLiteral: Bool {
    self.is(StringLiteralExprSyntax.self) || self.is(ArrayExprSyntax.self) || self.is(DictionaryExprSyntax.self)
  }

  /// Whether it is such a literal, or makes a value of a large type: `String(…)`, `[Int](…)`, `Matrix.zeros(…)`.
  fileprivate var isLarge: Bool {
    if isLargeLiteral { return true }
    guard var called = self.as(FunctionCallExprSyntax.self)?.calledExpression else { return false }
    if let base = called.as(MemberAccessExprSyntax.self)?.base { called = base }
    if let specialized = called.as(GenericSpecializationExprSyntax.self) { called = specialized.expression }
    return called.isLargeLiteral || largeTypes.contains(called.as(DeclReferenceExprSyntax.self)?.baseName.text ?? "")
  }
}

extension SequenceExprSyntax {
  /// Whether an operator may take long: one operand is large. Comparing with a literal ends at the first difference.
  func mayTakeLong(_ variables: StoredVariables) -> Bool {
    let parts = Array(elements)
    return parts.indices.contains { index in
      guard let symbol = parts[index].as(BinaryOperatorExprSyntax.self)?.operator.text,
        !["??", "&&", "||", "...", "..<"].contains(symbol)
      else { return false }
      let comparisons: Set<String> = ["==", "!=", "<", ">", "<=", ">=", "~="]
      return parts[max(0, index - 1)...min(index + 1, parts.count - 1)].contains { operand in
        if let name = operand.as(DeclReferenceExprSyntax.self)?.baseName.text {
          return variables.isLarge(name, at: self)
        }
        return operand.isLargeLiteral && !comparisons.contains(symbol)
      }
    }
  }
}
