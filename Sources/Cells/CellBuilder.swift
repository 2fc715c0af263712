import Foundation
import Synchronization

/// Makes files of cells: the library to load and the module that later cells import, compiled or taken from the cache.
///
/// Not for use from two threads at once, except for `cancel`.
final class CellBuilder: @unchecked Sendable {
  // `prepared` is the caller's to guard: the chain compiles one cell at a time. The same goes for changes of `links`, which
  // may be read at any time.
  private let folder: URL
  let toolchain: Toolchain
  let installation: Installation
  private let compiler: any Compiler
  private let linker: Linker
  private let base: BaseModule
  private let cache: CellCache?
  private let setting: CompilationSetting
  private let currentLinks = Mutex(ModuleLinks())
  var links: ModuleLinks {
    get { currentLinks.withLock { $0 } }
    set { currentLinks.withLock { $0 = newValue } }
  }
  let copies: ModuleCopies
  /// The files that lie in the session's folder already, of the cell that was built last.
  private var prepared: (key: CompilationKey, sequence: Int, result: Result)?

  /// What there is besides the files.
  struct Result: Sendable {
    /// The libraries that must be loaded before the cell.
    var libraries: [String]
    /// What the compiler warned of.
    var warnings: [Diagnostic]
    var origin: CompiledCell.Origin
  }

  init(folder: URL, toolchain: Toolchain, installation: Installation, cache: CellCache?) {
    self.folder = folder
    self.toolchain = toolchain
    self.installation = installation
    linker = Linker(toolchain: toolchain)
    let compiler = WarmCompiler(toolchain: toolchain, installation: installation)
    self.compiler = compiler
    copies = ModuleCopies(session: folder)
    self.cache = cache
    setting = CompilationSetting(toolchain: toolchain, installation: installation)
    base = BaseModule(
      folder: folder, toolchain: toolchain, installation: installation, compiler: compiler, cache: cache,
      setting: setting, copies: copies)
    compiler.keepWarm { [weak base] in try? base?.warmUp() }
    // On another thread: the session is ready before its compiler is.
    let thread = Thread { [base, cache] in
      try? base.warmUp()
      cache?.prune()
    }
    thread.stackSize = 1 << 20
    thread.start()
  }

  /// Whether what is built is found again when it is asked for once more.
  var keepsResults: Bool { cache != nil }

  func cancel() { compiler.cancel() }

  func shutdown() {
    compiler.shutdown()
    cache?.finish()
  }

  /// Makes the files of a cell.
  func build(_ cell: inout JoinedCell, in state: ChainState) throws(CellError) -> Result {
    let rewritten = cell.rewritten
    let product = CompileJob.Product.object(
      withModule: cell.joinsChain, withDocumentation: cell.joinsChain && cell.syntax.hasDocumentation)
    let key = key(of: cell, rewritten, product, in: state)
    cell.key = key
    if let prepared, prepared.key == key, prepared.sequence == cell.module.sequence {
      cell.warnings = prepared.result.warnings
      return prepared.result
    }
    try base.prepare()
    try write(cell, rewritten)
    var result: Result
    if let kept = cache?.restore(key, into: cell.module) {
      result = Result(libraries: kept.libraries, warnings: kept.warnings, origin: .kept)
      if product.hasModule { try links.add(cell.module) }
    } else {
      result = try compile(cell, rewritten, product, in: state)
      let facts = CellCache.Facts(libraries: result.libraries, warnings: result.warnings)
      cache?.store(key, cell.module, hasModule: product.hasModule, facts: facts)
    }
    cell.warnings = result.warnings
    let origin = result.origin
    result.origin = .ahead
    prepared = (key, cell.module.sequence, result)
    result.origin = origin
    return result
  }

  /// Writes a cell's module once more, as its declarations and their rewriting are now.
  func writeInterface(of cell: inout JoinedCell, in state: ChainState) throws(CellError) {
    prepared = nil
    let rewritten = cell.rewritten
    try write(cell, rewritten)
    let key = key(of: cell, rewritten, .module, in: state)
    if cache?.restore(key, into: cell.module) != nil {
      try links.add(cell.module)
    } else {
      defer { remove([cell.module.diagnostics]) }
      _ = try run(.module, for: cell, rewritten: rewritten, in: state)
      cache?.store(key, cell.module, hasModule: true, hasLibrary: false)
    }
    cell.key = key
  }

  /// Prepares a folder that has lost all files.
  func beginAgain() throws(CellError) {
    prepared = nil
    copies.makeFolder()
    try base.prepareAgain()
  }

