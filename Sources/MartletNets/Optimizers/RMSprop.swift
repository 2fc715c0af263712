import MartletNumerics

/// Gradients divided by the root of their recent mean square.
///
///     var optimizer = RMSprop(learningRate: 1e-2)
///
/// Reference: Tieleman and Hinton (2012), Lecture 6.5: rmsprop.
public struct RMSprop<Scalar: NetScalar>: Optimizer {
  public var learningRate: Double
  /// How much of the running mean square is kept at each step. (PyTorch: `alpha`)
  public var kept: Double
  /// How much of the last step's speed is kept.
  public var momentum: Double
  /// What is added to the root, so that nothing is divided by 0.
  public var epsilon: Double
  public var weightDecay: WeightDecay
  public var groups: [ParameterGroup]
  public var memory = OptimizerMemory<Scalar>()

  public init(
    learningRate: Double = 1e-2, kept: Double = 0.99, momentum: Double = 0, epsilon: Double = 1e-8,
    weightDecay: WeightDecay = .coupled(0), groups: [ParameterGroup] = [], precision: Scalar.Type = Float.self
  ) {
    self.learningRate = learningRate
    self.kept = kept
    self.momentum = momentum
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.groups = groups
  }

  public mutating func step(
    _ name: String, _ parameter: inout Tensor<Scalar>, _ gradient: Tensor<Scalar>, _ settings: StepSettings
  ) {
    let (kept, momentum, epsilon, shape) = (kept, momentum, epsilon, parameter.shape)
    var squares = memory.tensors.removeValue(forKey: "\(name)/square") ?? .zeros(shape: shape)
    memory.change(name, "velocity", shape: shape) { velocity in
      velocity.withMutableElements { velocity in
        squares.withMutableElements { squares in
          OptimizerKernels.forEachRange(&parameter, gradient) {
            OptimizerKernels.rootMeanSquare(
              $0, $1, $2, squares, velocity, settings, kept: kept, momentum: momentum, epsilon: epsilon)
          }
        }
      }
    }
    memory.tensors["\(name)/square"] = squares
  }
}

/// Gradients divided by the root of the sum of all their squares: steps get shorter where much was learned.
///
/// Reference: Duchi, Hazan and Singer (2011), Adaptive subgradient methods for online learning and stochastic optimization.
public struct Adagrad<Scalar: NetScalar>: Optimizer {
  public var learningRate: Double
  /// What is added to the root, so that nothing is divided by 0.
  public var epsilon: Double
  public var weightDecay: WeightDecay
  public var groups: [ParameterGroup]
  public var memory = OptimizerMemory<Scalar>()

  public init(
    learningRate: Double = 1e-2, epsilon: Double = 1e-10, weightDecay: WeightDecay = .coupled(0),
    groups: [ParameterGroup] = [], precision: Scalar.Type = Float.self
  ) {
    self.learningRate = learningRate
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.groups = groups
  }

  public mutating func step(
    _ name: String, _ parameter: inout Tensor<Scalar>, _ gradient: Tensor<Scalar>, _ settings: StepSettings
  ) {
    let epsilon = epsilon
    memory.change(name, "sum", shape: parameter.shape) { sums in
      sums.withMutableElements { sums in
        OptimizerKernels.forEachRange(&parameter, gradient) {
          OptimizerKernels.adagrad($0, $1, $2, sums, settings, epsilon: epsilon)
        }
      }
    }
  }
}
