import MartletNumerics

/// Stochastic gradient descent: each step goes against the gradient, with momentum if wanted.
///
/// `v ← momentum · v + g`, then `weight ← weight − learningRate · v`, or with Nesterov's look ahead `learningRate · (g +
/// momentum · v)`.
///
///     var optimizer = SGD(learningRate: 0.1, momentum: 0.9)
///
/// Reference: Sutskever, Martens, Dahl and Hinton (2013), On the importance of initialization and momentum in deep learning.
public struct SGD<Scalar: NetScalar>: Optimizer {
  public var learningRate: Double
  /// How much of the last step's speed is kept: from 0 to less than 1.
  public var momentum: Double
  /// How much less of the gradient goes into the speed: 0 for all of it.
  public var dampening: Double
  /// Whether the gradient is looked up one step ahead.
  public var nesterov: Bool
  public var weightDecay: WeightDecay
  public var groups: [ParameterGroup]
  public var memory = OptimizerMemory<Scalar>()

  public init(
    learningRate: Double, momentum: Double = 0, dampening: Double = 0, nesterov: Bool = false,
    weightDecay: WeightDecay = .coupled(0), groups: [ParameterGroup] = [], precision: Scalar.Type = Float.self
  ) {
    self.learningRate = learningRate
    self.momentum = momentum
    self.dampening = dampening
    self.nesterov = nesterov
    self.weightDecay = weightDecay
    self.groups = groups
  }

  public mutating func step(
    _ name: String, _ parameter: inout Tensor<Scalar>, _ gradient: Tensor<Scalar>, _ settings: StepSettings
  ) {
    guard momentum != 0 else {
      return OptimizerKernels.forEachRange(&parameter, gradient) {
        OptimizerKernels.descent($0, $1, $2, settings)
      }
    }
    // The first speed is the gradient itself, without dampening.
    let isFirst = memory.tensors["\(name)/velocity"] == nil
    let (momentum, fresh, nesterov) = (momentum, isFirst ? 1 : 1 - dampening, nesterov)
    memory.change(name, "velocity", shape: parameter.shape) { velocity in
      velocity.withMutableElements { velocity in
        OptimizerKernels.forEachRange(&parameter, gradient) {
          OptimizerKernels.momentum(
            $0, $1, $2, velocity, settings, momentum: momentum, fresh: fresh, nesterov: nesterov)
        }
      }
    }
  }
}
