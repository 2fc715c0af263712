import COpenBLAS

/// The directions that a symmetric matrix only stretches: `a = vectors • diagonal(values) • vectors.transposed()`.
public struct SymmetricEigen<Scalar: LinearAlgebraScalar>: Sendable {
  /// How much each direction is stretched, smallest first.
  public let values: [Scalar]
  /// The directions, one a column, of length 1 and at right angles.
  public let vectors: Tensor<Scalar>
}

/// The directions that a matrix only stretches: `a • vectors[.all, i] = values[i] · vectors[.all, i]`.
public struct GeneralEigen<Scalar: LinearAlgebraScalar>: Sendable {
  /// How much each direction is stretched, in no particular order; pairs with an imaginary part are rotations.
  public let values: [ComplexNumber]
  /// The real parts of the directions, one a column of length 1.
  public let vectors: Tensor<Scalar>
  /// The imaginary parts of the directions; all zero where the values are real.
  public let imaginaryVectors: Tensor<Scalar>
  /// Whether every value is real.
  public var isReal: Bool { values.allSatisfy { $0.imaginary == 0 } }
}

extension Tensor where Scalar: LinearAlgebraScalar {
  /// The eigenvalues and eigenvectors of a symmetric matrix (LAPACK `syevd`). (NumPy: `eigh`)
  ///
  ///     let eigen = try Matrix([[2, 1], [1, 2]]).symmetricEigen()
  ///     eigen.values      // [1.0, 3.0]
  ///
  /// Only the lower triangle is read. A vector's sign is not determined.
  /// - Throws: ``LinearAlgebraError`` of kind `shape`, `notFinite` or `notConverged`.
  /// - Complexity: O(n³).
  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func symmetricEigen() throws(LinearAlgebraError) -> SymmetricEigen<Scalar> {
    var a = try ColumnMajorMatrix(square: self, for: "symmetricEigen")
    var (n, info, vectors, triangle) = (Int32(a.rows), Int32(0), CChar(86), CChar(76))  // "V", "L"
    var values = [Scalar](repeating: 0, count: a.rows)
    // The first call only asks how much room the second needs.
    var (workSize, integerSize, ask) = (Scalar(0), Int32(0), Int32(-1))
    Scalar._syevd(&vectors, &triangle, &n, &a.elements, &n, &values, &workSize, &ask, &integerSize, &ask, &info)
    var (room, integerRoom) = (Int32(workSize), integerSize)
    var work = [Scalar](repeating: 0, count: Int(room))
    var integers = [Int32](repeating: 0, count: Int(integerRoom))
    let solve = {
      Scalar._syevd(
        &vectors, &triangle, &n, &a.elements, &n, &values, &work, &room, &integers, &integerRoom, &info)
    }
    // More threads are worth it for large matrices alone, and other sums in other orders are other last digits.
    if a.rows > 512 { solve() } else { SingleThreadedBLAS.with(solve) }
    guard info == 0 else { throw .notConverged("symmetricEigen", shape) }
    return SymmetricEigen(values: values, vectors: a.tensor)
  }

  /// The eigenvalues and eigenvectors of any square matrix (LAPACK `geev`). (NumPy: `eig`)
  ///
  ///     let eigen = try Matrix([[4, -2], [1, 1]]).eigen()
  ///     eigen.values.map(\.real).sorted()      // [2.0, 3.0]
  ///
  /// - Throws: ``LinearAlgebraError`` of kind `shape`, `notFinite` or `notConverged`.
  /// - Complexity: O(n³).
  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func eigen() throws(LinearAlgebraError) -> GeneralEigen<Scalar> {
    var a = try ColumnMajorMatrix(square: self, for: "eigen")
    let count = a.rows
    var (n, one, info, none, wanted) = (Int32(count), Int32(1), Int32(0), CChar(78), CChar(86))  // "N", "V"
    var (real, imaginary) = ([Scalar](repeating: 0, count: count), [Scalar](repeating: 0, count: count))
    var (unused, packed) = ([Scalar](repeating: 0, count: 1), [Scalar](repeating: 0, count: count * count))
    // The first call only asks how much room the second needs.
    var (workSize, ask) = (Scalar(0), Int32(-1))
    Scalar._geev(
      &none, &wanted, &n, &a.elements, &n, &real, &imaginary, &unused, &one, &packed, &n, &workSize, &ask, &info)
    var room = Int32(workSize)
    var work = [Scalar](repeating: 0, count: Int(room))
    Scalar._geev(
      &none, &wanted, &n, &a.elements, &n, &real, &imaginary, &unused, &one, &packed, &n, &work, &room, &info)
    guard info == 0 else { throw .notConverged("eigen", shape) }
    var (parts, imaginaryParts) = (packed, [Scalar](repeating: 0, count: count * count))
    // A pair's vectors share two columns: the real part and the imaginary one.
    var column = 0
    while column < count {
      if imaginary[column] != 0 {
        for row in 0..<count {
          let (x, y) = (packed[column * count + row], packed[(column + 1) * count + row])
          (parts[column * count + row], parts[(column + 1) * count + row]) = (x, x)
          (imaginaryParts[column * count + row], imaginaryParts[(column + 1) * count + row]) = (y, -y)
        }
        column += 1
      }
      column += 1
    }
    return GeneralEigen(
      values: zip(real, imaginary).map { ComplexNumber(Double($0), Double($1)) },
      vectors: ColumnMajorMatrix(elements: parts, rows: count, columns: count).tensor,
      imaginaryVectors: ColumnMajorMatrix(elements: imaginaryParts, rows: count, columns: count).tensor)
  }
}
