import SwiftSyntax

extension JoinedCell {
  /// The compiler's messages, with the reason where an extension's initializer sets properties of another cell's struct: the
  /// compiler only says that it does not do what initializers of other modules' structs must.
  func explainingForeignInitializers(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    var result = diagnostics
    let own = Set(declarations.filter { $0.kind == .type }.map(\.name))
    let explained = result.firstIndex { diagnostic in
      guard diagnostic.message.contains("or assignment to 'self'"), let offset = diagnostic.offset else { return false }
      return extended(at: offset).map { !own.contains($0) } ?? false
    }
    guard let explained, let name = result[explained].offset.flatMap(extended(at:)) else { return diagnostics }
    result[explained].notes.append(
      Diagnostic(
        severity: .note,
        message: "'\(name)' is declared in another cell: there an initializer may set the properties one by one; "
          + "here it calls 'self.init(…)' or sets 'self = …'"))
    return result
  }

  /// The type that an extension around a place extends.
  private func extended(at offset: Int) -> String? {
    var node = syntax.tree.token(at: AbsolutePosition(utf8Offset: offset)).map(Syntax.init)
    while let current = node {
      if let found = current.as(ExtensionDeclSyntax.self) { return found.extendedType.trimmedDescription }
      node = current.parent
    }
    return nil
  }
}
