import SwiftSyntax

/// Adapts the top-level forms whose meaning in a script is not what a session needs.
///
/// - `import M` is re-exported, so that later cells have it too.
/// - `guard let q = e else …` binds a name that later cells would not see, so a global of that name follows it.
/// - After a variable's declaration a mark says that it has its value.
enum TopLevelRewriting {
  static func openingEdits(
    for syntax: CellSyntax, variableModules: [String: String]
  ) -> [RewrittenSource.Edit] {
    syntax.items.flatMap { item -> [RewrittenSource.Edit] in
      if let node = item.item.as(ImportDeclSyntax.self) {
        return node.isExported ? [] : [.insert("@_exported ", at: node.start)]
      }
      if let node = item.item.as(GuardStmtSyntax.self) { return edits(for: node, variableModules: variableModules) }
      return []
    }
  }

  private static func edits(
    for statement: GuardStmtSyntax, variableModules: [String: String]
  ) -> [RewrittenSource.Edit] {
    statement.optionalBindings.compactMap { binding in
      guard let pattern = binding.pattern.as(IdentifierPatternSyntax.self) else { return nil }
      let name = pattern.identifier.text
      let older = variableModules[name].map { $0 + "::" } ?? ""
      let value = binding.initializer == nil ? " = \(older)\(name)" : ""
      return .replace(pattern.start..<pattern.end, with: hidden(name) + value)
    }
  }

  private static func hidden(_ name: String) -> String { "_martletGuard_" + name }

  static func closingEdits(for syntax: CellSyntax, declarations: [Declaration]) -> [RewrittenSource.Edit] {
    let variables = Set(declarations.filter { $0.kind == .variable || $0.kind == .indirectVariable }.map(\.item))
    var edits: [RewrittenSource.Edit] = []
    for (index, item) in syntax.items.enumerated() where variables.contains(index) {
      var text = ""
      if let statement = item.item.as(GuardStmtSyntax.self) {
        for binding in statement.optionalBindings {
          guard let pattern = binding.pattern.as(IdentifierPatternSyntax.self) else { continue }
          let name = pattern.identifier.text
          text += "; \(binding.bindingSpecifier.text) \(name) = \(hidden(name))"
        }
      }
      if index < syntax.items.count - 1 { text += "; martlet_mark(\(index + 1))" }
      if !text.isEmpty { edits.append(.insert(text, at: item.item.end)) }
    }
    return edits
  }
}

extension ImportDeclSyntax {
  fileprivate var isExported: Bool {
    attributes.contains { $0.as(AttributeSyntax.self)?.attributeName.trimmedDescription == "_exported" }
  }
}
