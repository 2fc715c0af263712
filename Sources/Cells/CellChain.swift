import Foundation
import Synchronization

/// Compiles cells one after the other, each seeing what the earlier ones declared.
///
/// Every cell that declares something becomes a module that re-exports the module before it, so newer names shadow
/// older ones. A cell takes two steps: `compile`, and after it has run `conclude`, by which its declarations join the
/// chain. Not for use from two threads at once, except for `cancel`.
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

  /// - Parameter folder: an empty folder for the cells' files, which the caller removes at the end.
  package init(folder: URL, toolchain: Toolchain, installation: Installation) {
    self.folder = folder
    self.toolchain = toolchain
    self.installation = installation
    linker = Linker(toolchain: toolchain)
    let warmCompiler = WarmCompiler(toolchain: toolchain, installation: installation)
    compiler = warmCompiler
    warmUp(warmCompiler)
  }

  /// Compiles a cell that nobody asked for, so that the compiler has the standard library and the toolkit's modules at
  /// hand.
  private func warmUp(_ compiler: WarmCompiler) {
    let module = CellModule(sequence: 0, folder: folder)
    let text = "@_exported import MartletDisplay\nlet x = 1\n_martletResult(\"\\(x)\")\n"
    guard (try? Data(text.utf8).write(to: module.source)) != nil else { return }
    let job = CompileJob(
      module: module, product: .object(withModule: true, withDocumentation: false), toolchain: toolchain,
      installation: installation)
    compiler.start(warmUp: job.arguments)
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
    sequence += 1
    let declarations = DeclarationCollector(syntax).declarations
    let predecessor = identifier.flatMap { newestRun[$0] }
    let names = CellNames(syntax)
    let cell = JoinedCell(
      module: CellModule(sequence: sequence, folder: folder), number: number, syntax: syntax,
      declarations: declarations, predecessor: predecessor, identifier: identifier,
      imports: imports(for: names, of: syntax), names: names,
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
    guard cell.joinsChain else { return }
    joined[cell.module.sequence] = cell
    lastJoined = cell.module.sequence
    ledger.record(cell.declarations, cell: cell.module.sequence, predecessor: cell.predecessor)
  }

  /// Forgets a cell that could not be loaded.
  package func discard(_ compiled: CompiledCell) { revert(compiled.superseded) }

  /// The number by which messages call a cell, from the sequence number in its module's name.
  package func number(ofSequence sequence: Int) -> Int? { joined[sequence]?.number }

  /// What the next cell would see now.
  package var surroundings: CellSurroundings {
    CellSurroundings(
      newest: lastJoined, numbers: joined.mapValues(\.number), variableCells: ledger.variables,
      variableDeclarations: ledger.variableDeclarations, folder: folder, toolchain: toolchain,
      installation: installation, libraries: libraries)
  }

  private func imports(for names: CellNames, of syntax: CellSyntax) -> CellImports {
    let operators = CellImports.toolkitOperators.filter { names.mentioned.contains($0.key) }
    let opened = openedCells(for: names)
    // A cell that declares nothing is imported by none, so it need not carry the whole chain on: what is newer than all
    // that it mentions, it does without. In a long session that keeps `1 + 1` as fast as in a new one.
    let libraries = joined.values.filter(\.names.hasImports).map(\.module.sequence)
    let newestNeeded = opened.union(libraries).max()
    return CellImports(
      newest: syntax.declaresSomething ? lastJoined : newestNeeded, opened: opened,
      operatorModules: Set(operators.values))
  }

  /// The earlier cells whose names a cell mentions, with those that they in turn need.
  private func openedCells(for names: CellNames) -> Set<Int> {
    joined.values.reduce(into: []) { opened, cell in
      guard cell.names.hasExtensions || !cell.names.declared.isDisjoint(with: names.mentioned) else { return }
      opened.formUnion(cell.imports.opened)
      opened.insert(cell.module.sequence)
    }
  }

  private func context(for declarations: [Declaration]) -> CellRewriter.Context {
    var context = CellRewriter.Context()
    context.variableModules = ledger.variables.mapValues { "Cell\($0)" }
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
      ModuleTrimming.trim(cell.module.interface)
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

  private func seesEverything(_ cell: JoinedCell) -> Bool {
    cell.imports.opened.count == joined.count && cell.imports.newest == lastJoined
  }

  /// Compiles once more with the whole chain, every cell of it opened: something that is used without its name may be
  /// what the messages miss.
  private func runSeeingEverything(_ product: CompileJob.Product, _ cell: JoinedCell) throws(CellError) {
    var open = cell
    open.imports.newest = lastJoined
    open.imports.opened = Set(joined.keys)
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
      } catch {
        // An interface that cannot be written again stays as it was; the worst is an ambiguity that the compiler
        // reports.
        joined[sequence] = saved
        supersession.restore(sequence)
        if case .cancelled = error {
          revert(supersession)
          throw error
        }
      }
    }
  }

  private func revert(_ supersession: Supersession) {
    for cell in supersession.restoreAll() { joined[cell.module.sequence] = cell }
  }
}
