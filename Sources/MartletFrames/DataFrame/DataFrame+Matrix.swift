import MartletNumerics

extension DataFrame {
  /// Columns of numbers as a matrix, a row for each row: what models take.
  ///
  ///     let x = try iris.matrix(of: ["petalLength", "petalWidth"])      // shape [150, 2]
  /// - Parameter names: columns of `Double`, `Int` or `Bool` (true is 1).
  /// - Throws: ``FrameError`` of kind `unknownColumn`, `type` or `missingValues`.
  public func matrix(of names: [String]) throws(FrameError) -> Matrix {
    var scalars = [Double](repeating: 0, count: rowCount * names.count)
    for (place, name) in names.enumerated() {
      let column = try column(name)
      let values = try column.doubleValues()
      if column.validity.hasMissing {
        let first = values.indices.first { !column.validity[$0] } ?? 0
        throw .missingValues(name, count: column.missingCount, first: first)
      }
      for row in values.indices { scalars[row * names.count + place] = values[row] }
    }
    return Matrix(scalars, shape: [rowCount, names.count])
  }

  /// Every column of numbers but the named ones, as a matrix.
  ///
  ///     let x = try iris.matrix(except: "species")      // shape [150, 4]
  /// - Throws: ``FrameError`` of kind `unknownColumn`, `missingValues`, or `type` where a column of text is left.
  public func matrix(except names: String...) throws(FrameError) -> Matrix {
    for name in names { _ = try column(name) }
    return try matrix(of: columnNames.filter { !names.contains($0) })
  }

  /// A frame of a matrix's columns.
  /// - Throws: ``FrameError`` of kind `rowCount` when the names are not as many as the columns, or `duplicateColumn`.
  public init(_ matrix: Matrix, names: [String]) throws(FrameError) {
    guard matrix.rank == 2, matrix.shape[1] == names.count else {
      throw FrameError(
        kind: .rowCount,
        description: "\(names.count) names do not fit the columns of a matrix of shape \(matrix.shape).")
    }
    try self.init(names.enumerated().map { AnyColumn(Column($1, matrix.column($0).scalars)) })
  }
}
