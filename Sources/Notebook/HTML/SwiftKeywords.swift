/// The words that have a colour of their own, as *The Swift Programming Language* lists them.
enum SwiftKeywords {
  /// Those that are names as well: they are keywords where a name or, for accessors, a brace follows.
  static let contextual: Set<String> = words(
    """
    actor any await borrowing consume consuming convenience copy didSet distributed dynamic each final get indirect infix
    isolated lazy macro mutating nonisolated nonmutating open optional override package postfix prefix required sending set
    some unowned weak willSet yield
    """)

  static let all: Set<String> = words(
    """
    actor any as associatedtype async await borrowing break case catch class consume consuming continue convenience copy
    default defer deinit didSet distributed do dynamic each else enum extension fallthrough false fileprivate final for
    func get guard if import in indirect infix init inout internal is isolated lazy let macro mutating nil nonisolated
    nonmutating open operator optional override package postfix precedencegroup prefix private protocol public repeat
    required rethrows return self Self sending set some static struct subscript super switch throw throws true try
    typealias unowned var weak where while willSet yield
    """)

  private static func words(_ text: String) -> Set<String> {
    Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
  }
}
