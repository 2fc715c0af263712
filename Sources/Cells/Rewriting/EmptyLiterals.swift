import SwiftSyntax

/// `var counts: [String: Int] = [:]` becomes `var counts: [String: Int] = .init()`, and `var seen: Set<Int> = []` likewise.
///
/// The two are the same, but the literal goes through an initializer for any number of elements, which the compiler would
/// spend 20 to 30 ms on.
enum EmptyLiterals {
  static func edits(for syntax: CellSyntax) -> [RewrittenSource.Edit] {
    let visitor = BindingVisitor(viewMode: .sourceAccurate)
    visitor.walk(syntax.tree)
    return visitor.edits
  }
}

private final class BindingVisitor: SyntaxVisitor {
  var edits: [RewrittenSource.Edit] = []

  override func visit(_ node: VariableDeclSyntax) -> SyntaxVisitorContinueKind {
    // What an attribute makes of the value is not known, and of indirect variables the value is edited already.
    guard node.attributes.isEmpty, node.indirection == nil else { return .visitChildren }
    for binding in node.bindings {
      guard let type = binding.typeAnnotation?.type, let value = binding.initializer?.value,
        (type.is(DictionaryTypeSyntax.self) && value.isEmptyDictionary) || (type.isSet && value.isEmptyArray)
      else { continue }
      edits.append(.replace(value.start..<value.end, with: ".init()"))
    }
    return .visitChildren
  }
}

extension TypeSyntax {
  fileprivate var isSet: Bool {
    guard let type = self.as(IdentifierTypeSyntax.self) else { return false }
    return type.name.text == "Set" && type.genericArgumentClause != nil
  }
}

extension ExprSyntax {
  fileprivate var isEmptyDictionary: Bool {
    self.as(DictionaryExprSyntax.self).map { $0.content.is(TokenSyntax.self) } ?? false
  }
  fileprivate var isEmptyArray: Bool { self.as(ArrayExprSyntax.self)?.elements.isEmpty ?? false }
}
