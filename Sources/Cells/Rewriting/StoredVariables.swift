import SwiftSyntax

/// The variables that are nothing but stored: without accessors, observers or wrappers, so that reading one does nothing
/// else and only an assignment changes it.
struct StoredVariables: Sendable {
  enum Kind: Sendable { case constant, variable }

  /// Those at the top level of the cells added.
  private var globals: [String: Kind] = [:]

  /// The part that bears on code of some words.
  func limited(to words: Set<String>) -> StoredVariables {
    var part = StoredVariables()
    for word in words { part.globals[word] = globals[word] }
    return part
  }

  /// Adds the variables of a cell that comes after those added before.
  mutating func add(_ syntax: CellSyntax) {
    for item in syntax.items {
      if let declaration = item.item.as(VariableDeclSyntax.self) {
        globals.merge(declaration.stored) { $1 }
        for name in declaration.computedNames { globals[name] = nil }
      }
    }
  }

  /// What a name stands for at some place; `nil` where that is something else, or not known.
  func kind(of name: String, at place: some SyntaxProtocol) -> Kind? {
    for node in sequence(first: Syntax(place), next: \.parent) {
      if let statements = node.as(CodeBlockItemListSyntax.self), node.parent?.is(SourceFileSyntax.self) == false {
        for statement in statements where statement.position < place.position {
          guard let declaration = statement.item.as(VariableDeclSyntax.self) else { continue }
          if let kind = declaration.stored[name] { return kind }
          if declaration.computedNames.contains(name) { return nil }
        }
      }
      if let function = node.as(FunctionDeclSyntax.self) {
        for parameter in function.signature.parameterClause.parameters
        where (parameter.secondName ?? parameter.firstName).text == name {
          return parameter.type.is(AttributedTypeSyntax.self) || !parameter.attributes.isEmpty ? nil : .constant
        }
      }
      // A closure's parameters, what a statement binds, a type's properties: not told apart here.
      if node.is(MemberBlockSyntax.self) || node.binds(name) { return nil }
    }
    return globals[name]
  }
}

extension Syntax {
  /// Whether a closure or a statement gives a name a meaning of its own.
  fileprivate func binds(_ name: String) -> Bool {
    if let closure = self.as(ClosureExprSyntax.self) { return closure.signature?.mentions(name) ?? false }
    if let loop = self.as(ForStmtSyntax.self) { return loop.pattern.mentions(name) }
    if let choice = self.as(IfExprSyntax.self) { return choice.conditions.bind(name) }
    if let loop = self.as(WhileStmtSyntax.self) { return loop.conditions.bind(name) }
    if let branch = self.as(SwitchCaseSyntax.self) { return branch.label.mentions(name) }
    if let branch = self.as(CatchClauseSyntax.self) { return branch.catchItems.mentions(name) }
    if let list = self.as(CodeBlockItemListSyntax.self) {
      return list.contains { $0.item.as(GuardStmtSyntax.self)?.conditions.bind(name) ?? false }
    }
    return false
  }
}

extension ConditionElementListSyntax {
  fileprivate func bind(_ name: String) -> Bool {
    contains { !$0.condition.is(ExprSyntax.self) && $0.mentions(name) }
  }
}

extension SyntaxProtocol {
  fileprivate func mentions(_ name: String) -> Bool { tokens(viewMode: .sourceAccurate).contains { $0.text == name } }
}

extension VariableDeclSyntax {
  private var isPlain: Bool { attributes.isEmpty && !modifiers.contains { $0.name.tokenKind == .keyword(.lazy) } }

  fileprivate var stored: [String: StoredVariables.Kind] {
    if !isPlain || indirection != nil { return [:] }
    let kind: StoredVariables.Kind = bindingSpecifier.tokenKind == .keyword(.let) ? .constant : .variable
    let names = bindings.filter { $0.accessorBlock == nil }.flatMap(\.pattern.boundNames)
    return Dictionary(names.map { ($0, kind) }) { $1 }
  }

  fileprivate var computedNames: [String] {
    let stored = stored
    return bindings.flatMap(\.pattern.boundNames).filter { stored[$0] == nil }
  }
}
