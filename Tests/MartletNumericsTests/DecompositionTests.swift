import MartletNumerics
import Testing

@Suite struct DecompositionTests {
  struct Reference: Decodable {
    let square, tall, deficient, pseudoInverse, exponential, largeExponential, power, inversePower,
      kronecker: [[Double]]
    let lower, upper: [[Double]]
    let symmetricValues, realParts, imaginaryParts, singularValues, vector, logDeterminant, triangular: [Double]
    let deficientRank, nullSpaceSize: Int
    let condition, hilbertCondition: Double
    let norms, vectorNorms: [String: Double]
    let kroneckerFactors: [[[Double]]]
    let order: [Int]
  }

  let r: Reference
  let square: Matrix

  init() throws {
    r = try ReferenceFile.read("decompositions")
    square = Matrix(r.square)
  }

  @Test func eigenvaluesAgreeWithNumPy() throws {
    let symmetric = square + square.transposed()
    let found = try symmetric.symmetricEigen()
    #expect(agree(found.values, r.symmetricValues, within: 1e-12))
    let back = (found.vectors * Matrix(found.values)) • found.vectors.transposed()
    #expect(agree(back.scalars, symmetric.scalars, within: 1e-12))
    let general = try square.eigen()
    let values = general.values.sorted { ($0.real, $0.imaginary) < ($1.real, $1.imaginary) }
    #expect(agree(values.map(\.real), r.realParts, within: 1e-12))
    #expect(agree(values.map(\.imaginary), r.imaginaryParts, within: 1e-12))
    // a • (x + iy) = (u + iv)(x + iy)
    let (u, v) = (Matrix(general.values.map(\.real)), Matrix(general.values.map(\.imaginary)))
    let (x, y) = (general.vectors, general.imaginaryVectors)
    #expect(agree((square • x).scalars, (x * u - y * v).scalars, within: 1e-12))
    #expect(agree((square • y).scalars, (x * v + y * u).scalars, within: 1e-12))
    #expect(try Matrix([[4, -2], [1, 1]]).eigen().values.map(\.real).sorted() == [2, 3])
  }

  @Test(arguments: [[7, 4], [4, 7], [5, 5], [1, 3], [60, 80]]) func singularValuesMakeTheMatrix(shape: [Int]) throws {
    var random = PCG64(seed: 9)
    let a = random.normals(shape: shape)
    let svd = try a.singularValueDecomposition()
    #expect(agree(((svd.left * Matrix(svd.values)) • svd.right.transposed()).scalars, a.scalars, within: 1e-12))
    #expect(agree((svd.left.transposed() • svd.left).scalars, Matrix.eye(svd.values.count).scalars, within: 1e-12))
    #expect(zip(svd.values, svd.values.dropFirst()).allSatisfy { $0 >= $1 })
    let lu = try a.lu()
    #expect(agree((lu.lower • lu.upper).scalars, a[rows: lu.order].scalars, within: 1e-12))
    let inverse = try a.pseudoInverse()
    #expect(agree((a • inverse • a).scalars, a.scalars, within: 1e-11))
  }

