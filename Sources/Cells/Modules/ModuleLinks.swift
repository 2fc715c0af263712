import Foundation
import Glibc

/// Joins the modules that one compilation needs into a chain, and leaves the others out.
///
/// A newer declaration shadows an older one when the newer one's module re-exports the older one's, so what a cell sees
/// is a chain of modules. The compiler reads every module of it at every cell; were that all cells of the session, each
/// would be slower than the one before. A cell names what it uses, and modules say what they need. So before each
/// compilation those are linked in their order, by writing into each module file the name of the next one. What the cell
/// sees is the same as with the whole chain, and costs what it uses.
struct ModuleLinks {
  private struct Entry {
    var module: CellModule
    var linkOffset: Int
    var dependencies: Set<Int>
    /// The cell whose module this one re-exports now; `nil` when that is not known.
    var next: Int?
  }

  private var entries: [Int: Entry] = [:]

  /// Takes in a module as the compiler has just written it.
  mutating func add(_ module: CellModule) throws(CellError) {
    guard let data = try? Data(contentsOf: module.interface),
      let file = ModuleFile([UInt8](data), of: module.sequence)
    else {
      throw .unavailable(
        "The compiler wrote a module for this cell that cannot be read. Is the toolchain Swift 6.3? `martlet doctor` tells."
      )
    }
    entries[module.sequence] = Entry(
      module: module, linkOffset: file.linkOffset, dependencies: file.dependencies, next: CellModule.baseSequence)
    do {
      try Data(file.linked(to: CellModule.baseSequence)).write(to: module.interface)
    } catch {
      throw .unavailable("The cell's module could not be written: \(error.localizedDescription)")
    }
  }

  /// Takes in a module again that was put back to what it was.
  mutating func readAgain(_ module: CellModule) {
    guard let data = try? Data(contentsOf: module.interface),
      let file = ModuleFile([UInt8](data), of: module.sequence)
    else { return }
    entries[module.sequence]?.linkOffset = file.linkOffset
    entries[module.sequence]?.dependencies = file.dependencies
    entries[module.sequence]?.next = nil
  }

  mutating func remove(_ sequence: Int) { entries[sequence] = nil }

  /// Some cells with all that they need, and that those need.
  func closure(of cells: Set<Int>) -> Set<Int> {
    var result: Set<Int> = []
    var pending = Array(cells)
    while let cell = pending.popLast() {
      guard let entry = entries[cell], result.insert(cell).inserted else { continue }
      pending += entry.dependencies
    }
    return result
  }

  /// The cells that some cells need, nearest first, up to a number.
  func nearest(_ limit: Int, neededBy cells: Set<Int>) -> Set<Int> {
    var result: Set<Int> = []
    var pending = cells.sorted(by: >)
    while !pending.isEmpty, result.count < limit {
      let next = pending.flatMap { entries[$0]?.dependencies.sorted(by: >) ?? [] }
      pending = next.filter { result.count < limit && entries[$0] != nil && result.insert($0).inserted }
    }
    return result
  }

  /// Makes a chain of some cells' modules, from the newest to the oldest; the oldest re-exports the base.
  mutating func link(_ cells: Set<Int>) throws(CellError) {
    var next = CellModule.baseSequence
    for cell in cells.sorted() {
      guard let entry = entries[cell] else { continue }
      if entry.next != next {
        try write(next, into: entry)
        entries[cell]?.next = next
      }
      next = cell
    }
  }

  private func write(_ next: Int, into entry: Entry) throws(CellError) {
    let name = Array(CellModule.name(ofSequence: next).utf8)
    let descriptor = open(entry.module.interface.path, O_WRONLY | O_CLOEXEC)
    defer { if descriptor >= 0 { close(descriptor) } }
    guard descriptor >= 0, pwrite(descriptor, name, name.count, off_t(entry.linkOffset)) == name.count else {
      throw .unavailable(
        "The module of an earlier cell, \(entry.module.interface.path), cannot be written: "
          + "\(String(cString: strerror(errno))). Restart the kernel.")
    }
  }
}
