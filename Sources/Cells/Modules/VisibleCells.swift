/// The earlier cells that half-typed code may mean, and how it imports them.
///
/// A session can have thousands of declaring cells, and SourceKit's effort grows with what it imports; so only those are
/// imported that declare a name of the text, or one that the name at the cursor may become. They are not linked into a chain
/// as for a compilation: SourceKit keeps the modules that it has read, and would have to read them all again whenever
/// another chain is needed. So each is imported by itself, and what the chain would decide, which declaration of a name is
/// the newest, is said by an import of that declaration, which the language prefers.
struct VisibleCells {
  /// How many cells are imported at most because of a beginning of a name, and how many for their extensions.
  private static let limit = 100

  private let newest: [String: Int]
  private let declaring: Set<Int>
  private let opened: Set<Int>
  private let operatorModules: Set<String>

  /// - Parameter prefix: the beginning of the name at the cursor; `nil` where it is a member's or is complete.
  init(of state: ChainState, links: ModuleLinks, code: String, prefix: String?) {
    let words = CodeWords.all(in: code)
    let named = words.reduce(into: Set<Int>()) { $0.formUnion(state.ledger.cells(declaring: $1)) }
    let possible = prefix.map { state.ledger.newestCells(declaringNamesFrom: $0, limit: Self.limit) } ?? []
    declaring = named.union(possible).union(state.importingCells)
    // What an extension adds is found wherever its cell has been read. And what a declaration mentions must have been read,
    // or it is not found itself.
    let extending = state.extendingCells.sorted(by: >).prefix(Self.limit)
    let needed = links.nearest(2 * Self.limit, neededBy: named.union(extending))
    opened = needed.union(links.nearest(Self.limit, neededBy: possible)).union(extending).subtracting(declaring)
    newest = words.reduce(into: [:]) { $0[$1] = state.ledger.newestCell(declaring: $1) }
    operatorModules = Set(CellImports.toolkitOperators.filter { words.contains($0.key) }.values)
  }

  /// The import declarations, a line each.
  var imports: String {
    var lines = ["@testable @_exported import \(CellModule.name(ofSequence: CellModule.baseSequence))"]
    lines += declaring.sorted().map { "\(Self.opening($0)) \(CellModule.name(ofSequence: $0))" }
    lines += opened.sorted().map {
      "\(Self.opening($0)) typealias \(CellModule.name(ofSequence: $0)).\(CellImports.marker(of: $0))"
    }
    // Which keyword stands there does not matter to SourceKit.
    lines += newest.sorted { $0.key < $1.key }.map {
      "import struct \(CellModule.name(ofSequence: $0.value)).`\($0.key.filter { $0 != "`" })`"
    }
    lines += operatorModules.sorted().map { "import enum \($0)._MartletOperators" }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func opening(_ cell: Int) -> String {
    "@_private(sourceFile: \"\(CellModule.name(ofSequence: cell)).swift\") @testable import"
  }
}
