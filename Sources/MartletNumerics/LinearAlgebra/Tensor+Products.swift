extension Tensor where Scalar: TensorNumber {
  /// Every product of an element of one vector and one of another, shape `[m, n]`.
  ///
  ///     Tensor([1, 2]).outer(Tensor([3, 4]))      // [[3, 4], [6, 8]]
  public func outer(_ other: Tensor) -> Tensor { flattened().addingAxis(1) * other.flattened().addingAxis(0) }

  /// The block matrix of `self[i, j] · other`, shape `[m · p, n · q]`. (NumPy: `kron`)
  ///
  ///     Tensor([[1, 2]]).kronecker(Tensor([[1], [1]]))      // [[1, 2], [1, 2]]
  public func kronecker(_ other: Tensor) -> Tensor {
    guard rank == 2, other.rank == 2 else {
      fatalError("a.kronecker(b) needs two matrices; a is \(shape), b is \(other.shape).")
    }
    let product = addingAxis(1).addingAxis(3) * other.addingAxis(0).addingAxis(2)
    return product.reshaped(shape[0] * other.shape[0], shape[1] * other.shape[1])
  }

  /// The vector at right angles to two vectors of three elements, as long as the area between them.
  ///
  ///     Tensor([1, 0, 0]).cross(Tensor([0, 1, 0]))      // [0, 0, 1]
  public func cross(_ other: Tensor) -> Tensor {
    guard shape == [3], other.shape == [3] else {
      fatalError("a.cross(b) needs vectors of three elements; a is \(shape), b is \(other.shape).")
    }
    let (a, b) = (scalars, other.scalars)
    return Tensor([a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]])
  }
}

extension Tensor where Scalar: LinearAlgebraScalar {
  /// The nearest vector in the span of a matrix's columns: the orthogonal projection of this one.
  ///
  ///     try Matrix([3, 4]).projected(onto: Matrix([[1], [0]]))      // [3.0, 0.0]
  /// - Throws: ``LinearAlgebraError`` of kind `shape`, `notFinite` or `notConverged`.
  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func projected(onto columns: Tensor) throws(LinearAlgebraError) -> Tensor {
    guard columns.rank == 2, rank == 1 || rank == 2, columns.shape[0] == shape[0] else {
      throw .shape("v.projected(onto: a)", needs: "a matrix with as many rows as v", found: [shape, columns.shape])
    }
    let basis = try columns.columnSpace()
    return basis • (basis.transposed() • self)
  }

  /// Orthonormal vectors, one a column, whose first `j` span the same as this matrix's first `j` columns: Gram and
  /// Schmidt's process, twice over so that rounding does not tilt them.
  ///
  ///     try Matrix([[1, 1], [0, 1]]).gramSchmidt()      // [[1.0, 0.0], [0.0, 1.0]]
  /// - Throws: ``LinearAlgebraError`` of kind `shape`, or `singular` when a column depends on those before it.
  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func gramSchmidt() throws(LinearAlgebraError) -> Tensor {
    let a = try ColumnMajorMatrix(self, for: "gramSchmidt")
    var done: [Tensor] = []
    for j in 0..<a.columns {
      var vector = column(j)
      let before = vector.norm()
      for _ in 0..<2 { for other in done { vector -= other * other.dot(vector) } }
      let length = vector.norm()
      guard length > before * 45 * Scalar.ulpOfOne else {
        throw LinearAlgebraError(
          kind: .singular, description: "gramSchmidt: column \(j) of shape \(shape) depends on those before it.")
      }
      done.append(vector / length)
    }
    return Tensor.stacked(done, axis: 1)
  }

  /// The coordinates of a vector (or of a matrix's columns) in the basis that this matrix's columns are.
  ///
  ///     try Matrix([[2, 0], [0, 4]]).coordinates(of: Matrix([2, 2]))      // [1.0, 0.5]
  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func coordinates(of vector: Tensor) throws(LinearAlgebraError) -> Tensor { try solve(vector) }

  /// This linear map as it looks in the basis that another matrix's columns are: `basis⁻¹ • self • basis`.
  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func inBasis(_ basis: Tensor) throws(LinearAlgebraError) -> Tensor { try basis.solve(self • basis) }
}
