import MartletNumerics

/// Steps of about equal size in every direction: the mean of recent gradients over the root of their mean square.
///
///     var optimizer = Adam(learningRate: 1e-3)
///
/// With `weightDecay: .decoupled(…)` it is ``AdamW``.
///
/// Reference: Kingma and Ba (2015), Adam: a method for stochastic optimization.
public struct Adam<Scalar: NetScalar>: Optimizer {
  public var learningRate: Double
  /// How much of the running mean of the gradients, and of their squares, is kept at each step.
  public var betas: (Double, Double)
  /// What is added to the root, so that nothing is divided by 0.
  public var epsilon: Double
  public var weightDecay: WeightDecay
  public var groups: [ParameterGroup]
  public var memory = OptimizerMemory<Scalar>()

  public init(
    learningRate: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999), epsilon: Double = 1e-8,
    weightDecay: WeightDecay = .coupled(0), groups: [ParameterGroup] = [], precision: Scalar.Type = Float.self
  ) {
    self.learningRate = learningRate
    self.betas = betas
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.groups = groups
  }

  public mutating func step(
    _ name: String, _ parameter: inout Tensor<Scalar>, _ gradient: Tensor<Scalar>, _ settings: StepSettings
  ) {
    let (betas, epsilon, step, shape) = (betas, epsilon, memory.steps, parameter.shape)
    // Taken out while it changes, so that both tensors have one owner each.
    var squares = memory.tensors.removeValue(forKey: "\(name)/square") ?? .zeros(shape: shape)
    memory.change(name, "mean", shape: shape) { means in
      means.withMutableElements { means in
        squares.withMutableElements { squares in
          OptimizerKernels.forEachRange(&parameter, gradient) {
            OptimizerKernels.adam($0, $1, $2, means, squares, settings, betas, epsilon: epsilon, step: step)
          }
        }
      }
    }
    memory.tensors["\(name)/square"] = squares
  }
}

/// ``Adam`` with decoupled weight decay, the usual choice for transformers.
///
///     var optimizer = AdamW(learningRate: 3e-4, weightDecay: 0.1)
///
/// Reference: Loshchilov and Hutter (2019), Decoupled weight decay regularization.
public struct AdamW<Scalar: NetScalar>: Optimizer {
  private var adam: Adam<Scalar>
  public var learningRate: Double {
    get { adam.learningRate }
    set { adam.learningRate = newValue }
  }
  public var weightDecay: WeightDecay {
    get { adam.weightDecay }
    set { adam.weightDecay = newValue }
  }
  public var groups: [ParameterGroup] {
    get { adam.groups }
    set { adam.groups = newValue }
  }
  public var memory: OptimizerMemory<Scalar> {
    get { adam.memory }
    _modify { yield &adam.memory }
  }

  public init(
    learningRate: Double = 1e-3, weightDecay: Double = 0.01, betas: (Double, Double) = (0.9, 0.999),
    epsilon: Double = 1e-8, groups: [ParameterGroup] = [], precision: Scalar.Type = Float.self
  ) {
    adam = Adam(
      learningRate: learningRate, betas: betas, epsilon: epsilon, weightDecay: .decoupled(weightDecay), groups: groups,
      precision: precision)
  }

  public mutating func step(
    _ name: String, _ parameter: inout Tensor<Scalar>, _ gradient: Tensor<Scalar>, _ settings: StepSettings
  ) { adam.step(name, &parameter, gradient, settings) }
}