  @Test func agreesWithNumPyAndSciPy() throws {
    let (tall, deficient) = (Matrix(r.tall), Matrix(r.deficient))
    #expect(agree(try tall.singularValues(), r.singularValues, within: 1e-13))
    #expect(agree(try tall.pseudoInverse().scalars, r.pseudoInverse.flatMap { $0 }, within: 1e-13))
    #expect(try deficient.matrixRank() == r.deficientRank)
    #expect(try deficient.nullSpace().shape == [deficient.shape[1], r.nullSpaceSize])
    #expect(agree((deficient • (try deficient.nullSpace())).scalars, [Double](repeating: 0, count: 12), within: 1e-13))
    #expect(agree([try square.conditionNumber()], [r.condition], within: 1e-12))
    #expect(agree(try square.exponential().scalars, r.exponential.flatMap { $0 }, within: 1e-12))
    let reference = r.largeExponential.flatMap { $0 }
    let scale = reference.map { abs($0) }.max() ?? 1
    let difference = zip(try (square * 5).exponential().scalars, reference).map { abs($0 - $1) }.max() ?? 1
    #expect(difference < 1e-11 * scale)
    #expect(agree(try square.matrixPower(5).scalars, r.power.flatMap { $0 }, within: 1e-12))
    #expect(agree(try square.matrixPower(-2).scalars, r.inversePower.flatMap { $0 }, within: 1e-11))
    let factors = r.kroneckerFactors.map { Matrix($0) }
    #expect(agree(factors[0].kronecker(factors[1]).scalars, r.kronecker.flatMap { $0 }, within: 1e-15))
    let determinant = try square.signAndLogDeterminant()
    #expect(agree([determinant.sign, determinant.logarithm], r.logDeterminant, within: 1e-13))
    let lu = try tall.lu()
    #expect(agree(lu.upper.scalars, r.upper.flatMap { $0 }, within: 1e-12))
    #expect(
      agree(
        try square.solveTriangular(Matrix(Array(r.vector.prefix(6))), isLower: true).scalars, r.triangular,
        within: 1e-10))
  }

  @Test func normsAgreeWithNumPy() {
    let kinds: [String: TensorNorm] = [
      "euclidean": .euclidean, "one": .one, "infinity": .infinity, "two": .two, "nuclear": .nuclear, "three": .power(3),
    ]
    for (name, expected) in r.norms { #expect(agree([square.norm(kinds[name]!)], [expected], within: 1e-13)) }
    for (name, expected) in r.vectorNorms {
      #expect(agree([Matrix(r.vector).norm(kinds[name]!)], [expected], within: 1e-13))
    }
    #expect(agree([Matrix([3e200, 4e200]).norm() / 1e200], [5], within: 1e-14))
    #expect(Matrix([]).norm() == 0 && Matrix([[1, 2], [3, 4]]).trace() == 5)
  }

  /// Condition number of the Hilbert matrix of order 6, from the literature: 1.495106e7.
  @Test func hilbert() throws {
    let places = Matrix.arange(6)
    let hilbert = 1 / (places.addingAxis(1) + places + 1)
    #expect(abs(try hilbert.conditionNumber() / 1.495106e7 - 1) < 1e-6)
  }

  @Test func geometry() throws {
    #expect(Tensor([1, 0, 0]).cross(Tensor([0, 1, 0])).scalars == [0, 0, 1])
    #expect(Tensor([1, 2]).outer(Tensor([3, 4])).scalars == [3, 4, 6, 8])
    #expect(agree(try Matrix([3, 4]).projected(onto: Matrix([[1], [0]])).scalars, [3, 0]))
    let basis = try square.gramSchmidt()
    #expect(agree((basis.transposed() • basis).scalars, Matrix.eye(6).scalars, within: 1e-13))
    #expect(agree(try Matrix([[2, 0], [0, 4]]).coordinates(of: Matrix([2, 2])).scalars, [1, 0.5]))
    let eigen = try (square + square.transposed()).symmetricEigen()
    let diagonal = try (square + square.transposed()).inBasis(eigen.vectors)
    #expect(agree(diagonal.scalars, Matrix.diagonal(eigen.values).scalars, within: 1e-11))
    let root = try (square • square.transposed()).symmetricFunction { $0.squareRoot() }
    #expect(agree((root • root).scalars, (square • square.transposed()).scalars, within: 1e-11))
    #expect(throws: LinearAlgebraError.self) { try Matrix([[1, 2], [2, 4]]).gramSchmidt() }
    #expect(agree(try Matrix([[4, 2], [2, 5]]).solvePositiveDefinite(Matrix([6, 7])).scalars, [1, 1]))
  }

  @Test func examples() throws {
    #expect(try Matrix([[1, 1], [1, 0]]).matrixPower(10)[0, 1] == 55)
    #expect(agree(try Matrix([[0, 1], [0, 0]]).exponential().scalars, [1, 1, 0, 1], within: 1e-15))
    #expect(agree(try Matrix([[1], [2]]).pseudoInverse().scalars, [0.2, 0.4], within: 1e-15))
    #expect(try Matrix([[1, 2], [2, 4]]).signAndLogDeterminant().sign == 0)
    #expect(throws: LinearAlgebraError.self) { try Matrix([[1, 2, 3]]).eigen() }
    #expect(throws: LinearAlgebraError.self) { try Matrix([[1, 2], [0, .nan]]).singularValueDecomposition() }
    #expect(throws: LinearAlgebraError.self) {
      try Matrix([[1, 2], [0, 0]]).solveTriangular(Matrix([1, 1]), isLower: false)
    }
  }

  /// In single precision, everything agrees with double precision to about six digits.
  @Test func singlePrecisionAgreesWithDouble() throws {
    var random = PCG64(seed: 4)
    let a = random.normals(shape: [6, 6])
    let b = random.normals(shape: [6, 2])
    let tall = random.normals(shape: [9, 4])
    let (single, right, high) = (a.asFloat, b.asFloat, tall.asFloat)
    func close(_ found: Tensor<Float>, _ wanted: Matrix) -> Bool {
      found.shape == wanted.shape && agree(found.asDouble.scalars, wanted.scalars, within: 2e-4)
    }
    let gram = (a • a.transposed()) + Matrix.eye(6)
    #expect(close(try single.solve(right), try a.solve(b)))
    #expect(close(try single.inverse(), try a.inverse()))
    #expect(agree([Double(try single.determinant())], [try a.determinant()], within: 1e-4))
    let (q, r) = try high.qr()
    #expect(close((q • r), tall) && close((q.transposed() • q), .eye(4)))
    #expect(close(try gram.asFloat.cholesky(), try gram.cholesky()))
    #expect(close(try gram.asFloat.solvePositiveDefinite(right), try gram.solvePositiveDefinite(b)))
    let svd = try high.singularValueDecomposition()
    #expect(close((svd.left * Tensor(svd.values)) • svd.right.transposed(), tall))
    #expect(close(Tensor(svd.values), Matrix(try tall.singularValues())))
    #expect(close(try high.pseudoInverse(), try tall.pseudoInverse()))
    #expect(try high.matrixRank() == 4)
    #expect(close(try high.leastSquares(high.column(0)).solution, Matrix([1, 0, 0, 0])))
    #expect(close(Tensor(try gram.asFloat.symmetricEigen().values), Matrix(try gram.symmetricEigen().values)))
    let eigen = try single.eigen().values.map(\.magnitude).sorted()
    #expect(agree(eigen, try a.eigen().values.map(\.magnitude).sorted(), within: 1e-4))
    let lu = try single.lu()
    #expect(close((lu.lower • lu.upper), a[rows: lu.order]))
    #expect(close(try single.exponential() / 100, try a.exponential() / 100))
    #expect(agree([Double(single.norm()), Double(single.norm(.two))], [a.norm(), a.norm(.two)], within: 1e-5))
    #expect(throws: LinearAlgebraError.self) { try Tensor<Float>([[1, 2], [2, 4]]).solve(Tensor<Float>([1, 1])) }
  }

  /// Lengths whose squares neither overflow nor vanish in single precision.
  @Test func lengthsAreScaled() {
    #expect(abs(Tensor<Float>([3e30, 4e30]).norm() / 5e30 - 1) < 1e-6)
    #expect(abs(Tensor<Float>([3e-30, 4e-30]).norm() / 5e-30 - 1) < 1e-6)
    #expect(abs(Matrix([3e200, 4e200]).norm() / 5e200 - 1) < 1e-15)
  }
}
