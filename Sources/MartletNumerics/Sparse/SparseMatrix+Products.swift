import CMartletRuntime

extension SparseMatrix {
  /// The product with a dense matrix `[columns, k]`, or with a vector of `columns` numbers: dense, `[rows, k]` or `[rows]`.
  ///
  /// Stops the cell when the inner lengths differ.
  /// - Complexity: O(stored · k).
  public static func • (a: SparseMatrix, b: Matrix) -> Matrix {
    guard 1...2 ~= b.rank, b.shape[0] == a.shape[1] else {
      fatalError("a • b needs the last length of a to equal the first of b: a is \(a.shape), b is \(b.shape).")
    }
    let width = b.rank == 1 ? 1 : b.shape[1]
    let factor = b.scalars
    let length = max(1, 8_192 / max(1, a.storedCount / max(1, a.shape[0])))
    var product = [Double](repeating: 0, count: a.shape[0] * width)
    product.withUnsafeMutableBufferPointer { target in
      // Each piece fills rows of its own.
      nonisolated(unsafe) let target = target
      factor.withUnsafeBufferPointer { factor in
        a.withStored { columns, values in
          Parallel.forEachRange(a.shape[0], length: length) { _, rows in
            for row in rows {
              for place in a.range(ofRow: row) {
                let (value, from) = (values[place], Int(columns[place]) * width)
                for j in 0..<width { target[row * width + j] += value * factor[from + j] }
              }
            }
          }
        }
      }
    }
    return Matrix(product, shape: b.rank == 1 ? [a.shape[0]] : [a.shape[0], width])
  }

  /// The product of a dense matrix `[m, rows]`, or of a vector of `rows` numbers, with a sparse one: dense.
  ///
  /// Stops the cell when the inner lengths differ.
  /// - Complexity: O(stored · m).
  public static func • (a: Matrix, b: SparseMatrix) -> Matrix {
    guard 1...2 ~= a.rank, a.shape[a.rank - 1] == b.shape[0] else {
      fatalError("a • b needs the last length of a to equal the first of b: a is \(a.shape), b is \(b.shape).")
    }
    let (height, width) = (a.rank == 1 ? 1 : a.shape[0], b.shape[1])
    let factor = a.scalars
    var product = [Double](repeating: 0, count: height * width)
    product.withUnsafeMutableBufferPointer { target in
      // Each piece fills a row of its own.
      nonisolated(unsafe) let target = target
      factor.withUnsafeBufferPointer { factor in
        b.withStored { columns, values in
          Parallel.forEach(height) { i in
            for row in 0..<b.shape[0] {
              let weight = factor[i * b.shape[0] + row]
              if weight == 0 { continue }
              for place in b.range(ofRow: row) { target[i * width + Int(columns[place])] += weight * values[place] }
            }
          }
        }
      }
    }
    return Matrix(product, shape: a.rank == 1 ? [width] : [height, width])
  }

  /// The product of two sparse matrices, sparse. Stops the cell when the inner lengths differ.
  ///
  /// - Complexity: O(pairs of elements that meet), and what sorting each row takes.
  public static func • (a: SparseMatrix, b: SparseMatrix) -> SparseMatrix {
    guard a.shape[1] == b.shape[0] else {
      fatalError("a • b needs the last length of a to equal the first of b: a is \(a.shape), b is \(b.shape).")
    }
    var sums = [Double](repeating: 0, count: b.shape[1])
    var seenIn = [Int](repeating: -1, count: b.shape[1])
    var (starts, columns, values): ([Int], [Int32], [Double]) = ([0], [], [])
    for row in 0..<a.shape[0] {
      martlet_poll()
      var touched: [Int32] = []
      for place in a.range(ofRow: row) {
        for other in b.range(ofRow: Int(a.columns[place])) {
          let column = Int(b.columns[other])
          if seenIn[column] != row {
            seenIn[column] = row
            sums[column] = 0
            touched.append(Int32(column))
          }
          sums[column] += a.values[place] * b.values[other]
        }
      }
      touched.sort()
      columns += touched
      values += touched.map { sums[Int($0)] }
      starts.append(columns.count)
    }
    return SparseMatrix(unchecked: [a.shape[0], b.shape[1]], rowStarts: starts, columns: columns, values: values)
  }

  /// Gives `body` the stored columns and values as blocks.
  package func withStored<Result>(
    _ body: (UnsafeBufferPointer<Int32>, UnsafeBufferPointer<Double>) -> Result
  ) -> Result {
    columns.withUnsafeBufferPointer { columns in values.withUnsafeBufferPointer { body(columns, $0) } }
  }
}
