import MartletNumerics
import Testing

/// An array in a reference file.
struct ReferenceArray: Decodable {
  let shape: [Int]
  let scalars: [Double]
  var tensor: Matrix { Matrix(scalars, shape: shape) }
}

@Suite struct TensorReferenceTests {
  struct Sorting: Decodable {
    let axis: Int
    let sorted, places, sums, products, differences: ReferenceArray
  }
  struct Unique: Decodable {
    let values: [Double]
    let counts, inverse: [Int]
  }
  struct Einsum: Decodable {
    let text: String
    let operands: [String]
    let result: ReferenceArray
  }
  struct Function: Decodable {
    let name: String
    let x, y: [Double]
  }
  struct Powers: Decodable { let base, exponent, pow, atan2, hypot: [Double] }
  struct Reference: Decodable {
    let cube: ReferenceArray
    let sorting: [Sorting]
    let flatSums: [Double]
    let unique: Unique
    let operands: [String: ReferenceArray]
    let einsums: [Einsum]
    let functions: [Function]
    let powers: Powers
  }

  let reference: Reference

  init() throws { reference = try ReferenceFile.read("tensors") }

  @Test(arguments: 0..<3) func sortingAndRunningSumsAgreeWithNumPy(place: Int) {
    let (cube, expected) = (reference.cube.tensor, reference.sorting[place])
    #expect(cube.sorted(axis: expected.axis) == expected.sorted.tensor)
    #expect(cube.argSort(axis: expected.axis).asDouble == expected.places.tensor)
    #expect(cube.cumulativeSum(axis: expected.axis) == expected.sums.tensor)
    #expect(cube.cumulativeProduct(axis: expected.axis) == expected.products.tensor)
    #expect(cube.differences(axis: expected.axis) == expected.differences.tensor)
    #expect(cube.asInt.sorted(axis: expected.axis).asDouble == expected.sorted.tensor)
    #expect(cube.asFloat.argSort(axis: expected.axis).asDouble == expected.places.tensor)
    #expect(cube.cumulativeSum().scalars == reference.flatSums)
  }

  @Test func uniqueAgreesWithNumPy() {
    let found = reference.cube.tensor.unique()
    #expect(found.values.scalars == reference.unique.values)
    #expect(found.counts == reference.unique.counts)
    #expect(found.inverse == reference.unique.inverse)
  }

  @Test(arguments: 0..<21) func einsumsAgreeWithNumPy(place: Int) throws {
    let sum = reference.einsums[place]
    let operands = try sum.operands.map { try #require(reference.operands[$0]).tensor }
    let result = Matrix.einsum(sum.text, operands)
    #expect(result.shape == sum.result.shape, "\(sum.text)")
    #expect(agree(result.scalars, sum.result.scalars, within: 1e-13), "\(sum.text)")
  }

  /// The vector library promises four units in the last place; the error of NumPy's own adds to that.
  @Test func functionsOfEveryElementAgreeWithNumPy() throws {
    let functions: [String: (Matrix) -> Matrix] = [
      "exp": exp, "exp2": exp2, "expm1": expm1, "log": log, "log2": log2, "log10": log10, "log1p": log1p, "cbrt": cbrt,
      "sqrt": sqrt, "sin": sin, "cos": cos, "tan": tan, "asin": asin, "acos": acos, "atan": atan, "sinh": sinh,
      "cosh": cosh, "tanh": tanh, "asinh": asinh, "acosh": acosh, "atanh": atanh, "erf": erf, "erfc": erfc,
      "floor": floor, "ceil": ceil, "trunc": trunc, "abs": abs,
    ]
    #expect(functions.count == reference.functions.count)
    for entry in reference.functions {
      let function = try #require(functions[entry.name])
      let y = function(Matrix(entry.x)).scalars
      #expect(zip(y, entry.y).allSatisfy { abs($0 - $1) <= 1.5e-15 * abs($1) }, "\(entry.name)")
      // An element's result does not depend on its neighbours or on how the tensor lies in memory.
      #expect(entry.x.indices.allSatisfy { function(Matrix([entry.x[$0]]))[0] == y[$0] }, "\(entry.name)")
      let wide = function(Matrix.stacked([Matrix(entry.x), Matrix(entry.x)], axis: 1).column(1))
      #expect(wide.scalars == y, "\(entry.name)")
    }
    let powers = reference.powers
    let (base, exponent) = (Matrix(powers.base), Matrix(powers.exponent))
    #expect(agree(pow(base, exponent / 10).scalars, powers.pow, within: 1e-15))
    #expect(agree(atan2(exponent, base).scalars, powers.atan2, within: 1e-15))
    #expect(agree(hypot(exponent, base).scalars, powers.hypot, within: 1e-15))
  }
}
