import SwiftSyntax

/// `for x in xs` becomes `for x in _martletEach(xs)`, which for an array, its elements with their places, pairs of two arrays and a
/// range of numbers is an iterator that the compiler has little to read of, and the sequence itself for anything else.
///
/// A call may mean several things, of which the language chooses by what the loop asks for; `_martletEach` could be asking for another.
/// So it is put around names and members, ranges, and calls that give one thing only.
struct LoopSequences {
  /// The places of other edits.
  let occupied: [Int]

  func edits(for node: ForStmtSyntax) -> [RewrittenSource.Edit] {
    let sequence = node.sequence
    guard node.awaitKeyword == nil, node.tryKeyword == nil, node.typeAnnotation == nil,
      sequence.isPlainSequence || node.isOverRange,
      !occupied.contains(where: { sequence.start <= $0 && $0 <= sequence.end })
    else { return [] }
    return [.insert("_martletEach(", at: sequence.start), .insert(")", at: sequence.end)]
  }
}

extension ExprSyntax {
  fileprivate var isPlainSequence: Bool {
    if let reference = self.as(DeclReferenceExprSyntax.self) { return reference.argumentNames == nil }
    if let access = self.as(MemberAccessExprSyntax.self) {
      return access.declName.argumentNames == nil && access.base?.isPlainSequence ?? false
    }
    return self.as(FunctionCallExprSyntax.self)?.givesOneThing ?? false
  }
}

extension FunctionCallExprSyntax {
  /// Whether the call's name has one result, whatever the arguments are: an array, or a view of what it is called for.
  fileprivate var givesOneThing: Bool {
    guard trailingClosure == nil, additionalTrailingClosures.isEmpty else { return false }
    if let reference = calledExpression.as(DeclReferenceExprSyntax.self) { return reference.baseName.text == "zip" }
    guard let access = calledExpression.as(MemberAccessExprSyntax.self), access.base != nil else { return false }
    return ["sorted", "shuffled", "enumerated"].contains(access.declName.baseName.text)
  }
}
