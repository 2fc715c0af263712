import MartletNumerics

/// A rule by which gradients change a model.
///
///     var optimizer = Adam(learningRate: 1e-3)
///     for batch in loader {
///       let (loss, gradients) = valueWithGradient(at: model) { crossEntropy($0(batch.x), batch.y) }
///       optimizer.update(&model, along: gradients)
///     }
///
/// An optimizer is a value that remembers what it needs under the parameters' paths: copy it with the model to go on later.
public protocol Optimizer<Scalar>: Sendable {
  associatedtype Scalar: NetScalar
  /// How large steps are; schedules change it.
  var learningRate: Double { get set }
  /// How weights are drawn towards 0.
  var weightDecay: WeightDecay { get set }
  /// Rules for some of the parameters; the first that fits counts.
  var groups: [ParameterGroup] { get set }
  /// What is remembered of earlier steps, under the parameters' paths with a suffix, for checkpoints.
  var memory: OptimizerMemory<Scalar> { get set }
  /// One step for one parameter, in place. It must not poll for interrupts, so that no step is left half done.
  mutating func step(
    _ name: String, _ parameter: inout Tensor<Scalar>, _ gradient: Tensor<Scalar>, _ settings: StepSettings)
}

/// Weights drawn towards 0, each step by a part of themselves.
///
/// For plain gradient descent both ways are the same. Where gradients are scaled one by one, as in Adam, coupled decay is
/// scaled with them and decoupled decay is not.
///
/// Reference: Loshchilov and Hutter (2019), Decoupled weight decay regularization.
public enum WeightDecay: Sendable, Hashable {
  /// Adds `rate · weight` to the gradient: the penalty `rate/2 · ∑weight²`, also called L2.
  case coupled(Double)
  /// Takes `learningRate · rate · weight` from the weight, whatever the gradient does.
  case decoupled(Double)

  /// The same way with another rate.
  func with(rate: Double?) -> WeightDecay {
    guard let rate else { return self }
    if case .coupled = self { return .coupled(rate) }
    return .decoupled(rate)
  }
}

/// What differs for some of the parameters.
///
///     AdamW(learningRate: 1e-3, weightDecay: 0.01, groups: [ParameterGroup(weightDecay: 0) { $0.hasSuffix("bias") }])
public struct ParameterGroup: Sendable {
  /// Whether a parameter with this path belongs to it.
  public var contains: @Sendable (_ name: String) -> Bool
  /// The learning rate is multiplied by it.
  public var learningRateFactor: Double
  /// The rate of decay instead of the optimizer's own; `nil` for that.
  public var weightDecay: Double?

  public init(
    learningRateFactor: Double = 1, weightDecay: Double? = nil, _ contains: @escaping @Sendable (_ name: String) -> Bool
  ) {
    self.learningRateFactor = learningRateFactor
    self.weightDecay = weightDecay
    self.contains = contains
  }
}

/// What an optimizer uses for one parameter at one step.
public struct StepSettings: Sendable {
  /// With the group's factor.
  public let learningRate: Double
  /// What is added to the gradient for each unit of the weight.
  public let coupledDecay: Double
  /// What the weight is multiplied by before the step.
  public let shrinkage: Double

  init(_ learningRate: Double, _ decay: WeightDecay) {
    self.learningRate = learningRate
    switch decay {
    case .coupled(let rate): (coupledDecay, shrinkage) = (rate, 1)
    case .decoupled(let rate): (coupledDecay, shrinkage) = (0, 1 - learningRate * rate)
    }
  }
}

/// What an optimizer remembers: how many steps there were, and tensors under names.
public struct OptimizerMemory<Scalar: NetScalar>: Sendable, CustomStringConvertible {
  /// How many updates there were.
  public internal(set) var steps = 0
  /// Under `path/kind`, as `0.weight/velocity`.
  public internal(set) var tensors: [String: Tensor<Scalar>] = [:]

  /// Nothing yet.
  public init() {}

  /// How many steps, and how many tensors.
  public var description: String { "\(steps) steps, \(tensors.count) tensors" }

  /// Lets `body` change a tensor in its own block; the first time it is zeros.
  mutating func change<Result>(
    _ name: String, _ kind: String, shape: [Int], _ body: (inout Tensor<Scalar>) -> Result
  ) -> Result { body(&tensors["\(name)/\(kind)", default: .zeros(shape: shape)]) }
}

extension Optimizer {
  /// One step: changes everything that is learned, and writes the states that layers have noted.
  ///
  /// - Parameter gradients: from ``valueWithGradient(at:_:)`` at this model.
  /// - Complexity: a pass over the parameters.
  public mutating func update(_ model: inout some Module<Scalar>, along gradients: Gradients<Scalar>) {
    memory.steps += 1
    model.forEachParameter { name, parameter in
      if let state = gradients.states[name] { parameter.value = state }
      guard parameter.isLearned, let gradient = gradients[name] else { return }
      guard gradient.shape == parameter.shape else {
        fatalError("The gradient of '\(name)' has shape \(gradient.shape), the parameter \(parameter.shape).")
      }
      guard parameter.count > 0 else { return }
      let group = groups.first { $0.contains(name) }
      let settings = StepSettings(
        learningRate * (group?.learningRateFactor ?? 1), weightDecay.with(rate: group?.weightDecay))
      step(name, &parameter.value, gradient, settings)
    }
  }
}
