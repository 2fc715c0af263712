import Foundation
import Synchronization

/// Compiles cells one after the other, each seeing what the earlier ones declared.
///
/// Every cell that declares something becomes a module, which later cells import; see ``ModuleLinks``. A cell takes two
/// steps: `compile`, and after it has run `conclude`, by which its declarations join the chain. These are for one thread;
/// `compileAhead` and `cancel` may be called from another one meanwhile.
package final class CellChain: Sendable {
  private let folder: URL
  private let builder: CellBuilder
  private let state = Mutex(ChainState())
  /// Held while something is compiled: the modules on disk are linked for one cell at a time.
  private let compiling = NSLock()

  /// - Parameters:
  ///   - folder: an empty folder for the cells' files, which the caller removes at the end.
  ///   - cache: where compiled cells are kept; `nil` to keep none.
  package init(
    folder: URL, toolchain: Toolchain, installation: Installation, cache: CellCache? = CellCache.forUser()
  ) {
    self.folder = folder
    builder = CellBuilder(folder: folder, toolchain: toolchain, installation: installation, cache: cache)
  }

  /// What cells may import besides the toolkit; for the cells to come.
  package var libraries: Libraries {
    get { state.withLock { $0.libraries } }
    set { state.withLock { $0.libraries = newValue } }
  }

  /// Ends the compilation that is under way; may be called from any thread.
  package func cancel() { builder.cancel() }

  package func shutdown() { builder.shutdown() }

  /// Makes a loadable library of a cell; `nil` when there is nothing to run.
  ///
  /// - Parameters:
  ///   - number: how messages call the cell, `In[number]`.
  ///   - identifier: the frontend's name of the cell, by which a new run of an edited cell is known.
  /// - Throws: `CellError.diagnosed` with the compiler's messages; the chain is then as it was.
  package func compile(_ text: String, number: Int, identifier: String? = nil) throws(CellError) -> CompiledCell? {
    let syntax = CellSyntax(text)
    if syntax.isEmpty { return nil }
    compiling.lock()
    defer { compiling.unlock() }
    var now = state.withLock { $0 }
    var cell = now.next(syntax, number: number, identifier: identifier, folder: folder, links: builder.links)
    if let run = now.rerun(of: cell, links: builder.links) { return CompiledCell(repeating: run, as: cell) }
    let superseded = Supersession(
      of: now.ledger.superseded(by: cell.declarations, predecessor: cell.predecessor), by: cell)
    try apply(superseded, to: &now)
    do {
      let built = try builder.build(&cell, in: now)
      now.sequence = cell.module.sequence
      state.withLock { $0 = now }
      return CompiledCell(cell: cell, superseded: superseded, built: built)
    } catch {
      revert(superseded, in: &now)
      throw error
    }
  }

  /// Compiles the cell that is to come after the one that runs, so that it is there when its turn comes. Does nothing
  /// where that would change what the running cell sees.
  package func compileAhead(_ text: String, number: Int, identifier: String? = nil, after running: CompiledCell) {
    let syntax = CellSyntax(text)
    if syntax.isEmpty || syntax.tree.hasError || !builder.keepsResults { return }
    compiling.lock()
    defer { compiling.unlock() }
    var then = state.withLock { $0 }
    guard then.sequence == running.cell.module.sequence || running.isRepeated else { return }
    if !running.isRepeated, running.cell.joinsChain { then.join(running.cell) }
    var cell = then.next(syntax, number: number, identifier: identifier, folder: folder, links: builder.links)
    guard then.ledger.superseded(by: cell.declarations, predecessor: cell.predecessor).isEmpty,
      then.rerun(of: cell, links: builder.links) == nil
    else { return }
    // What is wrong with it is said when its turn comes.
    _ = try? builder.build(&cell, in: then)
  }

  /// Lets a cell that has run take its place before the cells to come.
  ///
  /// - Parameter completedItems: how many of its top-level items were done, when it did not run to its end: variables
  ///   after them have no value and stay what they were before the cell.
  package func conclude(_ compiled: CompiledCell, completedItems: Int? = nil) {
    var cell = compiled.cell
    if compiled.isRepeated { return }
    if let completedItems, let missing = cell.itemsWithoutValue(after: completedItems) {
      compiling.lock()
      defer { compiling.unlock() }
      var now = state.withLock { $0 }
      revert(compiled.superseded, in: &now)
      cell.keep(itemsOutside: missing)
      guard !cell.declarations.isEmpty else { return }
      let superseded = Supersession(
        of: now.ledger.superseded(by: cell.declarations, predecessor: cell.predecessor), by: cell)
      guard (try? apply(superseded, to: &now)) != nil else { return }
      guard (try? builder.writeInterface(of: &cell, in: now)) != nil else { return revert(superseded, in: &now) }
      superseded.commit()
    } else {
      compiled.superseded.commit()
    }
    state.withLock { state in
      if cell.joinsChain { state.join(cell) }
      state.record(cell, libraries: compiled.libraries, isComplete: completedItems == nil, links: builder.links)
    }
    if cell.joinsChain { builder.copies.add(cell.module) }
  }

  /// Forgets a cell that could not be loaded.
  package func discard(_ compiled: CompiledCell) {
    if compiled.isRepeated { return }
    compiling.lock()
    defer { compiling.unlock() }
    var now = state.withLock { $0 }
    revert(compiled.superseded, in: &now)
    builder.links.remove(compiled.sequence)
  }

  /// Makes the files by which cells see earlier ones once more, in a folder that has lost them.
  package func restoreFiles() throws(CellError) {
    compiling.lock()
    defer { compiling.unlock() }
    var now = state.withLock { $0 }
    try builder.beginAgain()
    for sequence in now.joined.keys.sorted() {
      guard var cell = now.joined[sequence] else { continue }
      try builder.restore(&cell, in: now)
      now.joined[sequence] = cell
      builder.copies.add(cell.module)
    }
    state.withLock { $0 = now }
  }

  /// The number by which messages call a cell, from the sequence number in its module's name.
  package func number(ofSequence sequence: Int) -> Int? { state.withLock { $0.joined[sequence]?.number } }

  /// What the next cell would see now.
  package var surroundings: CellSurroundings {
    let now = state.withLock { $0 }
    return CellSurroundings(state: now, links: builder.links, folder: folder, builder: builder)
  }
}

