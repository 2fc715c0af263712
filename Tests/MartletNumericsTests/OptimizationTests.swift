import MartletNumerics
import Testing

@Suite struct OptimizationTests {
  static func rosenbrock(_ x: [Double]) -> Double {
    let (a, b) = (1 - x[0], x[1] - x[0] * x[0])
    return a * a + 100 * b * b
  }
  static func withGradient(_ x: [Double]) -> (value: Double, gradient: [Double]) {
    let (a, b) = (1 - x[0], x[1] - x[0] * x[0])
    return (rosenbrock(x), [-2 * a - 400 * x[0] * b, 200 * b])
  }

  @Test func everyMinimizerFindsRosenbrocksMinimum() {
    let start = [-1.2, 1]
    let found: [(Minimization, Double)] = [
      (BFGS().minimize(from: start, Self.withGradient), 1e-8),
      (BFGS(gradientTolerance: 1e-6).minimize(from: start, Self.rosenbrock), 1e-5),
      (ConjugateGradient().minimize(from: start, Self.withGradient), 1e-5),
      (NelderMead(pointTolerance: 1e-8, valueTolerance: 1e-8).minimize(from: start, Self.rosenbrock), 1e-6),
      (
        NewtonMinimizer().minimize(from: start, Self.withGradient) { x in
          Matrix([[2 - 400 * (x[1] - 3 * x[0] * x[0]), -400 * x[0]], [-400 * x[0], 200]])
        }, 1e-9
      ),
      (NewtonConjugateGradient().minimize(from: start, Self.withGradient), 1e-7),
      (
        NewtonConjugateGradient().minimize(from: start, Self.withGradient) { x, v in
          [
            (2 - 400 * (x[1] - 3 * x[0] * x[0])) * v[0] - 400 * x[0] * v[1], -400 * x[0] * v[0] + 200 * v[1],
          ]
        }, 1e-7
      ),
      (
        GradientDescent(learningRate: 1e-3, momentum: 0.9, usesNesterov: true, maximumIterations: 50_000)
          .minimize(from: start, gradient: { Self.withGradient($0).gradient }, value: Self.rosenbrock), 1e-6
      ),
    ]
    for (place, (result, tolerance)) in found.enumerated() {
      #expect(
        result.hasConverged && agree(result.point, [1, 1], within: tolerance),
        "\(place): \(result.point) after \(result.iterations)")
      #expect(result.path.count == result.history.count && result.path[0] == start)
    }
  }

  /// x⁴/4 − x²/2 + y² bends the wrong way around its start, and has its minima −1/4 at (±1, 0). Conjugate gradients solve for
  /// a bowl of 50 curvatures with at most 50 products a step, and early steps are content with a few.
  @Test func newtonsStepsNeedProductsOnly() {
    func wells(_ x: [Double]) -> (value: Double, gradient: [Double]) {
      let square = x[0] * x[0]
      return (square * square / 4 - square / 2 + x[1] * x[1], [square * x[0] - x[0], 2 * x[1]])
    }
    let well = NewtonConjugateGradient().minimize(from: [0.1, 1], wells)
    #expect(well.hasConverged && agree([well.value, well.point[0], well.point[1]], [-0.25, 1, 0], within: 1e-8))
    let curvatures = (1...50).map(Double.init)
    func bowl(_ x: [Double]) -> (value: Double, gradient: [Double]) {
      let gradient = zip(curvatures, x).map { $0 * $1 }
      return (zip(gradient, x).reduce(0) { $0 + $1.0 * $1.1 } / 2, gradient)
    }
    var products = 0
    let found = NewtonConjugateGradient(gradientTolerance: 1e-9).minimize(
      from: [Double](repeating: 1, count: 50), bowl,
      hessianProduct: { _, vector in
        products += 1
        return zip(curvatures, vector).map { $0 * $1 }
      })
    #expect(found.hasConverged && agree(found.point, [Double](repeating: 0, count: 50), within: 1e-9))
    #expect(products < 50 * found.iterations / 2, "\(found.iterations) steps, \(products) products")
  }

  /// On a bowl of curvatures 1 and 10, a step of 1/10 shrinks each distance by its curvature over ten.
  @Test func gradientDescentStepsAsItsFormulaSays() {
    let result = GradientDescent(learningRate: 0.05, maximumIterations: 3).minimize(
      from: [1, 1], gradient: { [$0[0], 10 * $0[1]] }, value: { $0[0] * $0[0] / 2 + 5 * $0[1] * $0[1] })
    #expect(agree(result.point, [0.95 * 0.95 * 0.95, 0.125], within: 1e-14) && !result.hasConverged)
  }

  @Test func scalarSearches() {
    #expect(agree([findRoot(between: 0...2) { $0 * $0 - 2 }], [sqrt(2)], within: 1e-15))
    #expect(agree([findRoot(between: 0...3) { cos($0) - $0 }], [0.7390851332151607], within: 1e-15))
    #expect(findRoot(between: 1...2) { $0 }.isNaN && findRoot(between: 0...2) { $0 } == 0)
    #expect(agree([findMinimum(in: 0...4) { ($0 - 1) * ($0 - 1) }], [1], within: 1e-8))
    #expect(agree([findMinimum(in: 0.1...10) { $0 * log($0) }], [exp(-1)], within: 1e-7))
  }

  /// NIST's Misra1a: y = b1 (1 − exp(−b2 x)), from its first start.
  @Test func misra1aHasNISTsDigits() throws {
    let x = [77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0]
    let y = [10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40, 75.47, 81.78]
    for start in [[500, 0.0001], [250, 0.0005]] {
      let fit = try LevenbergMarquardt().fit(from: start) { b in zip(x, y).map { $1 - b[0] * (1 - exp(-b[1] * $0)) } }
      #expect(agree([fit.point[0] / 238.94212918, fit.point[1] / 5.5015643181e-4], [1, 1], within: 1e-8))
      #expect(agree([fit.value / 0.12455138894], [1], within: 1e-9))
    }
    #expect(throws: StatisticsError.self) { try LevenbergMarquardt().fit(from: [1, 2]) { _ in [1] } }
  }
}
