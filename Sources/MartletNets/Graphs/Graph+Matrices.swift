import MartletNumerics

extension Graph {
  /// The adjacency with a loop at each node, divided by the roots of both nodes' degrees: `D^(−½) · (A + I) · D^(−½)`.
  ///
  /// What a ``GraphConvolution`` multiplies by. The degrees are those with the loops.
  /// - Parameter addingLoops: whether each node gets a loop of weight 1. Nodes without any edge then stay as they are, and
  ///   without loops become 0.
  public func normalizedAdjacency(addingLoops: Bool = true) -> SparseMatrix {
    let matrix = addingLoops ? withLoops : adjacency
    let roots = rowSums(matrix).map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
    return matrix.scaled(rows: roots).scaled(columns: roots)
  }

  /// The adjacency divided by each row's sum: products with it are means over neighbours. Rows of nodes without edges are 0.
  public func meanAdjacency(addingLoops: Bool = false) -> SparseMatrix {
    let matrix = addingLoops ? withLoops : adjacency
    return matrix.scaled(rows: rowSums(matrix).map { $0 > 0 ? 1 / $0 : 0 })
  }

  /// The adjacency with 1 more on its diagonal.
  var withLoops: SparseMatrix {
    let arcs = arcs
    return SparseMatrix(
      rows: arcs.map(\.0) + Array(0..<nodeCount), columns: arcs.map(\.1) + Array(0..<nodeCount),
      values: adjacency.values + [Double](repeating: 1, count: nodeCount), shape: [nodeCount, nodeCount])
  }

  func rowSums(_ matrix: SparseMatrix) -> [Double] {
    (0..<nodeCount).map { node in matrix.range(ofRow: node).reduce(0) { $0 + matrix.values[$1] } }
  }
}

extension SparseMatrix {
  /// Every row times a number.
  func scaled(rows factors: [Double]) -> SparseMatrix {
    var values = values
    for row in 0..<shape[0] { for place in range(ofRow: row) { values[place] *= factors[row] } }
    return SparseMatrix(unchecked: shape, rowStarts: rowStarts, columns: columns, values: values)
  }
}

extension Variable {
  /// The product of a sparse matrix `[m, n]`, a constant, with this variable `[n, k]`.
  ///
  ///     h.multiplied(from: graph.normalizedAdjacency())      // each node gets a mean of its neighbours
  /// - Complexity: O(stored · k), and the same for the gradient.
  public func multiplied(from matrix: SparseMatrix) -> Variable {
    guard rank == 2, shape[0] == matrix.shape[1] else {
      fatalError(
        "A sparse matrix \(matrix.shape) is multiplied with rows [\(matrix.shape[1]), k]; found shape \(shape).")
    }
    return .computed(Self.product(matrix, value), from: [self]) { [Self.product(matrix.transposed(), $0)] }
  }

  private static func product(_ matrix: SparseMatrix, _ dense: Tensor<Scalar>) -> Tensor<Scalar> {
    let width = dense.shape[1]
    var result = Tensor<Scalar>.zeros(matrix.shape[0], width)
    guard result.count > 0, dense.count > 0 else { return result }
    result.withMutableElements { target in
      dense.withElements { source in
        Kernels.forEachRange(matrix.shape[0], cost: width * Swift.max(1, matrix.storedCount / matrix.shape[0])) {
          rows in
          for row in rows {
            for place in matrix.range(ofRow: row) {
              let (weight, from) = (Scalar(matrix.values[place]), source + Int(matrix.columns[place]) * width)
              for i in 0..<width { target[row * width + i] += weight * from[i] }
            }
          }
        }
      }
    }
    return result
  }

  /// Sums of rows that belong together: row `g` of the result is the sum of the rows `i` with `groups[i] = g`.
  ///
  /// - Parameters:
  ///   - groups: a number from 0 for each row.
  ///   - count: how many groups there are; those without rows are 0.
  public func summed(inGroups groups: [Int], count: Int) -> Variable {
    guard rank >= 1, groups.count == shape[0], groups.allSatisfy({ (0..<count).contains($0) }) else {
      fatalError(
        "summed(inGroups:) needs a group from 0 to \(count - 1) for each row; found shape \(shape) and \(groups.count) groups."
      )
    }
    let width = shape.dropFirst().reduce(1, *)
    var sums = Tensor<Scalar>.zeros(shape: [count] + shape.dropFirst())
    if sums.count > 0, self.count > 0 {
      sums.withMutableElements { target in
        value.withElements { source in
          for (row, group) in groups.enumerated() {
            Kernels.add(source + row * width, to: target + group * width, width)
          }
        }
      }
    }
    return .computed(sums, from: [self]) { [$0.gathered(Tensor(groups))] }
  }
}
