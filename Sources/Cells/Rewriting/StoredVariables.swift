import SwiftSyntax

/// What the text of declarations tells of variables: which are nothing but stored, without accessors, observers or wrappers,
/// so that reading one does nothing else and only an assignment changes it; and which are large.
struct StoredVariables: Sendable {
  enum Kind: Sendable { case constant, variable }

  fileprivate struct Variable {
    /// `nil` where it is not only stored.
    var kind: Kind?
    var isLarge = false
  }

  /// Those at the top level of the cells added.
  private var globals: [String: Variable] = [:]

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
        globals.merge(declaration.variables) { $1 }
      }
    }
  }

  /// What a name stands for at some place; `nil` where that is something else, or not known.
  func kind(of name: String, at place: some SyntaxProtocol) -> Kind? { variable(name, at: place)?.kind }

  /// Whether a name stands for a text, a collection or a tensor at some place, as far as its declaration says so.
  func isLarge(_ name: String, at place: some SyntaxProtocol) -> Bool { variable(name, at: place)?.isLarge ?? false }

  private func variable(_ name: String, at place: some SyntaxProtocol) -> Variable? {
    for node in sequence(first: Syntax(place), next: \.parent) {
      if let statements = node.as(CodeBlockItemListSyntax.self), node.parent?.is(SourceFileSyntax.self) == false {
        for statement in statements where statement.position < place.position {
          guard let declaration = statement.item.as(VariableDeclSyntax.self) else { continue }
          if let variable = declaration.variables[name] { return variable }
        }
      }
      if let function = node.as(FunctionDeclSyntax.self) {
        for parameter in function.signature.parameterClause.parameters
        where (parameter.secondName ?? parameter.firstName).text == name {
          let isPlain = !parameter.type.is(AttributedTypeSyntax.self) && parameter.attributes.isEmpty
          return Variable(kind: isPlain ? .constant : nil, isLarge: parameter.type.isLarge)
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

  fileprivate var variables: [String: StoredVariables.Variable] {
    let isStored = isPlain && indirection == nil
    let kind: StoredVariables.Kind = bindingSpecifier.tokenKind == .keyword(.let) ? .constant : .variable
    return bindings.reduce(into: [:]) { variables, binding in
      let isLarge = binding.pattern.is(IdentifierPatternSyntax.self) && binding.isLarge
      let variable = StoredVariables.Variable(
        kind: isStored && binding.accessorBlock == nil ? kind : nil, isLarge: isLarge)
      for name in binding.pattern.boundNames { variables[name] = variable }
    }
  }
}
