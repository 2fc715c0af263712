import SwiftSyntax

/// Which of a cell's functions call themselves, at once or by way of others.
///
/// Goes by names, so a method that calls another type's method of the same name counts too.
struct RecursiveFunctions {
  private let names: Set<String>

  init(in syntax: CellSyntax) {
    let visitor = CallGraphVisitor(viewMode: .sourceAccurate)
    visitor.walk(syntax.tree)
    let calls = visitor.calls
    names = Set(calls.keys.filter { Self.reachable(from: $0, calls).contains($0) })
  }

  func contains(_ name: String) -> Bool { names.contains(name) }

  private static func reachable(from name: String, _ calls: [String: Set<String>]) -> Set<String> {
    var found: Set<String> = []
    var pending = Array(calls[name] ?? [])
    while let next = pending.popLast() {
      if found.insert(next).inserted { pending += calls[next] ?? [] }
    }
    return found
  }
}

/// What each function of a cell calls, by names.
private final class CallGraphVisitor: SyntaxVisitor {
  private(set) var calls: [String: Set<String>] = [:]
  /// The functions around the place that is visited.
  private var around: [String] = []

  override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind {
    around.append(node.name.text)
    calls[node.name.text, default: []] = calls[node.name.text, default: []]
    return .visitChildren
  }

  override func visitPost(_ node: FunctionDeclSyntax) { around.removeLast() }

  override func visit(_ node: FunctionCallExprSyntax) -> SyntaxVisitorContinueKind {
    if let name = node.calledName {
      for caller in around { calls[caller, default: []].insert(name) }
    }
    return .visitChildren
  }
}
