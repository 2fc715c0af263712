/// A variable that the next cell would see.
package struct CellVariable: Sendable, Hashable {
  package var name: String
  /// The cell that declares it, by the number in its module's name.
  package var sequence: Int
  /// The number by which messages call that cell.
  package var number: Int
}

extension CellSurroundings {
  /// The newest version of every variable that has a value.
  package var variables: [CellVariable] {
    variableCells.compactMap { name, sequence in
      numbers[sequence].map { CellVariable(name: name.filter { $0 != "`" }, sequence: sequence, number: $0) }
    }
  }
}
