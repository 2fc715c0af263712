import MartletNumerics
import Testing

@Suite struct LBFGSTests {
  @Test func findsRosenbrocksMinimum() {
    let found = LBFGS().minimize(from: [-1.2, 1]) { x in
      let (a, b) = (1 - x[0], x[1] - x[0] * x[0])
      return (a * a + 100 * b * b, [-2 * a - 400 * x[0] * b, 200 * b])
    }
    #expect(found.hasConverged)
    #expect(agree(found.point, [1, 1], within: 1e-8))
    #expect(zip(found.history, found.history.dropFirst()).allSatisfy { $0 >= $1 })
  }

  /// A quadratic's minimum solves a linear equation.
  @Test func findsAQuadraticsMinimum() throws {
    var random = PCG64(seed: 4)
    let root = Matrix(random.uniforms(400), shape: [20, 20])
    let a = root • root.transposed() + Matrix.eye(20)
    let b = Matrix(random.uniforms(20))
    let found = LBFGS(gradientTolerance: 1e-10).minimize(from: [Double](repeating: 0, count: 20)) { x in
      let x = Matrix(x)
      let ax = a • x
      return (x.dot(ax) / 2 - b.dot(x), (ax - b).scalars)
    }
    #expect(found.hasConverged)
    #expect(agree(found.point, try a.solve(b).scalars, within: 1e-8))
  }

  @Test func saysWhenItDidNotArrive() {
    let found = LBFGS(maximumIterations: 3).minimize(from: [5]) { x in (exp(-x[0]), [-exp(-x[0])]) }
    #expect(!found.hasConverged && found.iterations == 3)
    let nowhere = LBFGS().minimize(from: [1]) { _ in (.nan, [1]) }
    #expect(!nowhere.hasConverged)
  }
}
