import Foundation
import MartletNets
import MartletNumerics
import Testing

/// The three mechanisms of weight decay as measurements. (Zhang, Wang, Xu and Grosse, 2019)
@Suite struct WeightDecayTests {
  private func batchNormalised(_ seed: UInt64) -> Sequential<Double> {
    Sequential(precision: Double.self) {
      Linear(4, 6, bias: false, seed: seed, precision: Double.self)
      BatchNorm(6, epsilon: 0, affine: false, precision: Double.self)
      ReLU(precision: Double.self)
      Linear(6, 3, seed: seed + 1, precision: Double.self)
    }
  }

  private let x: Matrix = {
    var random = PCG64(seed: 1)
    return random.normals(shape: [24, 4])
  }()
  private let y = Tensor((0..<24).map { $0 % 3 })

  @Test(arguments: ["SGD", "Momentum", "Adam", "RMSprop", "Adagrad"]) func bothKindsOfDecayAreInEveryOptimizer(
    name: String
  ) {
    func run(_ decay: WeightDecay) -> Matrix {
      var model = Linear(4, 3, seed: 2, precision: Double.self)
      func learn(_ rule: some Optimizer<Double>) {
        var rule = rule
        for _ in 0..<30 {
          let gradients = valueWithGradient(at: model) { crossEntropy($0(Variable(x)), y) }.gradient
          rule.update(&model, along: gradients)
        }
      }
      let precision = Double.self
      switch name {
      case "SGD": learn(SGD(learningRate: 0.1, weightDecay: decay, precision: precision))
      case "Momentum": learn(SGD(learningRate: 0.1, momentum: 0.9, weightDecay: decay, precision: precision))
      case "Adam": learn(Adam(learningRate: 0.05, weightDecay: decay, precision: precision))
      case "RMSprop": learn(RMSprop(learningRate: 0.02, weightDecay: decay, precision: precision))
      default: learn(Adagrad(learningRate: 0.1, weightDecay: decay, precision: precision))
      }
      return model["weight"]
    }
    let (none, coupled, decoupled) = (run(.coupled(0)), run(.coupled(0.1)), run(.decoupled(0.1)))
    #expect(!coupled.isClose(to: none, absolute: 1e-3) && !decoupled.isClose(to: none, absolute: 1e-3))
    if name == "SGD" {
      #expect(coupled.isClose(to: decoupled, relative: 0, absolute: 1e-6))
    } else {
      #expect(!coupled.isClose(to: decoupled, relative: 0, absolute: 1e-3))
    }
  }

  /// First: a weight `c` times as long turns `1/c²` as fast under the same learning rate.
  @Test func stepsTurnShortWeightsFurther() {
    func turned(by factor: Double) -> (angle: Double, rate: Double) {
      var model = batchNormalised(3)
      model["0.weight"] = model["0.weight"] * factor
      let before = model["0.weight"]
      let mode = Mode.training(seed: 1)
      var rule = SGD(learningRate: 1e-4, precision: Double.self)
      let rate = model.effectiveLearningRates(learningRate: 1e-4)[0]
      #expect(rate.name == "0.weight")
      rule.update(&model, along: valueWithGradient(at: model) { crossEntropy($0(Variable(x), mode: mode), y) }.gradient)
      let after = model["0.weight"]
      let gap = (after - before).scalars.reduce(0) { $0 + $1 * $1 }
      return ((gap / before.scalars.reduce(0) { $0 + $1 * $1 }).squareRoot(), rate.rate)
    }
    let (short, long) = (turned(by: 1), turned(by: 3))
    #expect(abs(short.rate / long.rate - 9) < 1e-9)
    #expect(abs(short.angle / long.angle - 9) < 1e-6)
  }

