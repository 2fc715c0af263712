/// A cell that is ready to be loaded and run.
package struct CompiledCell: Sendable {
  /// Where its code comes from.
  package enum Origin: Sendable, Equatable {
    case compiled
    /// From the cache, where this session or another one has put it.
    case kept
    /// Compiled while the cell before it ran.
    case ahead
    /// It is loaded: the same text ran before and saw the same, and only runs once more.
    case loaded
  }

  let cell: JoinedCell
  let superseded: Supersession
  package let origin: Origin
  /// The libraries that its imports need, by the names that a linker knows: `Foundation`, `swiftObservation`.
  package let libraries: [String]
  /// The number by which its code calls it: that of its first run.
  package let writtenNumber: Int
  /// What the compiler warned of when it made the code, whenever that was.
  package let warnings: [Diagnostic]
  private let module: CellModule

  package var library: String { module.library.path }
  package var entryPoint: String { module.entryPoint }
  package var sequence: Int { module.sequence }
  var isRepeated: Bool { origin == .loaded }

  init(cell: JoinedCell, superseded: Supersession, built: CellBuilder.Result) {
    self.cell = cell
    self.superseded = superseded
    libraries = built.libraries
    origin = built.origin
    writtenNumber = cell.number
    warnings = cell.warnings
    module = cell.module
  }

  /// - Parameter cell: the cell of the new run.
  init(repeating run: CellRerun, as cell: JoinedCell) {
    self.cell = cell
    superseded = Supersession(of: [], by: cell)
    libraries = run.libraries
    origin = .loaded
    writtenNumber = run.number
    warnings = run.warnings
    module = run.module
  }
}
