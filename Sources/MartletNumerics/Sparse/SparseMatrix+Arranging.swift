extension SparseMatrix {
  /// Rows become columns. (The same elements column by column: SciPy's `tocsc`)
  /// - Complexity: O(stored + rows + columns).
  public func transposed() -> SparseMatrix {
    var starts = [Int](repeating: 0, count: shape[1] + 1)
    for column in columns { starts[Int(column) + 1] += 1 }
    for column in 0..<shape[1] { starts[column + 1] += starts[column] }
    var next = starts
    var newColumns = [Int32](repeating: 0, count: values.count)
    var newValues = [Double](repeating: 0, count: values.count)
    for row in 0..<shape[0] {
      for place in range(ofRow: row) {
        let target = next[Int(columns[place])]
        next[Int(columns[place])] += 1
        newColumns[target] = Int32(row)
        newValues[target] = values[place]
      }
    }
    return SparseMatrix(
      unchecked: [shape[1], shape[0]], rowStarts: starts, columns: newColumns, values: newValues)
  }

  /// The rows at these places, in this order. Stops the cell outside the shape.
  /// - Complexity: O(elements of these rows).
  public func rows(_ places: [Int]) -> SparseMatrix {
    var (starts, newColumns, newValues): ([Int], [Int32], [Double]) = ([0], [], [])
    for row in places {
      guard 0..<shape[0] ~= row else { fatalError("Row \(row) is outside a matrix of shape \(shape).") }
      newColumns += columns[range(ofRow: row)]
      newValues += values[range(ofRow: row)]
      starts.append(newValues.count)
    }
    return SparseMatrix(
      unchecked: [places.count, shape[1]], rowStarts: starts, columns: newColumns, values: newValues)
  }

  /// Consecutive rows. Stops the cell outside the shape.
  public subscript(rows: Range<Int>) -> SparseMatrix { self.rows(Array(rows)) }

  /// The columns at these places, in this order, none twice. Stops the cell outside the shape.
  /// - Complexity: O(stored + columns).
  public func columns(_ places: [Int]) -> SparseMatrix {
    transposed().rows(places).transposed()
  }

  /// The rows of several matrices with the same columns, one below the other. (SciPy: `vstack`)
  /// Stops the cell when the numbers of columns differ or there is no matrix.
  public static func stacked(_ parts: [SparseMatrix]) -> SparseMatrix {
    guard let width = parts.first?.shape[1], parts.allSatisfy({ $0.shape[1] == width }) else {
      fatalError("Stacked matrices have the same columns; these have \(parts.map { $0.shape[1] }).")
    }
    var starts = [0]
    for part in parts {
      let before = starts[starts.count - 1]
      starts += part.rowStarts.dropFirst().map { before + $0 }
    }
    return SparseMatrix(
      unchecked: [starts.count - 1, width], rowStarts: starts, columns: parts.flatMap(\.columns),
      values: parts.flatMap(\.values))
  }

  /// The columns of several matrices with the same rows, side by side. (SciPy: `hstack`)
  /// Stops the cell when the numbers of rows differ or there is no matrix.
  public static func joined(_ parts: [SparseMatrix]) -> SparseMatrix {
    guard let height = parts.first?.shape[0], parts.allSatisfy({ $0.shape[0] == height }) else {
      fatalError("Joined matrices have the same rows; these have \(parts.map { $0.shape[0] }).")
    }
    var (starts, columns, values): ([Int], [Int32], [Double]) = ([0], [], [])
    for row in 0..<height {
      var before: Int32 = 0
      for part in parts {
        columns += part.columns[part.range(ofRow: row)].map { $0 + before }
        values += part.values[part.range(ofRow: row)]
        before += Int32(part.shape[1])
      }
      starts.append(values.count)
    }
    let width = parts.reduce(0) { $0 + $1.shape[1] }
    return SparseMatrix(unchecked: [height, width], rowStarts: starts, columns: columns, values: values)
  }

  /// The sum of each column (`axis: 0`) or row (`axis: 1`).
  public func sum(axis: Int) -> Matrix {
    var sums = [Double](repeating: 0, count: axis == 0 ? shape[1] : shape[0])
    for row in 0..<shape[0] {
      for place in range(ofRow: row) { sums[axis == 0 ? Int(columns[place]) : row] += values[place] }
    }
    return Matrix(sums)
  }

  /// The same places with other values. Zero is to stay zero, since zeros are not stored.
  public func mapValues(_ change: (Double) -> Double) -> SparseMatrix {
    SparseMatrix(unchecked: shape, rowStarts: rowStarts, columns: columns, values: values.map(change))
  }

  /// Each column times its factor. Stops the cell unless there is one factor for each column.
  public func scaled(columns factors: [Double]) -> SparseMatrix {
    guard factors.count == shape[1] else {
      fatalError("\(shape[1]) columns need as many factors, not \(factors.count).")
    }
    let scaled = zip(values, columns).map { $0 * factors[Int($1)] }
    return SparseMatrix(unchecked: shape, rowStarts: rowStarts, columns: columns, values: scaled)
  }
}

extension SparseMatrix: CustomStringConvertible {
  /// The shape, how full it is, and the first elements.
  public var description: String {
    let cells = Double(shape[0]) * Double(shape[1])
    let share = cells > 0 ? 100 * Double(storedCount) / cells : 0
    var lines = ["\(shape[0]) × \(shape[1]), \(storedCount) stored (\((share * 100).rounded() / 100)%)"]
    for row in 0..<min(shape[0], 5) {
      let range = range(ofRow: row)
      let texts = range.prefix(8).map { "\(columns[$0]): \(values[$0])" }
      lines.append("row \(row): " + texts.joined(separator: ", ") + (range.count > 8 ? ", …" : ""))
    }
    return (lines + (shape[0] > 5 ? ["…"] : [])).joined(separator: "\n")
  }
}

extension SparseMatrix: Codable {
  private enum CodingKeys: String, CodingKey { case columnCount, rowStarts, columns, values }

  /// Writes the number of columns and the rows' parts.
  public func encode(to encoder: any Encoder) throws {
    var file = encoder.container(keyedBy: CodingKeys.self)
    try file.encode(shape[1], forKey: .columnCount)
    try file.encode(rowStarts, forKey: .rowStarts)
    try file.encode(columns, forKey: .columns)
    try file.encode(values, forKey: .values)
  }

  /// Reads what ``encode(to:)`` wrote; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    let width = try file.decode(Int.self, forKey: .columnCount)
    let starts = try file.decode([Int].self, forKey: .rowStarts)
    let columns = try file.decode([Int32].self, forKey: .columns)
    let values = try file.decode([Double].self, forKey: .values)
    if let problem = Self.problem(starts, columns, values.count, width) {
      throw DecodingError.dataCorruptedError(
        forKey: .rowStarts, in: file, debugDescription: "These are no rows of a sparse matrix: \(problem).")
    }
    self.init(unchecked: [starts.count - 1, width], rowStarts: starts, columns: columns, values: values)
  }
}
