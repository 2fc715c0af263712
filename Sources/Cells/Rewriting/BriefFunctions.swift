import SwiftSyntax

/// The functions that cells declare and that take no long time: without polls in them, and calling nothing else than their
/// like. A loop that calls them can be cut into stretches, so that it runs at full speed where they are inlined.
///
/// They are known by name: one that takes long makes all of its name count as long.
struct BriefFunctions: Sendable {
  private(set) var names: Set<String> = []
  private var longNames: Set<String> = []

  init() {}

  /// The part that bears on code of some words.
  func limited(to words: Set<String>) -> BriefFunctions {
    var part = BriefFunctions()
    part.names = words.intersection(names)
    part.longNames = words.intersection(longNames)
    return part
  }

  /// Adds the functions, initialisers and cases of a cell that comes after those added before.
  mutating func add(_ syntax: CellSyntax) {
    let visitor = FunctionVisitor(viewMode: .sourceAccurate)
    visitor.walk(syntax.tree)
    let declared = Set(visitor.functions.keys)
    names.subtract(declared)
    // A function is brief once all that it calls is. Those that call each other in a circle never are.
    var waiting = visitor.functions.filter { !longNames.contains($0.key) && !$0.value.isLong }
    while true {
      let found = Set(waiting.filter { names.isSuperset(of: $0.value.calls) }.keys)
      if found.isEmpty { break }
      names.formUnion(found)
      waiting = waiting.filter { !found.contains($0.key) }
    }
    longNames.formUnion(declared.subtracting(names))
  }

  /// Collects what the functions of each name call, together.
  private final class FunctionVisitor: SyntaxVisitor {
    var functions: [String: CodeContents] = [:]

    private func add(_ name: String, _ code: (some SyntaxProtocol)?) {
      let contents = code.map { CodeContents(of: $0) } ?? CodeContents(of: TokenSyntax.endOfFileToken())
      functions[name, default: contents].formUnion(contents)
    }

    override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind {
      // A requirement of a protocol says nothing of what fulfils it.
      if let body = node.body { add(node.name.text, body) }
      return .visitChildren
    }
    override func visit(_ node: InitializerDeclSyntax) -> SyntaxVisitorContinueKind {
      if let type = node.enclosingTypeName { add(type, node.body) }
      return .visitChildren
    }
    override func visit(_ node: EnumCaseElementSyntax) -> SyntaxVisitorContinueKind {
      add(node.name.text, node.parameterClause)
      return .visitChildren
    }
    override func visit(_ node: StructDeclSyntax) -> SyntaxVisitorContinueKind { type(node.name, node.memberBlock) }
    override func visit(_ node: ClassDeclSyntax) -> SyntaxVisitorContinueKind { type(node.name, node.memberBlock) }

    /// Making a value runs the initial values of its properties.
    private func type(_ name: TokenSyntax, _ members: MemberBlockSyntax) -> SyntaxVisitorContinueKind {
      add(name.text, TokenSyntax?.none)
      for member in members.members {
        guard let variable = member.decl.as(VariableDeclSyntax.self) else { continue }
        for binding in variable.bindings { if let value = binding.initializer { add(name.text, value) } }
      }
      return .visitChildren
    }
  }
}

extension InitializerDeclSyntax {
  fileprivate var enclosingTypeName: String? {
    for node in sequence(first: Syntax(self), next: \.parent) {
      if let type = node.asProtocol(DeclGroupSyntax.self) as? any NamedDeclSyntax { return type.name.text }
      if let type = node.as(ExtensionDeclSyntax.self) { return type.extendedType.trimmedDescription }
    }
    return nil
  }
}
