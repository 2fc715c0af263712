import SwiftSyntax

/// A variable that the next cell would see.
package struct CellVariable: Sendable, Hashable {
  package var name: String
  /// The cell that declares it, by the number in its module's name.
  package var sequence: Int
  /// The number by which messages call that cell.
  package var number: Int
  /// The type, where the text of the declaration has it.
  package var typeText: String?
  /// Whether it does not keep its value alive: its memory is no plain reference.
  package var isWeak: Bool
}

extension CellSurroundings {
  /// The newest version of every variable that has a value.
  package var variables: [CellVariable] {
    state.ledger.variables.compactMap { name, sequence in
      guard let number = number(ofSequence: sequence) else { return nil }
      let declaration = state.ledger.variableDeclarations[name]
      return CellVariable(
        name: name.filter { $0 != "`" }, sequence: sequence, number: number, typeText: declaration?.typeText,
        isWeak: declaration?.isWeak ?? false)
    }
  }
}

extension PatternBindingSyntax {
  /// The type, where it stands in the declaration: `let a: Text = …`, `let a = Text(…)`, `let a = Text.self`.
  var typeText: String? {
    if let annotation = typeAnnotation { return annotation.type.trimmedDescription }
    guard let value = initializer?.value else { return nil }
    if let call = value.as(FunctionCallExprSyntax.self) { return call.calledExpression.typeName }
    if let member = value.as(MemberAccessExprSyntax.self), let type = member.base?.typeName {
      return member.declName.baseName.tokenKind == .keyword(.self) ? type + ".Type" : type
    }
    return nil
  }
}

extension ExprSyntax {
  /// The expression's text where it looks like a type's name, which by convention begins with a capital.
  fileprivate var typeName: String? {
    let text = trimmedDescription
    return text.first?.isUppercase == true && !text.contains("(") ? text : nil
  }
}

extension VariableDeclSyntax {
  var isWeak: Bool { modifiers.contains { [.keyword(.weak), .keyword(.unowned)].contains($0.name.tokenKind) } }
}
