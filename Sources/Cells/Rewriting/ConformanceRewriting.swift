import SwiftSyntax

/// Lets an extension that conforms a type to a protocol be run again.
///
/// Swift allows a conformance once in a program. So the members of such an extension, when type and protocol come from
/// elsewhere, are `dynamic`; a new run states no conformance but replaces the members of the first: existing values and
/// earlier cells then use the new ones. Extensions of types of their own cell need nothing of this, since a new run
/// makes a new type.
enum ConformanceRewriting {
  static func edits(
    for syntax: CellSyntax, context: CellRewriter.Context
  ) -> [RewrittenSource.Edit] {
    let ownTypes = syntax.ownTypes
    return syntax.items.flatMap { item -> [RewrittenSource.Edit] in
      guard let node = item.item.as(ExtensionDeclSyntax.self), let clause = node.inheritanceClause,
        !ownTypes.contains(node.extendedType.trimmedDescription)
      else { return [] }
      let standing = clause.inheritedTypes.filter { context.standingConformances[node.conformanceName($0)] != nil }
      if standing.isEmpty {
        return node.memberBlock.members.compactMap(\.replaceable).map { .insert("dynamic ", at: $0.modifierOffset) }
      }
      return replacementEdits(node, clause, context: context)
    }
  }

  private static func replacementEdits(
    _ node: ExtensionDeclSyntax, _ clause: InheritanceClauseSyntax, context: CellRewriter.Context
  ) -> [RewrittenSource.Edit] {
    let new = clause.inheritedTypes.filter { context.standingConformances[node.conformanceName($0)] == nil }
    let known = context.standingConformances.values.reduce(into: Set()) { $0.formUnion($1) }
    let kept = new.map { $0.type.trimmedDescription }.joined(separator: ", ")
    var edits: [RewrittenSource.Edit] = [
      .replace(clause.start..<clause.end, with: kept.isEmpty ? "" : ": \(kept)")
    ]
    for member in node.memberBlock.members.compactMap(\.replaceable) where known.contains(member.name) {
      edits.append(.insert("@_dynamicReplacement(for: \(member.name)) ", at: member.start))
      edits.append(.insert("_martletReplacement_", at: member.nameOffset))
    }
    return edits
  }
}

/// A member that can be replaced at run time.
struct ReplaceableMember {
  /// As a replacement refers to it: `area(scale:)`, `description`.
  var name: String
  var start: Int
  /// Where its modifiers start, behind the attributes.
  var modifierOffset: Int
  var nameOffset: Int
}

extension MemberBlockItemSyntax {
  /// The member, when it is a function or a computed property with a plain result.
  var replaceable: ReplaceableMember? {
    if let function = decl.as(FunctionDeclSyntax.self), case .identifier = function.name.tokenKind {
      if function.signature.returnClause?.type.is(SomeOrAnyTypeSyntax.self) == true { return nil }
      let labels = function.signature.parameterClause.parameters.map { $0.firstName.text + ":" }.joined()
      return ReplaceableMember(
        name: "\(function.name.text)(\(labels))", start: function.start,
        modifierOffset: (function.modifiers.first?.start ?? function.funcKeyword.start),
        nameOffset: function.name.start)
    }
    if let variable = decl.as(VariableDeclSyntax.self), let binding = variable.bindings.first,
      variable.bindings.count == 1, binding.accessorBlock != nil, binding.initializer == nil,
      let pattern = binding.pattern.as(IdentifierPatternSyntax.self),
      binding.typeAnnotation?.type.is(SomeOrAnyTypeSyntax.self) != true
    {
      return ReplaceableMember(
        name: pattern.identifier.text, start: variable.start,
        modifierOffset: variable.modifiers.first?.start ?? variable.bindingSpecifier.start, nameOffset: pattern.start)
    }
    return nil
  }
}

extension ExtensionDeclSyntax {
  /// The name under which a conformance is declared, as ``DeclarationCollector`` gives it.
  fileprivate func conformanceName(_ inherited: InheritedTypeSyntax) -> String {
    "\(ownerName): \(inherited.type.trimmedDescription)"
  }

  /// The names of the members that a later run can replace.
  var replaceableNames: Set<String> { Set(memberBlock.members.compactMap(\.replaceable).map(\.name)) }
}
