import Glibc

extension Tensor where Scalar: LinearAlgebraScalar {
  /// The matrix multiplied by itself so many times; a negative power is the inverse's.
  ///
  ///     try Matrix([[1, 1], [1, 0]]).matrixPower(10)[0, 1]      // 55.0, a Fibonacci number
  /// - Throws: ``LinearAlgebraError`` of kind `shape`, or `singular` for a negative power.
  /// - Complexity: O(n³ · log(exponent)).
  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func matrixPower(_ exponent: Int) throws(LinearAlgebraError) -> Tensor {
    guard rank == 2, shape[0] == shape[1] else {
      throw .shape("matrixPower", needs: "a square matrix", found: [shape])
    }
    var square = exponent < 0 ? try inverse() : self
    var result = Tensor.eye(shape[0])
    var left = exponent.magnitude
    while left > 0 {
      if left & 1 == 1 { result = (result • square) }
      left >>= 1
      if left > 0 { square = (square • square) }
    }
    return result
  }

  /// The matrix exponential, the sum of `aᵏ / k!`: what solves `x′ = a • x`. (SciPy: `expm`)
  ///
  ///     try Matrix([[0, 1], [0, 0]]).exponential()      // [[1.0, 1.0], [0.0, 1.0]]
  ///
  /// By Padé approximation of degree 13 after halving, then squaring.
  /// - Throws: ``LinearAlgebraError`` of kind `shape` or `notFinite`.
  /// - Complexity: O(n³ · log(norm)).
  ///
  /// Reference: Higham (2005), The scaling and squaring method for the matrix exponential revisited.
  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func exponential() throws(LinearAlgebraError) -> Tensor {
    let checked = try ColumnMajorMatrix(square: self, for: "exponential")
    let size = Double(norm(.one))
    let threshold = 5.371920351148152  // below it, degree 13 is exact to rounding
    let halvings = size > threshold ? Int(log2(size / threshold).rounded(.up)) : 0
    let a = checked.tensor * Scalar(Glibc.pow(0.5, Double(halvings)))
    let c: [Scalar] = [
      64_764_752_532_480_000, 32_382_376_266_240_000, 7_771_770_303_897_600, 1_187_353_796_428_800, 129_060_195_264_000,
      10_559_470_521_600,
      670_442_572_800, 33_522_128_640, 1_323_241_920, 40_840_800, 960960, 16380, 182, 1,
    ]
    let identity = Tensor.eye(checked.rows)
    let a2 = a • a
    let a4 = a2 • a2
    let a6 = a4 • a2
    let oddHigh = a6 • (a6 * c[13] + a4 * c[11] + a2 * c[9])
    let odd = a • (oddHigh + a6 * c[7] + a4 * c[5] + a2 * c[3] + identity * c[1])
    let evenHigh = a6 • (a6 * c[12] + a4 * c[10] + a2 * c[8])
    let even = evenHigh + a6 * c[6] + a4 * c[4] + a2 * c[2] + identity * c[0]
    var result = try (even - odd).solve(even + odd)
    for _ in 0..<halvings { result = (result • result) }
    return result
  }

  /// The function of a symmetric matrix that does `function` to its eigenvalues, as its square root or logarithm.
  ///
  ///     try Matrix([[2, 0], [0, 8]]).symmetricFunction { log2($0) }      // [[1.0, 0.0], [0.0, 3.0]]
  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func symmetricFunction(_ function: (Scalar) -> Scalar) throws(LinearAlgebraError) -> Tensor {
    let eigen = try symmetricEigen()
    return (eigen.vectors * Tensor(eigen.values.map(function))) • eigen.vectors.transposed()
  }
}
