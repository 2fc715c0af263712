import MartletNumerics
import Testing

@Suite struct TensorFeatureTests {
  @Test func choosing() {
    let t = Tensor([5, -1, 3])
    #expect(Tensor.where(t .> 0, t, 0).scalars == [5, 0, 3])
    #expect(Tensor.where(Tensor([[true], [false]]), Tensor([1, 2]), 9).scalars == [1, 2, 9, 9])
    #expect(Matrix([-2, 0.5, 7, .nan]).clipped(to: 0...1).scalars.prefix(3) == [0, 0.5, 1])
    #expect(Matrix([.nan]).clipped(to: 0...1)[0].isNaN)
    #expect(Tensor.maximum(Tensor([1, 5]), Tensor([3, 2])).scalars == [3, 5])
    #expect((!(t .> 0) | (t .== 3)).scalars == [false, true, true])
    #expect((t .> 2).truePlaces == [0, 2] && (t .> 2).trueCount == 2)
    var filled = t
    filled.fill(0, where: t .< 0)
    #expect(filled.scalars == [5, 0, 3])
    #expect(Matrix([0.1 + 0.2, .infinity]).isClose(to: Matrix([0.3, .infinity])))
    #expect(!Matrix([1]).isClose(to: Matrix([1.1])) && !Matrix([.nan]).isClose(to: Matrix([.nan])))
  }

  /// As a number's own `rounded` has it, by every rule.
  @Test func roundingIsThatOfNumbers() {
    let halves = Array(stride(from: -3.25, through: 3.25, by: 0.25)) + [.infinity, 1e300]
    let rules: [FloatingPointRoundingRule] = [
      .toNearestOrAwayFromZero, .toNearestOrEven, .up, .down, .towardZero, .awayFromZero,
    ]
    for rule in rules {
      #expect(Tensor(halves).rounded(rule).scalars == halves.map { $0.rounded(rule) })
      let floats = halves.map { Float($0) }
      #expect(Tensor(floats).rounded(rule).scalars == floats.map { $0.rounded(rule) })
    }
    let weights = Tensor([[1.2, -2.5], [0.5, 0]])
    #expect((weights / 0.5).rounded() == Tensor([[2, -5], [1, 0]]) && weights[.all, 0].rounded().scalars == [1, 1])
    #expect(Matrix.zeros(0, 3).rounded().shape == [0, 3])
  }

