import CMartletRuntime
import Foundation

/// Finds a minimum with Newton's steps for many variables: the second derivatives are only ever asked for times a vector.
///
/// Each step `p` solves `H p = −g` by conjugate gradients, to `min(0.5, √‖g‖)` of the gradient's length and no closer, so that
/// steps are rough far away and exact near the minimum. Where the function bends the wrong way along a
/// direction, the step is what was found before it.
///
///     let search = NewtonConjugateGradient()
///     let bowl = search.minimize(from: [3, 4]) { x in (x[0] * x[0] + 5 * x[1] * x[1], [2 * x[0], 10 * x[1]]) }
///     bowl.point      // [0, 0], to rounding
///
/// Reference: Nocedal and Wright (2006), Numerical Optimization, algorithm 7.1.
public struct NewtonConjugateGradient: Sendable {
  /// It has arrived when no component of the gradient is larger than this.
  public var gradientTolerance: Double
  /// The most steps it takes.
  public var maximumIterations: Int

  public init(gradientTolerance: Double = 1e-8, maximumIterations: Int = 200) {
    (self.gradientTolerance, self.maximumIterations) = (gradientTolerance, maximumIterations)
  }

  /// - Parameters:
  ///   - function: the value and the gradient, which is as long as `start`, at a point.
  ///   - hessianProduct: the second derivatives at a point times a vector, as long as both; without it the difference of
  ///     two gradients stands for it.
  /// - Complexity: at most 10 n products a step, each O(n) and, without `hessianProduct`, two calls of `function`.
  public func minimize(
    from start: [Double], _ function: ([Double]) -> (value: Double, gradient: [Double]),
    hessianProduct: ((_ point: [Double], _ vector: [Double]) -> [Double])? = nil
  ) -> Minimization {
    var point = start
    var (value, slope) = function(start)
    var path = MinimizationPath(start, value)
    func largest() -> Double { slope.reduce(0) { max($0, abs($1)) } }
    for _ in 0..<maximumIterations where largest() > gradientTolerance {
      let direction = newtonStep(down: slope) { vector in
        martlet_poll()
        return hessianProduct?(point, vector) ?? Self.difference(of: function, at: point, along: vector)
      }
      let search = LineSearch(point: point, value: value, gradient: slope, direction: direction)
      guard let step = search.run(1, function) else { break }
      (point, value, slope) = (step.point, step.value, step.gradient)
      path.add(point, value)
    }
    return path.result(point, value, hasConverged: largest() <= gradientTolerance)
  }

  /// The step that conjugate gradients find from nowhere; downhill always, since the first direction is steepest descent.
  private func newtonStep(down slope: [Double], _ product: ([Double]) -> [Double]) -> [Double] {
    var step = [Double](repeating: 0, count: slope.count)
    var residual = slope
    var direction = slope.map { -$0 }
    var square = DenseVectorArithmetic.dot(residual, residual)
    let length = square.squareRoot()
    let enough = min(0.5, length.squareRoot()) * length
    for round in 0..<(10 * slope.count) {
      let bent = product(direction)
      let curvature = DenseVectorArithmetic.dot(direction, bent)
      guard curvature > 0 else { return round == 0 ? direction : step }
      let far = square / curvature
      DenseVectorArithmetic.addScaled(&step, far, direction)
      DenseVectorArithmetic.addScaled(&residual, far, bent)
      let next = DenseVectorArithmetic.dot(residual, residual)
      if next.squareRoot() <= enough { break }
      direction = zip(residual, direction).map { -$0 + next / square * $1 }
      square = next
    }
    return step
  }

  /// `(∇f(x + εd) − ∇f(x − εd)) / 2ε`, with ε at the cube root of rounding for the lengths of both.
  private static func difference(
    of function: ([Double]) -> (value: Double, gradient: [Double]), at point: [Double], along vector: [Double]
  ) -> [Double] {
    func length(_ x: [Double]) -> Double { DenseVectorArithmetic.dot(x, x).squareRoot() }
    let epsilon = cbrt(Double.ulpOfOne) * (1 + length(point)) / max(length(vector), .leastNormalMagnitude)
    var (ahead, behind) = (point, point)
    DenseVectorArithmetic.addScaled(&ahead, epsilon, vector)
    DenseVectorArithmetic.addScaled(&behind, -epsilon, vector)
    return zip(function(ahead).gradient, function(behind).gradient).map { ($0 - $1) / (2 * epsilon) }
  }
}
