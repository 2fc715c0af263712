import Foundation
import Synchronization

/// Compiles cells one after the other, each seeing what the earlier ones declared.
///
/// Every cell that declares something becomes a module, which later cells import; see ``ModuleLinks``. A cell takes two
/// steps: `compile`, and after it has run `conclude`, by which its declarations join the chain. Not for use from two
/// threads at once, except for `cancel`.
package final class CellChain: @unchecked Sendable {
  // All state but the compiler belongs to the session's evaluating thread; `cancel` only reaches the compiler, which
  // guards itself.
  private let folder: URL
  private let toolchain: Toolchain
  private let installation: Installation
  private let compiler: any Compiler
  private let linker: Linker

  /// What cells may import besides the toolkit; for the cells to come.
  package var libraries = Libraries()

  private var sequence = 0
  private var ledger = DeclarationLedger()
  private var joined: [Int: JoinedCell] = [:]
  private var lastJoined: Int?
  private var newestRun: [String: Int] = [:]
  private var links: ModuleLinks
  /// The cells that brought extensions.
  private var extending: Set<Int> = []
  /// The cell that imported a library first.
  private var importing: [String: Int] = [:]
  private let base: BaseModule

  /// - Parameter folder: an empty folder for the cells' files, which the caller removes at the end.
  package init(folder: URL, toolchain: Toolchain, installation: Installation) {
    self.folder = folder
    self.toolchain = toolchain
    self.installation = installation
    linker = Linker(toolchain: toolchain)
    compiler = WarmCompiler(toolchain: toolchain, installation: installation)
    links = ModuleLinks(folder: folder)
    base = BaseModule(folder: folder, toolchain: toolchain, installation: installation, compiler: compiler)
    // On another thread: the session is ready before its compiler is.
    let thread = Thread { [base] in try? base.prepare() }
    thread.stackSize = 1 << 20
    thread.start()
  }

  /// Ends the compilation that is under way; may be called from any thread.
  package func cancel() { compiler.cancel() }

  package func shutdown() { compiler.shutdown() }

  /// Makes a loadable library of a cell; `nil` when there is nothing to run.
  ///
  /// - Parameters:
  ///   - number: how messages call the cell, `In[number]`.
  ///   - identifier: the frontend's name of the cell, by which a new run of an edited cell is known.
  /// - Throws: `CellError.diagnosed` with the compiler's messages; the chain is then as it was.
  package func compile(_ text: String, number: Int, identifier: String? = nil) throws(CellError) -> CompiledCell? {
    let syntax = CellSyntax(text)
    if syntax.isEmpty { return nil }
    try base.prepare()
    sequence += 1
    let declarations = DeclarationCollector(syntax).declarations
    let predecessor = identifier.flatMap { newestRun[$0] }
    let names = CellNames(syntax)
    let cell = JoinedCell(
      module: CellModule(sequence: sequence, folder: folder), number: number, syntax: syntax,
      declarations: declarations, predecessor: predecessor, identifier: identifier,
      imports: imports(for: names), names: names,
      context: context(for: declarations))
    let superseded = Supersession(of: ledger.superseded(by: declarations, predecessor: predecessor), by: cell)
    try apply(superseded)
    do {
      let libraries = try build(cell)
      return CompiledCell(cell: cell, superseded: superseded, libraries: libraries)
    } catch {
      revert(superseded)
      throw error
    }
  }

  /// Lets a cell that has run take its place before the cells to come.
  ///
  /// - Parameter completedItems: how many of its top-level items were done, when it did not run to its end: variables
  ///   after them have no value and stay what they were before the cell.
  package func conclude(_ compiled: CompiledCell, completedItems: Int? = nil) {
    var cell = compiled.cell
    if let completedItems, let missing = cell.itemsWithoutValue(after: completedItems) {
      revert(compiled.superseded)
      cell.keep(itemsOutside: missing)
      guard !cell.declarations.isEmpty else { return }
      let superseded = Supersession(
        of: ledger.superseded(by: cell.declarations, predecessor: cell.predecessor), by: cell)
      guard (try? apply(superseded)) != nil else { return }
      guard (try? writeInterface(of: cell)) != nil else { return revert(superseded) }
      superseded.commit()
    } else {
      compiled.superseded.commit()
    }
    if let identifier = cell.identifier { newestRun[identifier] = cell.module.sequence }
    if cell.joinsChain { join(cell) }
  }

  private func join(_ cell: JoinedCell) {
    let sequence = cell.module.sequence
    links.addToWholeChain(sequence, after: lastJoined)
    joined[sequence] = cell
    lastJoined = sequence
    if cell.names.hasExtensions { extending.insert(sequence) }
    for library in cell.names.imported where importing[library] == nil { importing[library] = sequence }
    ledger.record(cell.declarations, cell: sequence, predecessor: cell.predecessor)
  }

  /// Forgets a cell that could not be loaded.
  package func discard(_ compiled: CompiledCell) {
    revert(compiled.superseded)
    links.remove(compiled.sequence)
  }

  /// The number by which messages call a cell, from the sequence number in its module's name.
  package func number(ofSequence sequence: Int) -> Int? { joined[sequence]?.number }

  /// What the next cell would see now.
  package var surroundings: CellSurroundings {
    CellSurroundings(
      numbers: joined.mapValues(\.number), folder: folder, modules: links.wholeChainFolder, toolchain: toolchain,
      installation: installation, libraries: libraries)
  }

  private func imports(for names: CellNames) -> CellImports {
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

  private func context(for declarations: [Declaration]) -> CellRewriter.Context {
    var context = CellRewriter.Context()
    context.variableModules = ledger.variables.mapValues(CellModule.name(ofSequence:))
    context.indirectVariables = ledger.indirectVariables
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

// MARK: - Building

extension CellChain {
  /// Compiles and links a cell; returns the libraries that must be loaded before it.
  private func build(_ cell: JoinedCell) throws(CellError) -> [String] {
    let rewritten = cell.rewritten
    try write(cell, rewritten)
    defer { remove([cell.module.object, cell.module.diagnostics]) }
    let product = CompileJob.Product.object(
      withModule: cell.joinsChain, withDocumentation: cell.joinsChain && cell.syntax.hasDocumentation)
    try run(product, for: cell, rewritten: rewritten)
    let libraries = ObjectFile.autolinkedLibraries(of: cell.module.object)
    do {
      try linker.link(cell.module)
    } catch {
      throw .unavailable(error.description)
    }
    return libraries
  }

  private func writeInterface(of cell: JoinedCell) throws(CellError) {
    let rewritten = cell.rewritten
    try write(cell, rewritten)
    defer { remove([cell.module.diagnostics]) }
    try run(.module, for: cell, rewritten: rewritten)
  }

  private func write(_ cell: JoinedCell, _ rewritten: RewrittenSource) throws(CellError) {
    do {
      try Data(cell.header.utf8 + rewritten.text + [0x0a]).write(to: cell.module.source)
    } catch {
      throw .unavailable("The cell could not be written to \(folder.path): \(error.localizedDescription)")
    }
  }

  private func run(_ product: CompileJob.Product, for cell: JoinedCell, rewritten: RewrittenSource) throws(CellError) {
    try links.link(cell.imports.cells)
    let job = CompileJob(
      module: cell.module, product: product, toolchain: toolchain, installation: installation, libraries: libraries)
    let log = folder.appendingPathComponent("compiler.log").path
    let status: Int32
    do {
      status = try compiler.compile(job.arguments, log: log)
    } catch {
      throw CellError(error)
    }
    if status == 0 {
      if product.hasModule { try links.add(cell.module) }
      return
    }
    let translation = DiagnosticTranslation(
      label: cell.label, file: cell.module.source.path, headerLength: cell.header.utf8.count, rewritten: rewritten,
      numberOfSequence: { [joined] in $0 == cell.module.sequence ? cell.number : joined[$0]?.number })
    let diagnostics = translation.diagnostics(in: cell.module.diagnostics)
    if diagnostics.contains(where: { $0.severity == .error }) {
      if cell.context.cutsLoops, diagnostics.contains(where: \.mentionsGeneratedNames) {
        return try runForDiagnostics(product, cell)
      }
      if diagnostics.contains(where: \.mentionsWhatIsMissing), !seesEverything(cell) {
        return try runSeeingEverything(product, cell)
      }
      throw .diagnosed(diagnostics, text: String(decoding: cell.syntax.source, as: UTF8.self))
    }
    let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
    throw .unavailable("The compiler failed without a message (exit code \(status)). \(text.prefix(2_000))")
  }

  /// Compiles once more with less rewriting, when the messages speak of what was rewritten.
  private func runForDiagnostics(_ product: CompileJob.Product, _ cell: JoinedCell) throws(CellError) {
    var plain = cell
    plain.context.cutsLoops = false
    let rewritten = plain.rewritten
    try write(plain, rewritten)
    try run(product, for: plain, rewritten: rewritten)
  }

  private func seesEverything(_ cell: JoinedCell) -> Bool { cell.imports.cells.count == joined.count }

  /// Compiles once more with all earlier cells: something that is used without its name may be what the messages miss.
  private func runSeeingEverything(_ product: CompileJob.Product, _ cell: JoinedCell) throws(CellError) {
    var open = cell
    open.imports.cells = Set(joined.keys)
    let rewritten = open.rewritten
    try write(open, rewritten)
    try run(product, for: open, rewritten: rewritten)
  }

  private func remove(_ files: [URL]) {
    for file in files { try? FileManager.default.removeItem(at: file) }
  }
}

// MARK: - Superseding

extension CellChain {
  /// Writes the interfaces of the cells whose declarations are superseded once more, with those marked obsolete.
  private func apply(_ supersession: Supersession) throws(CellError) {
    for (sequence, entries) in supersession.entries {
      guard var cell = joined[sequence] else { continue }
      let saved = supersession.save(cell)
      for entry in entries {
        cell.context.obsoleted[entry.declaration.offset] = CellRewriter.Obsoletion(
          version: supersession.version, message: "redefined in \(supersession.label)")
      }
      do {
        try writeInterface(of: cell)
        joined[sequence] = cell
        links.addToWholeChain(sequence, after: joined.keys.filter { $0 < sequence }.max())
      } catch {
        // An interface that cannot be written again stays as it was; the worst is an ambiguity that the compiler
        // reports.
        joined[sequence] = saved
        supersession.restore(sequence)
        links.readAgain(saved.module)
        if case .cancelled = error {
          revert(supersession)
          throw error
        }
      }
    }
  }

  private func revert(_ supersession: Supersession) {
    for cell in supersession.restoreAll() {
      joined[cell.module.sequence] = cell
      links.readAgain(cell.module)
      links.addToWholeChain(cell.module.sequence, after: joined.keys.filter { $0 < cell.module.sequence }.max())
    }
  }
}