  @Test func anEllipsisStandsForTheAxesThatAreLeft() {
    let cube = Tensor(Array(0..<24), shape: [2, 3, 4])
    #expect(cube[.ellipsis, 0].scalars == [0, 4, 8, 12, 16, 20] && cube[.ellipsis, 0].shape == [2, 3])
    #expect(cube[1, .ellipsis] == cube.row(1) && cube[.ellipsis] == cube)
    #expect(cube[0, .ellipsis, 1..<3] == cube[0, .all, 1..<3] && cube[0, .ellipsis, 1].shape == [3])
    #expect(cube[.ellipsis, .newAxis].shape == [2, 3, 4, 1] && cube[.newAxis, .ellipsis].shape == [1, 2, 3, 4])
    #expect(cube[indices: [0, 1, NamedTensorIndex.ellipsis, 2]].scalar == 6)
    var changed = cube
    changed[.ellipsis, 3] = Tensor(scalar: -1)
    #expect(
      changed[.all, .all, 3].scalars == [Int](repeating: -1, count: 6) && changed[.ellipsis, 0] == cube[.ellipsis, 0])
  }

  @Test func elementsUnderAMaskCanBeSet() {
    var t = Tensor([[5, -1], [-3, 4]])
    t[t .< 0] = Tensor([10, 20])
    #expect(t.scalars == [5, 10, 20, 4])
    t[t .> 9] = Tensor(scalar: 0)
    #expect(t.scalars == [5, 0, 0, 4])
    var columns = Tensor([[1, 2], [3, 4]]).transposed()
    columns[Tensor([[false, true], [false, false]])] = Tensor([9])
    #expect(columns.scalars == [1, 9, 2, 4])
    t[t .> 100] = Tensor([])
    #expect(t.scalars == [5, 0, 0, 4])
  }

  @Test func rowsAndColumns() {
    let t = Tensor([[1, 2, 3], [4, 5, 6]])
    #expect(t[rows: [1, 0]].scalars == [4, 5, 6, 1, 2, 3])
    #expect(t[columns: [2, 0]].scalars == [3, 1, 6, 4] && t[columns: [2, 0]].shape == [2, 2])
    #expect(t.transposed()[columns: [1]].scalars == [4, 5, 6] && t[columns: []].shape == [2, 0])
    let cube = Tensor(Array(0..<12), shape: [2, 3, 2])
    #expect(cube[columns: [2, 1]].scalars == [4, 5, 2, 3, 10, 11, 8, 9] && cube[columns: [0]].shape == [2, 1, 2])
  }

  @Test func arranging() {
    let t = Tensor([[1, 2], [3, 4]])
    #expect(Tensor.stacked([Tensor([1, 2]), Tensor([3, 4])], axis: 1).scalars == [1, 3, 2, 4])
    #expect(t.tiled(1, 2).scalars == [1, 2, 1, 2, 3, 4, 3, 4] && t.tiled(2, 1, 1).shape == [2, 2, 2])
    #expect(
      t.repeated(2).scalars == [1, 2, 1, 2, 3, 4, 3, 4] && t.repeated(2, axis: 1).scalars == [1, 1, 2, 2, 3, 3, 4, 4])
    #expect(t.rolled(1).scalars == [3, 4, 1, 2] && t.rolled(-3, axis: 1).scalars == [2, 1, 4, 3])
    #expect(t.reversed(axis: 1).scalars == [2, 1, 4, 3])
    #expect(t.split(into: 2, axis: 1).map(\.scalars) == [[1, 3], [2, 4]])
    #expect(Tensor([1, 2, 3, 4]).split(at: [1, 3]).map(\.scalars) == [[1], [2, 3], [4]])
    #expect(
      t.diagonal().scalars == [1, 4] && t.diagonal(offset: 1).scalars == [2] && t.diagonal(offset: -1).scalars == [3])
    #expect(Tensor.diagonal([1, 2]).scalars == [1, 0, 0, 2])
    #expect(t.upperTriangle().scalars == [1, 2, 0, 4] && t.lowerTriangle(offset: -1).scalars == [0, 0, 3, 0])
    #expect(t.addingAxis(1).shape == [2, 1, 2] && t.addingAxis(1).withoutSingleAxes() == t)
    #expect(t.taking(Tensor([[1], [0]]), axis: 1).scalars == [2, 3])
    #expect(t.taking(Tensor([[1, 0]]), axis: 0).scalars == [3, 2])
  }

  @Test func sortingEdges() {
    #expect(
      Matrix([3, .nan, -0.0, .infinity, -.infinity]).sorted().scalars.prefix(4) == [-.infinity, 0, 3, .infinity])
    #expect(Matrix([0, -0.0]).argSort().scalars == [0, 1])
    #expect(Matrix([1, -0.0]).sorted()[0].sign == .minus)
    #expect(Matrix([.nan, 1]).argSort().scalars == [1, 0])
    #expect(Matrix([]).sorted().count == 0 && Matrix.zeros(3, 0).argSort().shape == [3, 0])
    let top = Tensor([[4, 9, 7, 9], [1, 2, 3, 0]]).top(2)
    #expect(top.values.scalars == [9, 9, 3, 2] && top.places.scalars == [1, 3, 2, 1])
    #expect(Matrix([.nan, 1, .nan]).unique().counts == [1, 2])
  }

  /// Long rows are sorted by digits, short ones by comparing.
  @Test(arguments: [10, 500, 5_000, 100_000]) func longSortsAreInOrder(count: Int) {
    var random = PCG64(seed: 5)
    let t = Matrix(random.uniforms(count)) - 0.5
    #expect(t.sorted().scalars == t.scalars.sorted())
    #expect(t.argSort().scalars.map { t[$0] } == t.scalars.sorted())
    let ints = Tensor((0..<count).map { _ in random.integer(below: 50) - 25 })
    #expect(ints.sorted().scalars == ints.scalars.sorted())
    let places = ints.argSort().scalars
    #expect(zip(places, places.dropFirst()).allSatisfy { (ints[$0], $0) < (ints[$1], $1) })
    #expect(ints.asInt32.sorted().scalars == ints.scalars.sorted().map { Int32($0) })
    #expect((ints + 25).asUInt8.sorted().scalars == (ints.sorted() + 25).asUInt8.scalars)
    #expect(t.asFloat.sorted().scalars == t.asFloat.scalars.sorted())
  }

  @Test func batchedProducts() {
    var random = PCG64(seed: 6)
    let a = Matrix(random.uniforms(24), shape: [2, 3, 4])
    let b = Matrix(random.uniforms(20), shape: [4, 5])
    let product = a • b
    #expect(product.shape == [2, 3, 5] && product.row(1) == (a.row(1) • b))
    #expect((a • a.transposed(axes: [0, 2, 1])).row(1) == (a.row(1) • a.row(1).transposed()))
    #expect((a • Matrix([1, 2, 3, 4])).shape == [2, 3] && (Matrix([1, 2, 3]) • a).shape == [2, 4])
    #expect((Matrix.zeros(0, 2, 3) • Matrix.zeros(3, 4)).shape == [0, 2, 4])
  }

  @Test func conversions() {
    #expect(Matrix([1.9, -1.9]).asInt.scalars == [1, -1])
    #expect(Tensor([true, false]).asInt.sum() == 1)
    #expect(Tensor([0, 3]).asBool.scalars == [false, true])
    #expect(Tensor<UInt8>([200]).asInt32.scalars == [200])
  }

  @Test func faultsNameOperationAndType() async {
    let sum = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Int>.full(Int.max, 200_000) + 1
    }
    let sumText = String(decoding: sum?.standardErrorContent ?? [], as: UTF8.self)
    #expect(sumText.contains("a + b: a result is too large"))
    let quotient = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([1, 2]) / Tensor([1, 0])
    }
    let quotientText = String(decoding: quotient?.standardErrorContent ?? [], as: UTF8.self)
    #expect(quotientText.contains("a / b: a divisor is zero"))
    let total = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<UInt8>([200, 100]).sum()
    }
    let totalText = String(decoding: total?.standardErrorContent ?? [], as: UTF8.self)
    #expect(totalText.contains("does not fit UInt8"))
  }
}
