/// Finds how far to go along a direction, so that the value falls and the slope flattens enough (the strong Wolfe
/// conditions).
///
/// Reference: Nocedal and Wright (2006), Numerical Optimization, algorithms 3.5 and 3.6.
struct LineSearch {
  let point: [Double]
  let value: Double
  let gradient: [Double]
  let direction: [Double]

  struct Step {
    let length: Double
    let point: [Double]
    let value: Double
    let gradient: [Double]
    let slope: Double
  }

  private let sufficientDecrease = 1e-4
  private let curvature = 0.9

  typealias Function = ([Double]) -> (value: Double, gradient: [Double])

  init(point: [Double], value: Double, gradient: [Double], direction: [Double]) {
    self.point = point
    self.value = value
    self.gradient = gradient
    self.direction = direction
  }

  /// `nil` when the direction does not lead down or rounding hides all progress.
  func run(_ firstLength: Double, _ function: Function) -> Step? {
    let slope = DenseVectorArithmetic.dot(gradient, direction)
    guard slope < 0 else { return nil }
    var last = Step(length: 0, point: point, value: value, gradient: gradient, slope: slope)
    var length = firstLength
    for trial in 0..<30 {
      let step = evaluate(length, function)
      if !isLowEnough(step, slope) || (trial > 0 && step.value >= last.value) {
        return zoom(last, step, slope, function)
      }
      if abs(step.slope) <= -curvature * slope { return step }
      if step.slope >= 0 { return zoom(step, last, slope, function) }
      last = step
      length *= 2
    }
    return last.length > 0 ? last : nil
  }

  private func evaluate(_ length: Double, _ function: Function) -> Step {
    var moved = point
    DenseVectorArithmetic.addScaled(&moved, length, direction)
    let (value, gradient) = function(moved)
    return Step(
      length: length, point: moved, value: value, gradient: gradient,
      slope: DenseVectorArithmetic.dot(gradient, direction))
  }

  /// Near the minimum values differ by less than their rounding; there a falling slope counts as progress.
  private func isLowEnough(_ step: Step, _ slope: Double) -> Bool {
    if step.value <= value + sufficientDecrease * step.length * slope { return true }
    let rounding = 1e-14 * max(abs(value), abs(step.value))
    return step.value <= value + rounding && (2 * sufficientDecrease - 1) * slope >= step.slope
  }

  /// Narrows an interval that contains a good step; `low` is its best end so far.
  private func zoom(_ low: Step, _ high: Step, _ slope: Double, _ function: Function) -> Step? {
    var (low, high) = (low, high)
    for _ in 0..<40 {
      let step = evaluate(between(low, high), function)
      if !isLowEnough(step, slope) || (step.value > low.value && abs(step.slope) > abs(low.slope)) {
        high = step
      } else {
        if abs(step.slope) <= -curvature * slope { return step }
        if step.slope * (high.length - low.length) >= 0 { high = low }
        low = step
      }
      if abs(high.length - low.length) <= 1e-15 * max(low.length, high.length) { break }
    }
    return low.length > 0 ? low : nil
  }

  /// The minimum of the cubic through both ends' values and slopes, kept away from the ends.
  private func between(_ a: Step, _ b: Step) -> Double {
    let width = b.length - a.length
    let tilt = a.slope + b.slope - 3 * (b.value - a.value) / width
    let root = (tilt * tilt - a.slope * b.slope).squareRoot() * (width < 0 ? -1 : 1)
    let cubic = b.length - width * (b.slope + root - tilt) / (b.slope - a.slope + 2 * root)
    let middle = a.length + width / 2
    guard cubic.isFinite else { return middle }
    let fraction = (cubic - a.length) / width
    return fraction > 0.05 && fraction < 0.95 ? cubic : middle
  }
}
