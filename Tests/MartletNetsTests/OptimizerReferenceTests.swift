import MartletNets
import MartletNumerics
import Testing

/// Optimizers, schedules and losses against PyTorch's.
@Suite struct OptimizerReferenceTests {
  struct Reference: Decodable, Sendable {
    struct Walk: Decodable, CustomTestStringConvertible, Sendable {
      let name, kind: String
      let settings: [String: Double]
      let places: [[Double]]
      var testDescription: String { name }
      func setting(_ name: String, _ usual: Double) -> Double { settings[name] ?? usual }
    }
    struct Plateau: Decodable, Sendable { let losses, rates: [Double] }
    struct Inputs: Decodable, Sendable {
      let a, b, c, shares, spread: [[Double]]
      let labels: [Int]
      let weights, signs: [Double]
    }
    let start: [Double]
    let gradients: [[Double]]
    let walks: [Walk]
    let schedules: [String: [Double]]
    let plateau: Plateau
    let averages: [Double]
    let clipped: [[Double]]
    let inputs: Inputs
    let losses: [String: [String: [Double]]]
  }

  private static let reference: Result<Reference, any Error> = Result { try ReferenceFile.read("optimizers") }

  struct Weights: Module {
    typealias Scalar = Double
    var w: Parameter<Double>
  }

  private func walked(_ optimizer: some Optimizer<Double>) throws -> [[Double]] {
    let reference = try Self.reference.get()
    var (optimizer, weights) = (optimizer, Weights(w: Parameter(Tensor(reference.start))))
    return reference.gradients.map { gradient in
      optimizer.update(&weights, along: Gradients([("w", Tensor(gradient))]))
      return weights.w.value.scalars
    }
  }

  private func walked(as walk: Reference.Walk) throws -> [[Double]] {
    let (rate, decay) = (walk.setting("lr", 0), walk.setting("weight_decay", 0))
    let betas = (walk.setting("beta1", 0.9), walk.setting("beta2", 0.999))
    let precision = Double.self
    switch walk.kind {
    case "SGD":
      return try walked(
        SGD(
          learningRate: rate, momentum: walk.setting("momentum", 0), dampening: walk.setting("dampening", 0),
          nesterov: walk.setting("nesterov", 0) == 1, weightDecay: .coupled(decay), precision: precision))
    case "Adam":
      return try walked(
        Adam(
          learningRate: rate, betas: betas, epsilon: walk.setting("eps", 1e-8), weightDecay: .coupled(decay),
          precision: precision))
    case "AdamW":
      return try walked(
        AdamW(
          learningRate: rate, weightDecay: decay, betas: betas, epsilon: walk.setting("eps", 1e-8),
          precision: precision))
    case "RMSprop":
      return try walked(
        RMSprop(
          learningRate: rate, kept: walk.setting("alpha", 0.99), momentum: walk.setting("momentum", 0),
          epsilon: walk.setting("eps", 1e-8), weightDecay: .coupled(decay), precision: precision))
    default:
      return try walked(
        Adagrad(
          learningRate: rate, epsilon: walk.setting("eps", 1e-10), weightDecay: .coupled(decay), precision: precision))
    }
  }

  @Test func sixStepsLeadToTheSamePlaces() throws {
    let walks = try Self.reference.get().walks
    #expect(walks.count == 13)
    for walk in walks {
      let found = try walked(as: walk)
      #expect(agree(found.flatMap { $0 }, walk.places.flatMap { $0 }, within: 1e-12), "\(walk.name): \(found)")
    }
  }

