/// Which declarations of which cells are the newest, and which of them a new cell supersedes.
///
/// Re-exported modules already shadow by name: a newer variable or type hides an older one, a newer function one of
/// the same signature. What shadowing does not decide (the same parameters with another result, `some` results,
/// members of extensions) is marked obsolete in the older module; see the engine notes on redefinition.
struct DeclarationLedger: Sendable {
  struct Entry: Sendable, Equatable {
    /// The sequence number of the declaring cell.
    var cell: Int
    var declaration: Declaration
  }

  private(set) var callables: [String: [Entry]] = [:]
  /// The full names of callables by the names without labels.
  private var overloads: [String: Set<String>] = [:]
  private(set) var variables: [String: Int] = [:]
  private(set) var variableDeclarations: [String: Declaration] = [:]
  private(set) var indirectVariables: Set<String> = []
  private(set) var types: [String: Int] = [:]
  private(set) var conformances: [String: Entry] = [:]

  /// The declarations that a new cell's declarations make obsolete.
  ///
  /// - Parameter predecessor: the cell that the new one is a new run of, whose functions it replaces rather than
  /// overloads.
  func superseded(by declarations: [Declaration], predecessor: Int?) -> [Entry] {
    let newTypes = Set(declarations.filter { $0.kind == .type }.map(\.name))
    var result: [Entry] = []
    for declaration in declarations where declaration.kind == .callable {
      for entry in callables[declaration.name] ?? []
      where isChanged(entry, by: declaration, newTypes: newTypes)
        && !isOverload(entry, declaration, predecessor: predecessor) && !result.contains(entry)
      {
        result.append(entry)
      }
    }
    return result
  }

  /// Takes note of a cell's declarations.
  mutating func record(_ declarations: [Declaration], cell: Int, predecessor: Int?) {
    let obsolete = superseded(by: declarations, predecessor: predecessor)
    let newTypes = Set(declarations.filter { $0.kind == .type }.map(\.name))
    for declaration in declarations {
      switch declaration.kind {
      case .variable, .indirectVariable:
        variables[declaration.name] = cell
        variableDeclarations[declaration.name] = declaration
        if declaration.kind == .indirectVariable {
          indirectVariables.insert(declaration.name)
        } else {
          indirectVariables.remove(declaration.name)
        }
      case .type: types[declaration.name] = cell
      case .conformance:
        // A conformance that still stands stays the first cell's: later runs replace its members.
        if standingConformance(declaration, newTypes: newTypes) == nil {
          conformances[declaration.name] = Entry(cell: cell, declaration: declaration)
        }
      case .callable:
        callables[declaration.name, default: []].removeAll { entry in
          entry.cell != cell && (obsolete.contains(entry) || entry.declaration.signature == declaration.signature)
        }
        callables[declaration.name, default: []].append(Entry(cell: cell, declaration: declaration))
        overloads[declaration.baseName, default: []].insert(declaration.name)
      }
    }
  }

  /// The cells that brought what a name stands for now.
  func cells(declaring name: String) -> Set<Int> {
    var cells = Set([variables[name], types[name]].compactMap { $0 })
    for fullName in overloads[name] ?? [] { cells.formUnion((callables[fullName] ?? []).map(\.cell)) }
    return cells
  }

  /// The cell that declared the newest variable or type of a name.
  func newestCell(declaring name: String) -> Int? { [variables[name], types[name]].compactMap { $0 }.max() }

  /// The newest cells that brought names with some beginning, in upper or lower case.
  func newestCells(declaringNamesFrom prefix: String, limit: Int) -> Set<Int> {
    let start = prefix.lowercased()
    var cells: Set<Int> = []
    for name in [variables.keys.map { $0 }, types.keys.map { $0 }, overloads.keys.map { $0 }].joined()
    where name.drop(while: { $0 == "`" }).lowercased().hasPrefix(start) {
      cells.formUnion(self.cells(declaring: name))
    }
    return cells.count > limit ? Set(cells.sorted(by: >).prefix(limit)) : cells
  }

  /// Whether something that a cell declared still stands.
  func stands(_ declaration: Declaration, of cell: Int) -> Bool {
    switch declaration.kind {
    case .variable, .indirectVariable: variables[declaration.name] == cell
    case .type: types[declaration.name] == cell
    case .conformance: conformances[declaration.name]?.cell == cell
    case .callable: (callables[declaration.name] ?? []).contains { $0.cell == cell }
    }
  }

  /// The cell that declared an extension's conformance, when stating it again would be redundant.
  func standingConformance(_ declaration: Declaration, newTypes: Set<String>) -> Entry? {
    guard let entry = conformances[declaration.name] else { return nil }
    let isOutdated = declaration.mentionedTypes.contains { newTypes.contains($0) || types[$0, default: 0] > entry.cell }
    return isOutdated ? nil : entry
  }

  private func isChanged(_ entry: Entry, by new: Declaration, newTypes: Set<String>) -> Bool {
    let old = entry.declaration
    return old.signature != new.signature || old.isOpaque
      || old.mentionedTypes.contains { newTypes.contains($0) || types[$0, default: 0] > entry.cell }
  }

  private func isOverload(_ entry: Entry, _ new: Declaration, predecessor: Int?) -> Bool {
    let old = entry.declaration
    return !(old.isGeneric && new.isGeneric) && old.parameters != new.parameters && predecessor != entry.cell
  }
}
