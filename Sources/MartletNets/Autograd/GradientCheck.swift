import MartletNumerics

/// How far the gradients of a computation are from differences of its values.
///
///     gradientCheck(at: Linear(3, 2, seed: 1, precision: Double.self)) { ($0(Variable(x)) * 2).sum() }.worst   // about 1e-10
public struct GradientCheck: Sendable, CustomStringConvertible {
  /// The largest `|gradient − difference| / max(1, |gradient|, |difference|)`: below 1e-6 where all is well.
  public let worst: Double
  /// Where that is: a parameter's path and the place of the number.
  public let place: String
  /// How many numbers were tried.
  public let tried: Int

  /// Whether the gradients agree with the differences to 1e-6.
  public var passes: Bool { worst < 1e-6 }

  /// The outcome in one line.
  public var description: String {
    "\(passes ? "Gradients agree" : "Gradients do not agree") with differences: \(tried) numbers tried, largest relative error \(worst)\(passes ? "" : " at \(place)")."
  }
}

/// Compares a model's gradients with differences of the loss on both sides of each number.
///
/// The loss has to give the same value whenever it is asked: give a training mode a fixed seed. Where it has a kink, as ReLU
/// at 0, differences across the kink are wrong.
/// - Parameters:
///   - model: computes with `Double`; in single precision differences are too rough.
///   - numbers: how many numbers of each parameter are tried, evenly spread.
///   - loss: gives a single number.
/// - Complexity: two calls of `loss` for each number tried.
public func gradientCheck<Model: Module<Double>>(
  at model: Model, numbers: Int = 24, _ loss: (Model) -> Variable<Double>
) -> GradientCheck {
  let gradients = valueWithGradient(at: model, loss).gradient
  var worst = (error: 0.0, place: "", tried: 0)
  for (name, parameter) in model.parameters where parameter.isLearned {
    let gradient = gradients[name]?.scalars ?? [Double](repeating: 0, count: parameter.count)
    compare(parameter.value, gradient, numbers, name, &worst) { moved in
      var model = model
      model[name] = moved
      return loss(model).value.scalar
    }
  }
  return GradientCheck(worst: worst.error, place: worst.place, tried: worst.tried)
}

/// Compares the gradients of a function of tensors with differences of its values.
public func gradientCheck(
  at points: [Tensor<Double>], numbers: Int = 24, _ function: ([Variable<Double>]) -> Variable<Double>
) -> GradientCheck {
  let gradients = valueWithGradient(at: points, function).gradient
  var worst = (error: 0.0, place: "", tried: 0)
  for (place, point) in points.enumerated() {
    compare(point, gradients[place].scalars, numbers, "\(place)", &worst) { moved in
      var points = points
      points[place] = moved
      return function(points.map { Variable($0) }).value.scalar
    }
  }
  return GradientCheck(worst: worst.error, place: worst.place, tried: worst.tried)
}

private func compare(
  _ point: Tensor<Double>, _ gradient: [Double], _ numbers: Int, _ name: String,
  _ worst: inout (error: Double, place: String, tried: Int), _ value: (Tensor<Double>) -> Double
) {
  let count = point.count
  let tried = min(max(numbers, 1), count)
  for number in 0..<tried {
    let i = number * count / tried
    var scalars = point.scalars
    // Where rounding and the curve of the function do equal harm.
    let step = 6e-6 * max(1, scalars[i].magnitude)
    let middle = scalars[i]
    scalars[i] = middle + step
    let above = value(Tensor(scalars, shape: point.shape))
    scalars[i] = middle - step
    let below = value(Tensor(scalars, shape: point.shape))
    let difference = (above - below) / ((middle + step) - (middle - step))
    let error = abs(gradient[i] - difference) / max(1, gradient[i].magnitude, difference.magnitude)
    worst.tried += 1
    if error.isNaN || error > worst.error, !worst.error.isNaN { (worst.error, worst.place) = (error, "\(name)[\(i)]") }
  }
}