  @Test func ratesFollowTheSameSchedules() throws {
    let reference = try Self.reference.get()
    let schedules: [String: LearningRateSchedule] = [
      "step": .step(every: 7, gamma: 0.4), "exponential": .exponential(gamma: 0.9),
      "cosine": .cosine(steps: 40, floor: 0.1), "linear": .linear(steps: 40), "oneCycle": .oneCycle(steps: 40),
      "oneCycle, all settings": .oneCycle(steps: 40, rising: 0.5, division: 10, finalDivision: 100),
    ]
    #expect(Set(schedules.keys) == Set(reference.schedules.keys))
    for (name, schedule) in schedules {
      let found = (0..<40).map { schedule.factor(step: $0) }
      #expect(agree(found, reference.schedules[name] ?? [], within: 1e-12), "\(name): \(found)")
    }
    var (plateau, rate) = (PlateauSchedule(factor: 0.3, patience: 2, threshold: 1e-3, minimum: 0.05), 1.0)
    let rates = reference.plateau.losses.map { loss in
      rate = plateau.next(loss, learningRate: rate)
      return rate
    }
    #expect(agree(rates, reference.plateau.rates))
  }

  @Test func averagesAndShortenedGradientsAreTheSame() throws {
    let reference = try Self.reference.get()
    func model(_ weight: Double) -> Linear<Double> { Linear(weight: Tensor([[weight]])) }
    var average = WeightAverage(model(2), decay: 0.75)
    var found = [average.model["weight"].scalar]
    for weight in [-1.0, 5, 5] {
      average.add(model(weight))
      found.append(average.model["weight"].scalar)
    }
    #expect(agree(found, reference.averages))
    let gradients = Gradients([("a", Tensor<Double>([3, 0, -2])), ("b", Tensor([-4, 1]))]).clipped(toNorm: 1.5)
    #expect(agree(["a", "b"].flatMap { gradients[$0]?.scalars ?? [] }, reference.clipped.flatMap { $0 }))
  }

  @Test func lossesAreTheSame() throws {
    let reference = try Self.reference.get()
    let inputs = reference.inputs
    let (a, b, c) = (Variable(Matrix(inputs.a)), Variable(Matrix(inputs.b)), Variable(Matrix(inputs.c)))
    let (labels, weights, signs) = (Tensor(inputs.labels), Tensor(inputs.weights), Tensor(inputs.signs))
    let (shares, spread) = (Matrix(inputs.shares), Matrix(inputs.spread))
    let yes = (shares .> 0.5).asDouble
    let losses: [String: (LossReduction) -> Variable<Double>] = [
      "crossEntropy": { crossEntropy(a, labels, reduction: $0) },
      "crossEntropy, all settings": {
        crossEntropy(a, labels, weights: weights, smoothing: 0.1, ignoring: 1, reduction: $0)
      },
      "negativeLogLikelihood": { negativeLogLikelihood(a.logSoftmax(), labels, weights: weights, reduction: $0) },
      "meanSquaredError": { meanSquaredError(a, b, reduction: $0) },
      "meanAbsoluteError": { meanAbsoluteError(a, b.value, reduction: $0) },
      "huberLoss": { huberLoss(a, b.value, delta: 0.7, reduction: $0) },
      "binaryCrossEntropy": { binaryCrossEntropy(a, shares, positiveWeight: 3, reduction: $0) },
      "focalLoss": { focalLoss(a, yes, gamma: 1.5, alpha: 0.3, reduction: $0) },
      "hingeLoss": { hingeLoss(a, yes * 2 - 1, reduction: $0) },
      "klDivergence": { klDivergence(a.logSoftmax(), spread, reduction: $0) },
      "cosineEmbeddingLoss": { cosineEmbeddingLoss(a, b, signs, margin: 0.2, reduction: $0) },
      "tripletLoss": { tripletLoss(a, b, c, margin: 0.8, reduction: $0) },
      "contrastiveLoss": { contrastiveLoss(a, b, together: (signs .> 0).asDouble, margin: 2, reduction: $0) },
    ]
    #expect(Set(losses.keys) == Set(reference.losses.keys))
    for (name, loss) in losses {
      for (reduction, kind) in [("mean", LossReduction.mean), ("sum", .sum), ("none", .none)] {
        let (found, wanted) = (loss(kind).value.scalars, reference.losses[name]?[reduction] ?? [])
        // Distances have a 1e-12 below their root, so that it has a slope everywhere.
        #expect(agree(found, wanted, within: 1e-9), "\(name), \(reduction): \(found) for \(wanted)")
      }
    }
  }
}
