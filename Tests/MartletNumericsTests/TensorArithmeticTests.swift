import MartletNumerics
import Testing

@Suite struct TensorArithmeticTests {
  /// The element that broadcasting picks, by its definition.
  static func element(_ t: Matrix, _ index: [Int]) -> Double {
    let own = index.suffix(t.rank)
    var part = t
    for (axis, i) in own.enumerated() { part = part.row(t.shape[axis] == 1 ? 0 : i) }
    return part.scalar
  }

  static let shapes: [([Int], [Int], [Int])] = [
    ([], [], []), ([3], [], [3]), ([2, 3], [3], [2, 3]), ([2, 1], [1, 3], [2, 3]), ([2, 3, 4], [3, 1], [2, 3, 4]),
    ([1], [5, 1], [5, 1]), ([4, 1, 2], [3, 1], [4, 3, 2]), ([0, 3], [3], [0, 3]), ([2, 0], [1, 1], [2, 0]),
  ]

  @Test(arguments: shapes) func broadcastingAgreesWithItsDefinition(_ a: [Int], _ b: [Int], _ expected: [Int]) {
    var random = PCG64(seed: 3)
    let x = Matrix(random.uniforms(a.reduce(1, *)), shape: a)
    let y = Matrix(random.uniforms(b.reduce(1, *)), shape: b)
    for (name, operation, scalar) in [
      ("+", { $0 + $1 }, { $0 + $1 }), ("-", { $0 - $1 }, { $0 - $1 }), ("*", { $0 * $1 }, { $0 * $1 }),
      ("/", { $0 / $1 }, { $0 / $1 }),
    ] as [(String, (Matrix, Matrix) -> Matrix, (Double, Double) -> Double)] {
      let result = operation(x, y)
      #expect(result.shape == expected)
      for place in 0..<expected.reduce(1, *) {
        var (rest, index) = (place, [Int]())
        for length in expected.reversed() {
          index.insert(rest % length, at: 0)
          rest /= length
        }
        #expect(
          Self.element(result, index) == scalar(Self.element(x, index), Self.element(y, index)), "\(name) at \(index)")
      }
    }
  }

  /// The same as the longer form, to the last bit: for lengths around those that are taken at a time, views and stretched rows.
  @Test(arguments: [1, 7, 1_023, 1_024, 1_025, 200_003]) func aMultipleIsAddedInPlace(_ count: Int) {
    var random = PCG64(seed: 4)
    let (x, y) = (Matrix(random.uniforms(count)), Matrix(random.uniforms(2 * count)))
    var sum = x
    sum.add(y[.stride(by: 2)], times: -1.7)
    #expect(sum == x + -1.7 * y[.stride(by: 2)])
    var table = y.reshaped(2, count)
    table.add(x, times: 3)
    #expect(table == y.reshaped(2, count) + 3 * x)
    var own = x
    own.add(own, times: 2)
    #expect(own == x + 2 * x)
    var whole = Tensor<Int>.arange(count)
    whole.add(Tensor<Int>.ones(count), times: 5)
    #expect(whole == Tensor<Int>.arange(count) + 5)
    var columns = x.reshaped(-1, 1)
    columns.add(Matrix(scalar: 2), times: 0.5)
    #expect(columns == x.reshaped(-1, 1) + 1)
  }

  @Test func scalarsAndAssignment() {
    var t = Matrix([1, 2, 3])
    t += 1
    t *= Matrix([1, 0, 2])
    #expect(t.scalars == [2, 0, 8])
    #expect((10 - t).scalars == [8, 10, 2])
    #expect((1 / Matrix([2, 4])).scalars == [0.5, 0.25])
    #expect((-t).scalars == [-2, 0, -8])
    #expect((Tensor([7, 8]) / 2).scalars == [3, 4])
    #expect((Tensor<UInt8>([250]) + 5).scalars == [255])
  }

  @Test func comparisons() {
    let t = Tensor([1, 5, 3])
    #expect((t .> 2).scalars == [false, true, true])
    #expect((t .>= 3).scalars == [false, true, true])
    #expect((t .< 3).scalars == [true, false, false])
    #expect((t .<= 3).scalars == [true, false, true])
    #expect((t .== 5).scalars == [false, true, false])
    #expect((t .!= 5).scalars == [true, false, true])
    #expect((t .> Tensor([0, 6, 2])).scalars == [true, false, true])
    #expect((t .== t).allTrue && !(t .!= t).anyTrue && (t .== 5).trueCount == 1)
  }

  /// Rows longer than the pieces in which they are worked through.
  @Test func longRows() {
    let t = Tensor<Int>.arange(200_000)
    #expect((t + t)[199_999] == 399_998)
    #expect((t[.stride(by: 2)] + 1)[99_999] == 199_999)
    #expect(t.sum() == 199_999 * 200_000 / 2)
    #expect((t.reshaped(2, -1) + Tensor([[0], [1]]))[1, 0] == 100_001)
  }

  @Test func mismatchNamesOperationAndShapes() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix.zeros(3, 2) + Matrix.zeros(4, 2)
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("a + b needs shapes that broadcast: a is [3, 2], b is [4, 2]."))
  }

  @Test func badIndexNamesAxisAndShape() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix.zeros(3, 2)[3, 0]
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("Index 3 is outside axis 0 of a tensor of shape [3, 2]."))
  }

  @Test func badProductNamesShapes() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      print(Matrix.zeros(3, 2) • Matrix.zeros(3, 2))
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("a is [3, 2], b is [3, 2]"))
  }
}
