import Foundation

/// Which cells there are and what their names stand for: all that the next cell's compilation goes by. A value, so that a
/// cell can be compiled ahead on a copy.
struct ChainState: Sendable {
  /// The number in the newest module's name.
  var sequence = 0
  private(set) var ledger = DeclarationLedger()
  var joined: [Int: JoinedCell] = [:]
  private(set) var lastJoined: Int?
  private(set) var newestRun: [String: Int] = [:]
  /// The cells that brought extensions.
  private var extending: Set<Int> = []
  /// The cell that imported a library first.
  private var importing: [String: Int] = [:]
  /// The cells that each imported a library first.
  var importingCells: Set<Int> { Set(importing.values) }
  /// The cells that brought extensions of which something stands.
  var extendingCells: [Int] {
    extending.filter { cell in joined[cell]?.declarations.contains { ledger.stands($0, of: cell) } ?? false }
  }
  /// What the loops of later cells may use.
  private var loops = LoopSurroundings()
  /// What each cell was compiled with.
  private(set) var history = CellHistory()
  /// The last run to the end of each text.
  private var runs: [String: CellRerun] = [:]
  /// What cells may import besides the toolkit.
  var libraries = Libraries()

  /// Lets a cell take its place before the cells to come.
  mutating func join(_ cell: JoinedCell) {
    history.record(cell, ledger: ledger)
    let sequence = cell.module.sequence
    joined[sequence] = cell
    lastJoined = sequence
    loops.add(cell.syntax)
    if cell.names.hasExtensions { extending.insert(sequence) }
    for library in cell.names.imported where importing[library] == nil { importing[library] = sequence }
    ledger.record(cell.declarations, cell: sequence, predecessor: cell.predecessor)
  }

  /// Whether a name may be an earlier cell's: it stands in its text, though maybe where nothing is seen without compiling, as
  /// under `#if`. What the macros of added libraries declare stands nowhere.
  func mayHave(_ name: String) -> Bool {
    !libraries.compilerArguments.isEmpty || joined.values.contains { $0.syntax.source.contains(Array(name.utf8)) }
  }

  /// Takes note of a run, for the next run of the same frontend's cell or the same text.
  mutating func record(_ cell: JoinedCell, libraries: [String], isComplete: Bool, links: ModuleLinks) {
    if !cell.joinsChain { history.record(cell, ledger: ledger) }
    if let identifier = cell.identifier { newestRun[identifier] = cell.module.sequence }
    let text = String(decoding: cell.syntax.source, as: UTF8.self)
    runs[text] = isComplete ? CellRerun(of: cell, libraries: libraries, in: self, links: links) : nil
  }

  /// Takes the newest cell out again: what it declared stands for what it did before, or for nothing.
  ///
  /// - Returns: the cell, and the older cells in which something is obsolete because of it.
  mutating func removeNewest() -> (cell: JoinedCell, older: [JoinedCell])? {
    guard let newest = lastJoined, let cell = joined.removeValue(forKey: newest) else { return nil }
    let remaining = joined.values.sorted { $0.module.sequence < $1.module.sequence }
    (ledger, extending, importing, lastJoined, loops) = (DeclarationLedger(), [], [:], nil, LoopSurroundings())
    runs = runs.filter { $0.value.sequence != newest }
    newestRun = newestRun.filter { $0.value != newest }
    let history = history
    for older in remaining { join(older) }
    self.history = history
    self.history.forget(newest)
    let changed = remaining.filter { older in older.context.obsoleted.values.contains { $0.version == newest } }
    return (cell, changed)
  }

  /// The cell as the next one of the chain.
  func next(_ syntax: CellSyntax, number: Int, identifier: String?, folder: URL, links: ModuleLinks) -> JoinedCell {
    let declarations = DeclarationCollector(syntax).declarations
    let names = CellNames(syntax)
    return JoinedCell(
      module: CellModule(sequence: sequence + 1, folder: folder), number: number, syntax: syntax,
      declarations: declarations, predecessor: identifier.flatMap { newestRun[$0] }, identifier: identifier,
      imports: imports(for: names, links: links), names: names,
      context: context(for: declarations, words: syntax.words))
  }

  /// An earlier run that a new one of the same text would repeat, so that the loaded code can run again.
  func rerun(of cell: JoinedCell, links: ModuleLinks) -> CellRerun? {
    guard let run = runs[String(decoding: cell.syntax.source, as: UTF8.self)], run.canRepeat else { return nil }
    let own = run.sequence
    guard run.declarations.allSatisfy({ ledger.stands($0, of: own) }), run.importable == libraries,
      run.keys == keysNeeded(by: cell.names, except: own, links: links)
    else { return nil }
    var context = cell.context
    let ownModule = CellModule.name(ofSequence: own)
    context.variableModules = context.variableModules.filter { $0.value != ownModule }
    let rewritten = CellRewriter.rewrite(cell.syntax, declarations: cell.declarations, context: context)
    return rewritten.text == run.rewritten ? run : nil
  }

  /// What the code of some cells' modules depends on.
  func keys(of cells: Set<Int>) -> [Int: CompilationKey] {
    cells.reduce(into: [:]) { $0[$1] = joined[$1]?.key }
  }

  /// What the code of a text depends on that has run and taken its place as a cell.
  func keysNeeded(by names: CellNames, except own: Int, links: ModuleLinks) -> [Int: CompilationKey] {
    keys(of: links.closure(of: neededCells(for: names).subtracting([own])).subtracting([own]))
  }

  private func imports(for names: CellNames, links: ModuleLinks) -> CellImports {
    let operators = CellImports.toolkitOperators.filter { names.mentioned.contains($0.key) }
    return CellImports(cells: links.closure(of: neededCells(for: names)), operatorModules: Set(operators.values))
  }

  /// The earlier cells that a cell may use: those whose declarations it names, and those whose contents are used without
  /// their names.
  private func neededCells(for names: CellNames) -> Set<Int> {
    var needed = Set(importing.values)
    for name in names.mentioned.union(Self.unnamed) { needed.formUnion(ledger.cells(declaring: name)) }
    for cell in extending {
      let isNeeded = joined[cell]?.declarations.contains { declaration in
        (names.inherits || declaration.isUsedUnnamed || names.words.contains(String(declaration.memberName)))
          && ledger.stands(declaration, of: cell)
      }
      if isNeeded ?? false { needed.insert(cell) }
    }
    return needed
  }

  /// What the language uses of itself: the operator of `switch`, the types of literals.
  private static let unnamed: Set<String> = [
    "~=", "IntegerLiteralType", "FloatLiteralType", "BooleanLiteralType", "StringLiteralType",
    "ExtendedGraphemeClusterType", "UnicodeScalarType",
  ]

  /// What a cell's rewriting goes by: of all that earlier cells declared, what its words may name. Each cell keeps its own.
  private func context(for declarations: [Declaration], words: Set<String>) -> CellRewriter.Context {
    var context = CellRewriter.Context()
    for word in words {
      if let cell = ledger.variables[word] { context.variableModules[word] = CellModule.name(ofSequence: cell) }
    }
    context.indirectVariables = words.intersection(ledger.indirectVariables)
    context.loops = loops.limited(to: words)
    let newTypes = Set(declarations.filter { $0.kind == .type }.map(\.name))
    for declaration in declarations where declaration.kind == .conformance {
      guard let standing = ledger.standingConformance(declaration, newTypes: newTypes),
        let members = joined[standing.cell]?.replaceableMembers(item: standing.declaration.item)
      else { continue }
      context.standingConformances[declaration.name] = members
    }
    return context
  }
}