// MARK: - Looking back

extension CellChain {
  /// The cells whose results or code belong to declarations that have changed since they ran, in the order of their runs.
  package var staleCells: [StaleCell] {
    let now = state.withLock { $0 }
    return now.history.staleCells(ledger: now.ledger)
  }

  /// The cells whose functions and types go on with what a cell has redefined, in the order of their runs.
  package func followers(of compiled: CompiledCell) -> [FollowingCell] {
    if compiled.isRepeated { return [] }
    let now = state.withLock { $0 }
    return now.history.followers(of: compiled.sequence, ledger: now.ledger)
  }

  /// Takes back the declarations of the last cell that declared something: its names stand again for what they stood for
  /// before it. What it did besides stays done.
  ///
  /// - Returns: the cell's number and what it had declared; `nil` when there is none.
  package func undo() throws(CellError) -> (number: Int, declared: [String])? {
    compiling.lock()
    defer { compiling.unlock() }
    var now = state.withLock { $0 }
    guard let (cell, older) = now.removeNewest() else { return nil }
    for var changed in older {
      changed.context.obsoleted = changed.context.obsoleted.filter { $0.value.version != cell.module.sequence }
      try builder.writeInterface(of: &changed, in: now)
      now.joined[changed.module.sequence] = changed
      builder.copies.add(changed.module)
    }
    state.withLock { $0 = now }
    return (cell.number, Set(cell.declarations.map(\.name)).sorted())
  }
}

// MARK: - Superseding

extension CellChain {
  /// Writes the interfaces of the cells whose declarations are superseded once more, with those marked obsolete.
  private func apply(_ supersession: Supersession, to now: inout ChainState) throws(CellError) {
    for (sequence, entries) in supersession.entries {
      guard var cell = now.joined[sequence] else { continue }
      let saved = supersession.save(cell)
      for entry in entries {
        cell.context.obsoleted[entry.declaration.offset] = CellRewriter.Obsoletion(
          version: supersession.version, message: "redefined in \(supersession.label)")
      }
      do {
        try builder.writeInterface(of: &cell, in: now)
        now.joined[sequence] = cell
        builder.copies.add(cell.module)
      } catch {
        // An interface that cannot be written again stays as it was; the worst is an ambiguity that the compiler
        // reports.
        now.joined[sequence] = saved
        supersession.restore(sequence)
        builder.links.readAgain(saved.module)
        if case .cancelled = error {
          revert(supersession, in: &now)
          throw error
        }
      }
    }
    let joined = now.joined
    state.withLock { $0.joined = joined }
  }

  private func revert(_ supersession: Supersession, in now: inout ChainState) {
    for cell in supersession.restoreAll() {
      now.joined[cell.module.sequence] = cell
      builder.links.readAgain(cell.module)
      builder.copies.add(cell.module)
    }
    let joined = now.joined
    state.withLock { $0.joined = joined }
  }
}
