import SwiftSyntax

/// The names in a cell's text: by them the chain finds which earlier cells a cell may use.
struct CellNames: Sendable {
  /// Every identifier and operator that may stand for a declaration at the top level of an earlier cell.
  private(set) var mentioned: Set<String> = []
  /// Every identifier and operator of the text, the names of members included.
  private(set) var words: Set<String> = []
  /// Whether the cell declares a type that inherits or conforms: what it gets by that, it need not name.
  private(set) var inherits = false
  /// The modules that the cell imports, submodules and scopes included: `Foundation`, `Foundation.Date`.
  private(set) var imported: Set<String> = []
  /// Whether the cell adds members to types by extensions: those can be used without their names, as subscripts are.
  let hasExtensions: Bool

  init(_ syntax: CellSyntax) {
    for token in syntax.tree.tokens(viewMode: .sourceAccurate) {
      let names: [String]
      switch token.tokenKind {
      case .identifier(let text), .dollarIdentifier(let text): names = text.namesMeant
      case .binaryOperator(let text), .prefixOperator(let text), .postfixOperator(let text): names = [text]
      default: continue
      }
      words.formUnion(names)
      if token.mayNameTopLevelDeclaration { mentioned.formUnion(names) }
    }
    inherits = syntax.tree.tokens(viewMode: .sourceAccurate).contains {
      $0.parent?.is(InheritanceClauseSyntax.self) ?? false
    }
    hasExtensions = syntax.items.contains { $0.item.is(ExtensionDeclSyntax.self) }
    for item in syntax.items {
      guard let library = item.item.as(ImportDeclSyntax.self) else { continue }
      imported.insert(library.path.trimmedDescription)
    }
  }
}

extension TokenSyntax {
  /// False for what is a member, a label or a parameter's name: an earlier cell's top level has none of these.
  fileprivate var mayNameTopLevelDeclaration: Bool {
    if previousToken(viewMode: .sourceAccurate)?.tokenKind == .period { return false }
    return parent.map { !$0.labels.contains { $0?.id == id } } ?? true
  }
}

extension Syntax {
  /// The names that the node itself gives to arguments, parameters and parts of tuples.
  fileprivate var labels: [TokenSyntax?] {
    switch self.as(SyntaxEnum.self) {
    case .labeledExpr(let argument): [argument.label]
    case .functionParameter(let parameter): [parameter.firstName, parameter.secondName]
    case .enumCaseParameter(let parameter): [parameter.firstName, parameter.secondName]
    case .tupleTypeElement(let part): [part.firstName, part.secondName]
    case .tuplePatternElement(let part): [part.label]
    case .declNameArgument(let argument): [argument.name]
    default: []
    }
  }
}

extension String {
  /// The names that an identifier may stand for: `x` for `` `x` ``, and the wrapped variable `x` for `$x` and `_x`.
  fileprivate var namesMeant: [String] {
    if hasPrefix("`"), hasSuffix("`"), count > 2 { return [String(dropFirst().dropLast())] }
    if hasPrefix("$") { return [String(dropFirst())] }
    if hasPrefix("_"), count > 1 { return [self, String(dropFirst())] }
    return [self]
  }
}