  /// With decay the effective rate rises while the weights shrink; without, weights that follow a normalisation only grow,
  /// since gradients are at right angles to them, and the rate falls.
  @Test func decayKeepsTheEffectiveRateUp() {
    func rates(_ decay: Double) -> [Double] {
      var model = batchNormalised(3)
      var rule = SGD(learningRate: 0.2, weightDecay: .decoupled(decay), precision: Double.self)
      return (0..<60).map { step in
        let gradients = valueWithGradient(at: model) {
          crossEntropy($0(Variable(x), mode: .training(seed: UInt64(step))), y)
        }
        .gradient
        if let slope = gradients["0.weight"] { #expect(abs((slope * model["0.weight"]).sum()) < 1e-9) }
        rule.update(&model, along: gradients)
        return model.effectiveLearningRates(learningRate: 0.2)[0].rate
      }
    }
    let (plain, decayed) = (rates(0), rates(0.05))
    #expect(zip(plain, plain.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(decayed[59] > plain[59] * 1.2)
  }

  /// Second: the Jacobian of a linear model is its matrix, and derivatives agree with differences.
  @Test func jacobiansAreDerivatives() {
    let linear = Linear(4, 3, seed: 1, precision: Double.self)
    let squares = linear.weight.value.scalars.reduce(0) { $0 + $1 * $1 }
    #expect(abs(linear.squaredJacobianNorm(x) - squares) < 1e-12)
    let model = Sequential(precision: Double.self) {
      Linear(4, 5, seed: 1, precision: Double.self)
      Tanh(precision: Double.self)
      Linear(5, 3, seed: 2, precision: Double.self)
    }
    let jacobian = model.inputJacobian(x)
    #expect(jacobian.shape == [24, 3, 4])
    var (above, below) = (x, x)
    above[5, 2] += 1e-6
    below[5, 2] -= 1e-6
    let slope = (model(above) - model(below)).row(5) / 2e-6
    for output in 0..<3 { #expect(abs(slope[output] - jacobian[5, output, 2]) < 1e-8) }
  }

  /// A net for the digits that was trained with decay follows its inputs less.
  @Test func decayMakesOutputsFollowInputsLess() throws {
    let (train, test) = TrainingTests.digits
    func norm(_ decay: Double) throws -> Double {
      var model = Sequential {
        Linear(64, 32, seed: 1)
        ReLU()
        Linear(32, 10, seed: 2)
      }
      var trainer = Trainer(
        optimizer: SGD(learningRate: 0.1, momentum: 0.9, weightDecay: .decoupled(decay)), epochs: 20, showsChart: false,
        seed: 1)
      try trainer.fit(&model, DataLoader(train.x.asFloat, Tensor(train.y), batchSize: 64, seed: 1)) {
        model, batch, mode in
        crossEntropy(model(batch.x, mode: mode), batch.y)
      }
      return model.squaredJacobianNorm(test.x.asFloat)
    }
    let (plain, decayed) = (try norm(0), try norm(0.01))
    print("squared Jacobian norm \(plain) without decay, \(decayed) with")
    #expect(decayed < 0.7 * plain)
  }

  /// Third: for softmax regression `G` is the Hessian, found here by differences of gradients.
  @Test func theGaussNewtonMatrixIsTheHessianOfALinearModel() throws {
    let model = Linear(4, 3, seed: 5, precision: Double.self)
    let curvature = GaussNewton(model, x)
    #expect(curvature.names == ["weight", "bias"] && curvature.matrix.shape == [15, 15])
    func slope(_ model: Linear<Double>) -> [Double] {
      let gradients = valueWithGradient(at: model) { crossEntropy($0(Variable(x)), y) }.gradient
      return (gradients["weight"]?.scalars ?? []) + (gradients["bias"]?.scalars ?? [])
    }
    for place in [0, 5, 11] {
      var (above, below) = (model, model)
      above["weight"][place / 4, place % 4] += 1e-5
      below["weight"][place / 4, place % 4] -= 1e-5
      let column = zip(slope(above), slope(below)).map { ($0 - $1) / 2e-5 }
      #expect(agree(curvature.matrix.column(place).scalars, column, within: 1e-8))
    }
    // Newton's steps find the minimum: a few of them leave no gradient.
    var fitted = model
    for _ in 0..<12 {
      let gradients = valueWithGradient(at: fitted) { crossEntropy($0(Variable(x)), y) }.gradient
      fitted = try GaussNewton(fitted, x).step(fitted, along: gradients, damping: 1e-8)
    }
    #expect(slope(fitted).allSatisfy { abs($0) < 1e-9 })
  }

  /// Where a normalisation follows, curvature goes like `1/‖w‖²`, so damping counts for less the shorter the weights.
  @Test func shortWeightsMakeDampingCountLess() {
    func curvature(_ factor: Double) -> GaussNewton {
      var model = batchNormalised(3)
      model["0.weight"] = model["0.weight"] * factor
      model.freeze("3.")
      return GaussNewton(model, x, mode: .training(seed: 1))
    }
    let (short, long) = (curvature(1), curvature(2))
    #expect(short.matrix.isClose(to: long.matrix * 4, relative: 1e-9, absolute: 1e-12))
    #expect(short.dampingRatio(0.01) < long.dampingRatio(0.01))
    #expect(short.dampingRatio(0) == 0 && abs(short.dampingRatio(short.meanCurvature) - 0.5) < 1e-12)
  }

  @Test func theLengthOfWeightsIsMeasured() {
    let model = Linear(weight: Matrix([[3, 0], [0, 0]]), bias: Matrix([4, 0]))
    #expect(model.parameterNorm() == 3 && model.parameterNorm(weightsOnly: false) == 5)
  }
}
