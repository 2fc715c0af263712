import MartletNumerics
import Testing

/// Tensors without elements behave as NumPy's arrays do: empty results where the lengths say so, sums of nothing elsewhere.
@Suite struct EmptyTensorTests {
  struct Found: Decodable {
    let shape: [Int]
    let scalars: [String]

    func agrees(with tensor: Matrix) -> Bool {
      tensor.shape == shape && tensor.scalars.map { $0.isNaN ? "nan" : "\($0)" } == scalars
    }
  }
  struct Whole: Decodable {
    let shape: [Int]
    let results: [String: Found]
  }
  struct Along: Decodable {
    let shape: [Int]
    let axis: Int
    let results: [String: Found]
  }
  struct Product: Decodable {
    let a, b: [Int]
    let result: Found
  }
  struct Reference: Decodable {
    let whole: [Whole]
    let along: [Along]
    let products: [Product]
    let determinant: Double
    let inverse, solved, rows: Found
  }

  let reference: Reference

  init() throws { reference = try ReferenceFile.read("empty-tensors") }

  @Test(arguments: 0..<7) func operationsOnAllElementsAgreeWithNumPy(place: Int) throws {
    let entry = reference.whole[place]
    let t = Matrix.zeros(shape: entry.shape)
    let found: [String: Matrix] = [
      "sum": Matrix(scalar: t.sum()), "product": Matrix(scalar: t.product()), "mean": Matrix(scalar: t.mean()),
      "transposed": t.transposed(), "flattened": t.flattened(), "added": t + 1, "exp": exp(t),
      "compared": (t .> 0).map { $0 ? 1 : 0 }, "unique": t.unique().values, "masked": t[t .> 0],
      "cumulativeSum": t.cumulativeSum(), "tiled": t.tiled(2, 1),
    ]
    for (name, expected) in entry.results {
      let result = try #require(found[name], "\(name)")
      #expect(expected.agrees(with: result), "\(name) of \(entry.shape): \(result.shape) \(result)")
    }
    #expect(!t.description.isEmpty && t.norm() == 0)
    #expect((t.variance().isNaN, t.standardDeviation().isNaN) == (true, true))
  }

  @Test func operationsAlongAnAxisAgreeWithNumPy() throws {
    for entry in reference.along {
      let (t, axis) = (Matrix.zeros(shape: entry.shape), entry.axis)
      var found: [String: Matrix] = [
        "sum": t.sum(axis: axis), "product": t.product(axis: axis), "mean": t.mean(axis: axis),
        "variance": t.variance(axis: axis), "sorted": t.sorted(axis: axis), "argSort": t.argSort(axis: axis).asDouble,
        "cumulativeSum": t.cumulativeSum(axis: axis), "joined": .concatenated([t, t], axis: axis),
        "stacked": .stacked([t, t], axis: axis), "reversed": t.reversed(axis: axis), "rolled": t.rolled(1, axis: axis),
        "repeated": t.repeated(2, axis: axis), "taken": t.gathered(Tensor<Int>([]), axis: axis),
        "norms": t.norms(axis: axis),
      ]
      if entry.shape[axis] > 0 {
        found["max"] = t.max(axis: axis)
        found["argMax"] = t.argMax(axis: axis).asDouble
      }
      for (name, expected) in entry.results {
        let result = try #require(found[name], "\(name)")
        #expect(expected.agrees(with: result), "\(name) of \(entry.shape) along \(axis): \(result.shape) \(result)")
      }
    }
  }

  @Test func productsAgreeWithNumPy() throws {
    for entry in reference.products {
      let result = Matrix.ones(shape: entry.a) • Matrix.ones(shape: entry.b)
      #expect(entry.result.agrees(with: result), "\(entry.a) • \(entry.b): \(result.shape)")
    }
    let nothing = Matrix.zeros(0, 0)
    #expect(try nothing.determinant() == reference.determinant)
    #expect(reference.inverse.agrees(with: try nothing.inverse()))
    #expect(reference.solved.agrees(with: try nothing.solve(Matrix.zeros(0, 2))))
  }

  @Test func rowsAndPartsOfNothingCanBeTaken() {
    let wide = Matrix.zeros(60, 0)
    #expect(reference.rows.agrees(with: wide[rows: [59, 0, 3]]))
    #expect(Matrix.zeros(4, 0, 2)[rows: []].shape == [0, 0, 2] && Matrix.zeros(0, 4)[columns: [1]].shape == [0, 1])
    #expect(wide.row(59).shape == [0] && wide[10..<20].shape == [10, 0] && wide[.all, 0..<0].shape == [60, 0])
    #expect(wide.gathered(Tensor([5, 6])).shape == [2, 0] && wide.transposed()[columns: [2, 2]].shape == [0, 2])
    #expect(wide.split(into: 3).map(\.shape) == [[20, 0], [20, 0], [20, 0]])
    #expect(wide.covarianceMatrix().shape == [0, 0])
    var target = Matrix.zeros(3, 4)
    target[0..<0] = Matrix.zeros(0, 4)
    #expect(target == .zeros(3, 4))
  }
}
