import SwiftSyntax

/// Lists what a cell declares, in the order of its text.
struct DeclarationCollector {
  private(set) var declarations: [Declaration] = []

  init(_ syntax: CellSyntax) {
    for (index, item) in syntax.items.enumerated() {
      switch item.item {
      case .decl(let declaration): collect(declaration, item: index)
      case .stmt(let statement):
        if let guardStatement = statement.as(GuardStmtSyntax.self) { collect(guardStatement, item: index) }
      default: break
      }
    }
  }

  private mutating func collect(_ node: DeclSyntax, item: Int) {
    if let function = node.as(FunctionDeclSyntax.self) {
      declarations.append(Self.callable(function, of: nil, item: item))
    } else if let variable = node.as(VariableDeclSyntax.self) {
      collect(variable, item: item)
    } else if let addition = node.as(ExtensionDeclSyntax.self) {
      collect(addition, item: item)
    } else if let named = node.asProtocol(NamedDeclSyntax.self), !node.is(MacroDeclSyntax.self) {
      declarations.append(Declaration(kind: .type, name: named.name.text, item: item, offset: node.start))
    }
  }

  private mutating func collect(_ variable: VariableDeclSyntax, item: Int) {
    for binding in variable.bindings {
      for name in binding.pattern.boundNames {
        declarations.append(
          Declaration(
            kind: variable.indirection == nil ? .variable : .indirectVariable, name: name,
            typeText: binding.typeText, isWeak: variable.isWeak, item: item, offset: variable.start))
      }
    }
  }

  private mutating func collect(_ statement: GuardStmtSyntax, item: Int) {
    for name in statement.boundNames {
      declarations.append(Declaration(kind: .variable, name: name, item: item, offset: statement.start))
    }
  }

  private mutating func collect(_ addition: ExtensionDeclSyntax, item: Int) {
    let owner = addition.ownerName
    for inherited in addition.inheritanceClause?.inheritedTypes ?? [] {
      let conformance = inherited.type.trimmedDescription
      declarations.append(
        Declaration(
          kind: .conformance, name: "\(owner): \(conformance)",
          mentionedTypes: TypeNames.mentioned(in: addition.extendedType).union(TypeNames.mentioned(in: inherited.type)),
          item: item, offset: addition.start))
    }
    for member in addition.memberBlock.members {
      if let function = member.decl.as(FunctionDeclSyntax.self) {
        declarations.append(Self.callable(function, of: owner, item: item))
      } else if let initializer = member.decl.as(InitializerDeclSyntax.self) {
        declarations.append(Self.callable(initializer, of: owner, item: item))
      } else if let entry = member.decl.as(SubscriptDeclSyntax.self) {
        declarations.append(Self.callable(entry, of: owner, item: item))
      } else if let variable = member.decl.as(VariableDeclSyntax.self) {
        declarations += Self.properties(variable, of: owner, item: item)
      } else if let named = member.decl.asProtocol(NamedDeclSyntax.self) {
        declarations.append(
          Declaration(
            kind: .callable, name: "\(owner).\(named.name.text)", signature: named.name.text,
            mentionedTypes: [named.name.text], item: item, offset: member.decl.start))
      }
    }
  }
}

// MARK: - Signatures

extension DeclarationCollector {
  fileprivate static func callable(_ node: FunctionDeclSyntax, of owner: String?, item: Int) -> Declaration {
    let parameters = node.signature.parameterClause
    return Declaration(
      kind: .callable,
      name: qualified(node.name.text + labels(parameters), of: owner, modifiers: node.modifiers),
      signature: normalised(node.genericParameterClause, node.signature, node.genericWhereClause),
      parameters: normalised(node.genericParameterClause, parameters, node.genericWhereClause),
      isGeneric: node.genericParameterClause != nil || TypeNames.isOpaque(Syntax(parameters)),
      isOpaque: node.signature.returnClause.map { TypeNames.isOpaque(Syntax($0)) } ?? false,
      mentionedTypes: TypeNames.mentioned(in: node.signature, node.genericParameterClause, node.genericWhereClause),
      item: item, offset: node.start)
  }

  fileprivate static func callable(_ node: InitializerDeclSyntax, of owner: String, item: Int) -> Declaration {
    let parameters = node.signature.parameterClause
    return Declaration(
      kind: .callable, name: "\(owner).init" + labels(parameters),
      signature: normalised(node.genericParameterClause, node.signature, node.genericWhereClause),
      parameters: normalised(node.genericParameterClause, parameters, node.genericWhereClause),
      isGeneric: node.genericParameterClause != nil,
      mentionedTypes: TypeNames.mentioned(in: node.signature, node.genericParameterClause, node.genericWhereClause),
      item: item, offset: node.start)
  }

