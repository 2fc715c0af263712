/// The words that have a colour of their own, as *The Swift Programming Language* lists them.
enum SwiftKeywords {
  static let all: Set<String> = Set(
    """
    actor any as associatedtype async await borrowing break case catch class consume consuming continue convenience copy
    default defer deinit didSet distributed do dynamic each else enum extension fallthrough false fileprivate final for
    func get guard if import in indirect infix init inout internal is isolated lazy let macro mutating nil nonisolated
    nonmutating open operator optional override package postfix precedencegroup prefix private protocol public repeat
    required rethrows return self Self sending set some static struct subscript super switch throw throws true try
    typealias unowned var weak where while willSet yield
    """.split(whereSeparator: \.isWhitespace).map(String.init))
}
