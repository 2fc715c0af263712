import MartletNumerics

/// A loss and its gradients with respect to everything that a model learns.
///
///     let (loss, gradients) = valueWithGradient(at: model) { model in
///       crossEntropy(model(x, mode: .training(seed: step)), y)
///     }
///     optimizer.update(&model, along: gradients)
///
/// The closure gets a copy of the model whose parameters are recorded; the model itself stays as it is. Use the copy: what
/// is computed from another model is a constant.
/// - Parameters:
///   - model: the model.
///   - loss: gives a single number. Throws what you like.
/// - Returns: the loss, and gradients under the parameters' paths.
/// - Complexity: about three times the work of `loss`, and memory for what it computes on the way.
public func valueWithGradient<Model: Module>(
  at model: Model, _ loss: (Model) throws -> Variable<Model.Scalar>
) rethrows -> (value: Model.Scalar, gradient: Gradients<Model.Scalar>) {
  let tape = Tape<Model.Scalar>()
  defer { tape.clear() }
  var recorded = model
  var names: [(name: String, isLearned: Bool)] = []
  recorded.forEachParameter { name, parameter in
    parameter.entry = tape.start(parameter.value)
    names.append((name, parameter.isLearned))
  }
  let result = try loss(recorded)
  let parts = tape.gradients(ofScalar: result, count: names.count)
  var gradients = Gradients<Model.Scalar>()
  for (place, (name, isLearned)) in names.enumerated() {
    if isLearned, let gradient = parts[place] { gradients.add(gradient, name) }
    if let state = tape.state(at: place) { gradients.addState(state, name) }
  }
  return (result.value.scalar, gradients)
}

/// A function's value and its gradient with respect to a tensor.
///
///     valueWithGradient(at: Tensor<Double>([1, 2])) { ($0 * $0).sum() }      // value 5.0, gradient [2.0, 4.0]
///
/// Zero everywhere where the function does not depend on it.
public func valueWithGradient<Scalar>(
  at point: Tensor<Scalar>, _ function: (Variable<Scalar>) throws -> Variable<Scalar>
) rethrows -> (value: Scalar, gradient: Tensor<Scalar>) {
  let (value, gradients) = try valueWithGradient(at: [point]) { try function($0[0]) }
  return (value, gradients[0])
}

/// A function's value and its gradients with respect to several tensors, in their order.
public func valueWithGradient<Scalar>(
  at points: [Tensor<Scalar>], _ function: ([Variable<Scalar>]) throws -> Variable<Scalar>
) rethrows -> (value: Scalar, gradient: [Tensor<Scalar>]) {
  let tape = Tape<Scalar>()
  defer { tape.clear() }
  let result = try function(points.map { tape.start($0) })
  let parts = tape.gradients(ofScalar: result, count: points.count)
  return (result.value.scalar, zip(points, parts).map { $1 ?? .zeros(shape: $0.shape) })
}

extension Tape {
  /// The gradients of a single number with respect to the first `count` entries.
  func gradients(ofScalar result: Variable<Scalar>, count: Int) -> [Tensor<Scalar>?] {
    guard result.count == 1 else {
      fatalError("valueWithGradient needs a single number; found shape \(result.shape). Take its sum() or mean().")
    }
    guard result.tape === self else {
      fatalError(
        "The result of valueWithGradient's closure does not depend on its argument. Compute with what the closure is given, without .detached() or .value."
      )
    }
    return gradients(from: result.place, seed: .ones(shape: result.shape), count: count)
  }
}
