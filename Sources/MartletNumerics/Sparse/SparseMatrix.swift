/// A matrix of which only the elements other than zero are stored, row by row (compressed sparse rows).
///
/// Counts of words in texts are such: of 100,000 columns a row has a hundred that are not zero.
///
///     let counts = SparseMatrix(Matrix([[0, 2, 0], [1, 0, 3]]))
///     counts.storedCount                 // 3
///     counts • Matrix([1, 10, 100])      // [20.0, 301.0]
///     counts.transposed().dense          // [[0.0, 1.0], [2.0, 0.0], [0.0, 3.0]]
///
/// Row `i` has the columns `columns[rowStarts[i]..<rowStarts[i + 1]]` in ascending order, none twice, and the values at the
/// same places. (SciPy: `csr_matrix` with sorted indices)
public struct SparseMatrix: Sendable, Equatable {
  /// How many rows and columns there are.
  public let shape: [Int]
  /// Where each row starts among ``columns`` and ``values``, and where the last one ends: `rows + 1` numbers.
  public let rowStarts: [Int]
  /// The column of each stored element.
  public let columns: [Int32]
  /// The stored elements.
  public let values: [Double]

  /// What has been checked already.
  package init(unchecked shape: [Int], rowStarts: [Int], columns: [Int32], values: [Double]) {
    self.shape = shape
    self.rowStarts = rowStarts
    self.columns = columns
    self.values = values
  }

  /// A matrix from its rows' parts, which stops the cell unless they fit together as the type says.
  ///
  /// - Parameters:
  ///   - rowStarts: `rows + 1` numbers, ascending from 0 to the number of values.
  ///   - columns: the column of each value, ascending within a row.
  ///   - values: the elements.
  ///   - columnCount: how many columns there are, up to 2³¹ − 1.
  public init(rowStarts: [Int], columns: [Int32], values: [Double], columnCount: Int) {
    if let problem = Self.problem(rowStarts, columns, values.count, columnCount) {
      fatalError("These are no rows of a sparse matrix: \(problem).")
    }
    self.init(unchecked: [rowStarts.count - 1, columnCount], rowStarts: rowStarts, columns: columns, values: values)
  }

  /// The elements of a dense matrix that are not zero. Stops the cell unless `dense` has two axes.
  public init(_ dense: Matrix) {
    guard dense.rank == 2 else {
      fatalError("A sparse matrix has rows and columns; the tensor has shape \(dense.shape).")
    }
    let (scalars, width) = (dense.scalars, dense.shape[1])
    var (starts, columns, values): ([Int], [Int32], [Double]) = ([0], [], [])
    for row in 0..<dense.shape[0] {
      for column in 0..<width where scalars[row * width + column] != 0 {
        columns.append(Int32(column))
        values.append(scalars[row * width + column])
      }
      starts.append(values.count)
    }
    self.init(unchecked: dense.shape, rowStarts: starts, columns: columns, values: values)
  }

  /// A matrix from places and values in any order; those of one place are added. (SciPy: `coo_matrix`)
  ///
  ///     SparseMatrix(rows: [1, 0, 1], columns: [2, 0, 2], values: [3, 1, 4], shape: [2, 3]).dense      // [[1, 0, 0], [0, 0, 7]]
  ///
  /// Stops the cell when the lists differ in length or a place is outside the shape.
  /// - Complexity: O(stored + rows + columns).
  public init(rows: [Int], columns: [Int], values: [Double], shape: [Int]) {
    guard shape.count == 2, rows.count == values.count, columns.count == values.count else {
      fatalError("A sparse matrix needs a row and a column for each of the \(values.count) values, and a shape of two.")
    }
    for (row, column) in zip(rows, columns) where !(0..<shape[0] ~= row && 0..<shape[1] ~= column) {
      fatalError("The place [\(row), \(column)] is outside a matrix of shape \(shape).")
    }
    let order = Self.placesByKey(Self.placesByKey(Array(rows.indices), columns, shape[1]), rows, shape[0])
    var starts = [Int](repeating: 0, count: shape[0] + 1)
    var (ordered, sums): ([Int32], [Double]) = ([], [])
    var last: (row: Int, column: Int)?
    for place in order {
      let here = (row: rows[place], column: columns[place])
      if let last, last == here {
        sums[sums.count - 1] += values[place]
      } else {
        ordered.append(Int32(here.column))
        sums.append(values[place])
      }
      starts[here.row + 1] = sums.count
      last = here
    }
    for row in 0..<shape[0] { starts[row + 1] = max(starts[row + 1], starts[row]) }
    self.init(unchecked: shape, rowStarts: starts, columns: ordered, values: sums)
  }

  /// The places in the order of their keys; those with equal keys stay in their order.
  private static func placesByKey(_ places: [Int], _ keys: [Int], _ bound: Int) -> [Int] {
    var next = [Int](repeating: 0, count: bound + 1)
    for place in places { next[keys[place] + 1] += 1 }
    for key in 0..<bound { next[key + 1] += next[key] }
    var ordered = places
    for place in places {
      ordered[next[keys[place]]] = place
      next[keys[place]] += 1
    }
    return ordered
  }

  /// How many elements are stored.
  public var storedCount: Int { values.count }

  /// The places of a row's elements among ``columns`` and ``values``.
  @inlinable
  public func range(ofRow row: Int) -> Range<Int> { rowStarts[row]..<rowStarts[row + 1] }

  /// An element; zero where none is stored. Stops the cell outside the shape.
  /// - Complexity: O(log of the row's elements).
  public subscript(row: Int, column: Int) -> Double {
    guard 0..<shape[0] ~= row, 0..<shape[1] ~= column else {
      fatalError("The place [\(row), \(column)] is outside a matrix of shape \(shape).")
    }
    var (low, high) = (rowStarts[row], rowStarts[row + 1])
    while low < high {
      let middle = (low + high) / 2
      if columns[middle] < Int32(column) { low = middle + 1 } else { high = middle }
    }
    return low < rowStarts[row + 1] && columns[low] == Int32(column) ? values[low] : 0
  }

  /// The same elements with the zeros between them.
  /// - Complexity: O(rows · columns).
  public var dense: Matrix {
    var scalars = [Double](repeating: 0, count: shape[0] * shape[1])
    for row in 0..<shape[0] {
      for place in range(ofRow: row) { scalars[row * shape[1] + Int(columns[place])] = values[place] }
    }
    return Matrix(scalars, shape: shape)
  }

  /// Why these are no rows of a matrix, or `nil`.
  static func problem(_ starts: [Int], _ columns: [Int32], _ count: Int, _ width: Int) -> String? {
    guard starts.first == 0, starts.last == count, zip(starts, starts.dropFirst()).allSatisfy({ $0 <= $1 }) else {
      return "the starts of rows are to ascend from 0 to the number of values, \(count)"
    }
    guard columns.count == count else { return "\(columns.count) columns for \(count) values" }
    guard 0...Int(Int32.max) ~= width else { return "\(width) columns; up to \(Int32.max) are possible" }
    for row in 0..<starts.count - 1 {
      var last: Int32 = -1
      for place in starts[row]..<starts[row + 1] {
        guard columns[place] > last, columns[place] < width else {
          return "row \(row) is to have ascending columns below \(width), found \(columns[place])"
        }
        last = columns[place]
      }
    }
    return nil
  }
}
