import MartletNumerics
import Testing

@Suite struct TensorTests {
  @Test func creation() {
    #expect(Tensor([[1, 2], [3, 4]]).shape == [2, 2])
    #expect(Matrix.zeros(2, 3).scalars == [0, 0, 0, 0, 0, 0])
    #expect(Tensor<Int>.arange(0, 10, by: 3).scalars == [0, 3, 6, 9])
    #expect(Matrix.linspace(0, 1, count: 5).scalars == [0, 0.25, 0.5, 0.75, 1])
    #expect(Matrix.eye(2) == Matrix([[1, 0], [0, 1]]))
    #expect(Tensor([[[1, 2]], [[3, 4]]]).shape == [2, 1, 2])
    #expect(Matrix.full(7, 0, 3).count == 0)
  }

  @Test func subscriptsPickElementsAndViews() {
    let t = Tensor<Int>.arange(24).reshaped(2, 3, 4)
    #expect(t[1, 2, 3] == 23)
    #expect(t[-1, -1, -1] == 23)
    #expect(t[0].shape == [3, 4])
    #expect(t[0..<1, .all, 2].scalars == [2, 6, 10])
    #expect(t[.all, 1...].shape == [2, 2, 4])
    #expect(t[1, .stride(by: 2)].scalars == [12, 13, 14, 15, 20, 21, 22, 23])
    #expect(t[0, 0, .stride(by: -1)].scalars == [3, 2, 1, 0])
    #expect(t[.newAxis].shape == [1, 2, 3, 4])
    #expect(t.row(1).row(0).scalars == [12, 13, 14, 15])
    #expect(t[rows: [1, 1, 0]].shape == [3, 3, 4])
    #expect(t.transposed()[rows: [3]].scalars == [3, 15, 7, 19, 11, 23])
    #expect(t[t .>= 22].scalars == [22, 23])
  }

  @Test func viewsShareAndWritesCopy() {
    let original = Tensor([[1, 2, 3], [4, 5, 6]])
    var view = original.transposed()
    #expect(view.scalars == [1, 4, 2, 5, 3, 6])
    view[0, 1] = 40
    #expect(view[0, 1] == 40)
    #expect(original[1, 0] == 4)
    var copy = original
    copy[.all, 1] = Tensor([20, 50])
    #expect(copy.scalars == [1, 20, 3, 4, 50, 6])
    copy[0..<1, .all] = Tensor([9])
    #expect(copy.row(0).scalars == [9, 9, 9])
    #expect(original.scalars == [1, 2, 3, 4, 5, 6])
    var slice = original[1, .all]
    slice[0] = 0
    #expect(slice.scalars == [0, 5, 6] && original[1, 0] == 4)
  }

  @Test func shapes() {
    let t = Tensor<Int>.arange(6)
    #expect(t.reshaped(2, -1).shape == [2, 3])
    #expect(t.reshaped(3, 2).transposed().reshaped(6).scalars == [0, 2, 4, 1, 3, 5])
    #expect(Tensor([1, 2]).broadcast(to: [2, 2]).scalars == [1, 2, 1, 2])
    #expect(Tensor.concatenated([Tensor([[1], [2]]), Tensor([[3], [4]])], axis: 1).scalars == [1, 3, 2, 4])
    #expect(t.reshaped(1, 2, 3).transposed(axes: [2, 0, 1]).shape == [3, 1, 2])
  }

  @Test func matrixProducts() {
    let a = Matrix([[1, 2, 3], [4, 5, 6]])
    #expect((a • a.transposed()).scalars == [14, 32, 32, 77])
    #expect((a • Matrix([1, 1, 1])).scalars == [6, 15])
    #expect((Matrix([1, 1]) • a).scalars == [5, 7, 9])
    #expect(Matrix([1, 2]).dot(Matrix([3, 4])) == 11)
    #expect((Tensor([[1, 2], [3, 4]]) • Tensor([[0, 1], [1, 0]])).scalars == [2, 1, 4, 3])
    #expect((Matrix.zeros(2, 0) • Matrix.zeros(0, 3)) == Matrix.zeros(2, 3))
    #expect((a.asFloat • a.asFloat.transposed()).scalars == [14, 32, 32, 77])
  }

  /// Every combination of slices and transposes against three plain loops.
  @Test func matrixProductsOfViewsAgreeWithLoops() {
    let a = Tensor<Int>.arange(60).reshaped(6, 10).asDouble
    let views = [
      a, a[.stride(by: 2)], a[.all, 2..<7], a.transposed(), a[1..<4, .stride(by: 3)], a[.all, .stride(by: -1)],
      a[2..<3, .all], a[.all, 4..<5], Matrix([5]).broadcast(to: [4, 4]), a.row(1)[.newAxis].broadcast(to: [3, 10]),
    ]
    for left in views {
      for right in views.flatMap({ [$0, $0.transposed()] }) where left.shape[1] == right.shape[0] {
        var expected: [Double] = []
        for i in 0..<left.shape[0] {
          for j in 0..<right.shape[1] {
            expected.append((0..<left.shape[1]).reduce(0) { $0 + left[i, $1] * right[$1, j] })
          }
        }
        #expect((left • right).scalars == expected)
      }
    }
  }

  @Test func text() {
    #expect(Matrix([[1, 2.25], [-3, 4]]).description == "[[ 1.00,  2.25],\n [-3.00,  4.00]]")
    #expect(Tensor([true, false]).description == "[ true, false]")
    #expect(Tensor<Int>.arange(2000).description == "[   0,    1,    2, …, 1997, 1998, 1999]")
    #expect(Matrix([.nan, .infinity, 1]).description == "[nan, inf, 1.0]")
    #expect(Matrix([1e-9, 1]).description == "[1.000000e-09, 1.000000e+00]")
    #expect(Matrix([]).description == "[]")
    #expect(Matrix(scalar: 3).description == "3.0")
  }

  @Test func codable() throws {
    let t = Tensor([[1.5, .greatestFiniteMagnitude], [-0.0, 3]])
    let data = try JSONEncoder().encode(t)
    #expect(try JSONDecoder().decode(Matrix.self, from: data) == t)
    for hostile in ["[2,3]", "[-1,-4]", "[9223372036854775807,2]", "[]"] {
      let text = "{\"shape\":\(hostile),\"scalars\":[1,2,3,4]}"
      #expect(throws: DecodingError.self) { try JSONDecoder().decode(Matrix.self, from: Data(text.utf8)) }
    }
  }
}