  /// Puts a cell's files back: those that are kept, or else the module alone, compiled once more.
  func restore(_ cell: inout JoinedCell, in state: ChainState) throws(CellError) {
    guard let key = cell.key, cache?.restore(key, into: cell.module) != nil else {
      return try writeInterface(of: &cell, in: state)
    }
    try write(cell, cell.rewritten)
    try links.add(cell.module)
  }

  private func key(
    of cell: JoinedCell, _ rewritten: RewrittenSource, _ product: CompileJob.Product, in state: ChainState
  ) -> CompilationKey {
    CompilationKey(
      setting: setting, libraries: state.libraries, product: product, module: cell.module.name, header: cell.header,
      text: rewritten.text, seen: state.keys(of: cell.imports.cells))
  }

  private func compile(
    _ cell: JoinedCell, _ rewritten: RewrittenSource, _ product: CompileJob.Product, in state: ChainState
  ) throws(CellError) -> Result {
    defer { remove([cell.module.object, cell.module.diagnostics]) }
    let warnings = try run(product, for: cell, rewritten: rewritten, in: state)
    let libraries = ObjectFile.autolinkedLibraries(of: cell.module.object)
    do {
      try linker.link(cell.module)
    } catch {
      throw .unavailable(error.description)
    }
    return Result(libraries: libraries, warnings: warnings, origin: .compiled)
  }

  private func write(_ cell: JoinedCell, _ rewritten: RewrittenSource) throws(CellError) {
    do {
      try Data(cell.header.utf8 + rewritten.text + [0x0a]).write(to: cell.module.source)
    } catch {
      throw .unavailable("The cell could not be written to \(folder.path): \(error.localizedDescription)")
    }
  }

  private func remove(_ files: [URL]) {
    for file in files { unlink(file.path) }
  }
}

// MARK: - Running the compiler

extension CellBuilder {
  /// - Returns: what the compiler warns of.
  private func run(
    _ product: CompileJob.Product, for cell: JoinedCell, rewritten: RewrittenSource, in state: ChainState
  ) throws(CellError) -> [Diagnostic] {
    try links.link(cell.imports.cells)
    let job = CompileJob(
      module: cell.module, product: product, toolchain: toolchain, installation: installation,
      libraries: state.libraries)
    let log = folder.appendingPathComponent("compiler.log").path
    let status: Int32
    do {
      status = try compiler.compile(job.arguments, log: log)
    } catch {
      throw CellError(error)
    }
    if status == 0, product.hasModule { try links.add(cell.module) }
    let translation = DiagnosticTranslation(
      label: cell.label, file: cell.module.source.path, headerLength: cell.header.utf8.count, rewritten: rewritten,
      numberOfSequence: { $0 == cell.module.sequence ? cell.number : state.joined[$0]?.number })
    let diagnostics = translation.diagnostics(in: cell.module.diagnostics)
    if status == 0 { return cell.warnings(among: diagnostics) }
    if diagnostics.contains(where: { $0.severity == .error }) {
      if cell.context.cutsLoops, diagnostics.contains(where: \.mentionsGeneratedNames) {
        return try runForDiagnostics(product, cell, in: state)
      }
      if cell.imports.cells.count < state.joined.count,
        diagnostics.contains(where: { $0.mentionsWhatIsMissing(isSomewhere: state.mayHave) })
      {
        return try runSeeingEverything(product, cell, in: state)
      }
      throw .diagnosed(
        cell.explainingForeignInitializers(diagnostics), text: String(decoding: cell.syntax.source, as: UTF8.self))
    }
    let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
    throw .unavailable("The compiler failed without a message (exit code \(status)). \(text.prefix(2_000))")
  }

  /// Compiles once more with less rewriting, when the messages speak of what was rewritten.
  private func runForDiagnostics(
    _ product: CompileJob.Product, _ cell: JoinedCell, in state: ChainState
  ) throws(CellError) -> [Diagnostic] {
    var plain = cell
    plain.context.cutsLoops = false
    let rewritten = plain.rewritten
    try write(plain, rewritten)
    return try run(product, for: plain, rewritten: rewritten, in: state)
  }

  /// Compiles once more with all earlier cells: something that is used without its name may be what the messages miss.
  private func runSeeingEverything(
    _ product: CompileJob.Product, _ cell: JoinedCell, in state: ChainState
  ) throws(CellError) -> [Diagnostic] {
    var open = cell
    open.imports.cells = Set(state.joined.keys)
    let rewritten = open.rewritten
    try write(open, rewritten)
    return try run(product, for: open, rewritten: rewritten, in: state)
  }
}