  fileprivate static func callable(_ node: SubscriptDeclSyntax, of owner: String, item: Int) -> Declaration {
    Declaration(
      kind: .callable,
      name: qualified("subscript" + labels(node.parameterClause), of: owner, modifiers: node.modifiers),
      signature: normalised(node.genericParameterClause, node.parameterClause, node.returnClause),
      parameters: normalised(node.genericParameterClause, node.parameterClause),
      isGeneric: node.genericParameterClause != nil,
      isOpaque: TypeNames.isOpaque(Syntax(node.returnClause)),
      mentionedTypes: TypeNames.mentioned(in: node.parameterClause, node.returnClause),
      item: item, offset: node.start)
  }

  fileprivate static func properties(_ node: VariableDeclSyntax, of owner: String, item: Int) -> [Declaration] {
    node.bindings.flatMap { binding in
      binding.pattern.boundNames.map { name in
        Declaration(
          kind: .callable, name: qualified(name, of: owner, modifiers: node.modifiers),
          signature: normalised(binding.typeAnnotation),
          isOpaque: binding.typeAnnotation.map { TypeNames.isOpaque(Syntax($0)) } ?? false,
          mentionedTypes: binding.typeAnnotation.map { TypeNames.mentioned(in: $0) } ?? [],
          item: item, offset: node.start)
      }
    }
  }

  private static func qualified(_ name: String, of owner: String?, modifiers: DeclModifierListSyntax) -> String {
    guard let owner else { return name }
    let isStatic = modifiers.contains { [.keyword(.static), .keyword(.class)].contains($0.name.tokenKind) }
    return (isStatic ? "static " : "") + owner + "." + name
  }

  private static func labels(_ clause: FunctionParameterClauseSyntax) -> String {
    "(" + clause.parameters.map { $0.firstName.text + ":" }.joined() + ")"
  }

  /// The tokens of some nodes with single spaces, so that formatting and comments make no difference.
  private static func normalised(_ nodes: (any SyntaxProtocol)?...) -> String {
    nodes.compactMap { $0 }.flatMap { $0.tokens(viewMode: .sourceAccurate).map(\.text) }.joined(separator: " ")
  }
}

extension ExtensionDeclSyntax {
  /// The extended type with its conditions: extensions under other conditions are other owners.
  var ownerName: String {
    let condition = genericWhereClause.map { "[\($0.trimmedDescription)]" } ?? ""
    return extendedType.trimmedDescription + condition
  }
}

extension PatternSyntax {
  /// The names that a pattern gives values to.
  var boundNames: [String] {
    if let identifier = self.as(IdentifierPatternSyntax.self) { return [identifier.identifier.text] }
    if let tuple = self.as(TuplePatternSyntax.self) { return tuple.elements.flatMap(\.pattern.boundNames) }
    return []
  }
}

extension GuardStmtSyntax {
  /// The optional bindings that the code behind the guard sees.
  var boundNames: [String] { optionalBindings.flatMap(\.pattern.boundNames) }

  var optionalBindings: [OptionalBindingConditionSyntax] {
    conditions.compactMap { $0.condition.as(OptionalBindingConditionSyntax.self) }
  }
}

/// The type names in a stretch of syntax.
private final class TypeNames: SyntaxVisitor {
  private var names: Set<String> = []
  private var hasOpaque = false

  override func visit(_ node: IdentifierTypeSyntax) -> SyntaxVisitorContinueKind {
    names.insert(node.name.text)
    return .visitChildren
  }
  override func visit(_ node: SomeOrAnyTypeSyntax) -> SyntaxVisitorContinueKind {
    if node.someOrAnySpecifier.tokenKind == .keyword(.some) { hasOpaque = true }
    return .visitChildren
  }

  static func mentioned(in nodes: (any SyntaxProtocol)?...) -> Set<String> {
    let visitor = TypeNames(viewMode: .sourceAccurate)
    for node in nodes { if let node { visitor.walk(Syntax(node)) } }
    return visitor.names
  }

  static func isOpaque(_ node: Syntax) -> Bool {
    let visitor = TypeNames(viewMode: .sourceAccurate)
    visitor.walk(node)
    return visitor.hasOpaque
  }
}
