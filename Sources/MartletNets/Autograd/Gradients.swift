import MartletDisplay
import MartletModels
import MartletNumerics

/// The gradients of a loss with respect to a model's parameters, under the parameters' paths.
///
///     let (loss, gradients) = valueWithGradient(at: model) { crossEntropy($0(x), y) }
///     gradients["0.weight"]?.shape      // [256, 784], like the parameter
public struct Gradients<Scalar: NetScalar>: Sendable {
  /// The paths of the parameters that have a gradient, in the model's order.
  public private(set) var names: [String] = []
  private var values: [String: Tensor<Scalar>] = [:]
  /// What the layers' states are to become.
  private(set) var states: [String: Tensor<Scalar>] = [:]

  init() {}

  /// Gradients of your own, for instance averages over several batches.
  public init(_ gradients: [(name: String, gradient: Tensor<Scalar>)]) {
    for (name, gradient) in gradients { add(gradient, name) }
  }

  /// The gradient of the parameter with this path, of its shape; `nil` where the loss does not depend on it.
  public subscript(_ name: String) -> Tensor<Scalar>? { values[name] }

  /// The length of all gradients as one vector.
  public var norm: Double {
    names.reduce(0) { sum, name in
      let gradient = values[name]!  // every name has one
      return sum + gradient.squaredNorm()
    }.squareRoot()
  }

  /// All gradients times a number.
  public func scaled(by factor: Double) -> Gradients { mapped { $0 * Scalar(factor) } }

  /// All gradients shortened, together, to a length of at most `limit`; the direction stays. (PyTorch: `clip_grad_norm_`)
  public func clipped(toNorm limit: Double) -> Gradients {
    let norm = norm
    return norm > limit ? scaled(by: limit / (norm + 1e-6)) : self
  }

  /// Every number of the gradients within `-limit...limit`. (PyTorch: `clip_grad_value_`)
  public func clipped(toValue limit: Double) -> Gradients {
    mapped { $0.clipped(to: Scalar(-limit)...Scalar(limit)) }
  }

  /// The sums of two models' gradients, as for batches that are accumulated; states are those of the right one.
  public static func + (a: Gradients, b: Gradients) -> Gradients {
    var sum = a
    for (name, gradient) in b.values.sorted(by: { $0.key < $1.key }) {
      sum.add(a[name].map { $0 + gradient } ?? gradient, name)
    }
    sum.states.merge(b.states) { $1 }
    return sum
  }

  mutating func add(_ gradient: Tensor<Scalar>, _ name: String) {
    if values.updateValue(gradient, forKey: name) == nil { names.append(name) }
  }

  mutating func addState(_ state: Tensor<Scalar>, _ name: String) { states[name] = state }

  private func mapped(_ change: (Tensor<Scalar>) -> Tensor<Scalar>) -> Gradients {
    var result = self
    result.values = values.mapValues(change)
    return result
  }
}

extension Gradients: RichDisplayable, CustomStringConvertible {
  private var table: ModelTable {
    ModelTable(
      title: "Gradients of \(names.count) parameters, together of length \(TrainingHistory.short(norm))", facts: [],
      header: ["parameter", "shape", "length"],
      rows: names.map { name in
        let gradient = values[name]!  // every name has one
        return [name, "\(gradient.shape)", TrainingHistory.short(gradient.squaredNorm().squareRoot())]
      })
  }

  /// How long each parameter's gradient is.
  public var description: String { table.text }

  /// How long each parameter's gradient is.
  public func displayBundle() -> DisplayBundle { table.displayBundle() }
}

extension Tensor where Scalar: NetScalar {
  /// The sum of the squares, in double precision.
  func squaredNorm() -> Double {
    guard count > 0 else { return 0 }
    return withElements { start in Double(Scalar._squaredDistances(from: 0, start, 1, count)) }
  }
}
