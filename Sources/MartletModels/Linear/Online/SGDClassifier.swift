import MartletNumerics

/// Tells classes apart by weighted sums that learn sample by sample: for data that are too many, or that keep coming.
///
/// For each class against all others, minimises `mean loss + regularization · penalty` by steps against the slope of one
/// sample's loss at a time. ``update(_:_:_:weights:)`` goes on learning from new samples.
///
///     let method = StandardScaler().then(SGDClassifier<Int>(loss: .logistic, seed: 0))
///     let model = try method.fit(x, y)
///
/// Scale the features first: one step length has to suit all of them. The same seed gives what scikit-learn's
/// `SGDClassifier` gives.
///
/// Reference: Bottou (2012), Stochastic gradient descent tricks.
@dynamicMemberLookup
public struct SGDClassifier<Label: Hashable & Sendable>: WeightedEstimator {
  /// What a sample on the wrong side, or near the border, costs; `y` is −1 or 1, `p` the weighted sum.
  public enum Loss: Sendable, Equatable {
    /// `max(0, 1 − yp)`: a linear support vector machine.
    case hinge
    /// `max(0, 1 − yp)²`.
    case squaredHinge
    /// `log(1 + exp(−yp))`: logistic regression.
    case logistic
    /// `max(0, 1 − yp)²`, straight beyond −1: few wild samples do not matter, and there are probabilities.
    case modifiedHuber
    /// `max(0, −yp)`: the perceptron.
    case perceptron

    var term: StochasticLoss {
      switch self {
      case .hinge: .hinge(margin: 1)
      case .squaredHinge: .squaredHinge
      case .logistic: .logistic
      case .modifiedHuber: .modifiedHuber
      case .perceptron: .hinge(margin: 0)
      }
    }
  }

  /// What a sample costs.
  public var loss: Loss
  /// How it descends.
  public var parameters: StochasticParameters
  /// How much the classes count: of several, each against all others, which count 1 there. (scikit-learn: `class_weight`)
  public var classWeights: ClassWeights<Label>

  /// - Parameters:
  ///   - loss: what a sample costs.
  ///   - penalty: what holds weights back.
  ///   - regularization: how much; at least 0.
  ///   - rate: how long steps are.
  ///   - fitsIntercept: `false` puts every border through the origin.
  ///   - classWeights: how much the classes count.
  ///   - averagesFrom: 0, or the step from which on weights are averaged.
  ///   - maximumEpochs: at least 1.
  ///   - tolerance: `nil` for all epochs.
  ///   - patience: at least 1.
  ///   - shuffles: `false` takes samples in their order.
  ///   - seed: fixes the order.
  public init(
    loss: Loss = .hinge, penalty: StochasticPenalty = .l2, regularization: Double = 1e-4,
    rate: StochasticRate = .optimal, fitsIntercept: Bool = true, classWeights: ClassWeights<Label> = .equal,
    averagesFrom: Int = 0, maximumEpochs: Int = 1_000, tolerance: Double? = 1e-3, patience: Int = 5,
    shuffles: Bool = true, seed: UInt64? = nil
  ) {
    self.loss = loss
    self.classWeights = classWeights
    parameters = StochasticParameters(
      penalty: penalty, regularization: regularization, rate: rate, fitsIntercept: fitsIntercept,
      averagesFrom: averagesFrom, maximumEpochs: maximumEpochs, tolerance: tolerance, patience: patience,
      shuffles: shuffles, seed: seed)
  }

  /// One of the parameters.
  public subscript<Value>(dynamicMember member: WritableKeyPath<StochasticParameters, Value>) -> Value {
    get { parameters[keyPath: member] }
    set { parameters[keyPath: member] = newValue }
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: `n` labels of at least two classes.
  ///   - weights: how much each sample's steps count.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `tooFewClasses`, `notFinite`, `parameter`, or `notConverged`
  ///   when weights grow without end.
  /// - Complexity: O(n · d) an epoch for each class, for each pair of two O(n · d) once.
  public func fit(_ x: Matrix, _ y: [Label], weights: [Double]?) throws(FitError) -> Model {
    try parameters.check()
    try SampleChecks.features(x)
    try SampleChecks.pairs(x, targets: y.count)
    let counted = try classWeights.weights(of: y, and: weights)
    let coding = try SampleChecks.classes(y, counted)
    let rows = coding.classes.count == 2 ? 1 : coding.classes.count
    var model = Model(
      classes: coding.classes, states: (0..<rows).map { _ in StochasticState(width: x.shape[1]) }, loss: loss,
      averagesFrom: parameters.averagesFrom)
    let ofClass = try classWeights.weightsOfClasses(y, weights)
    try learn(&model, x, coding.codes, ofClass, weights, epochs: parameters.maximumEpochs)
    return model
  }

  /// Goes through more samples of the same classes once, from where the model is. (scikit-learn: `partial_fit`)
  /// - Throws: ``FitError`` as in fitting, and of kind `parameter` for a label that is none of the model's classes.
  public func update(_ model: inout Model, _ x: Matrix, _ y: [Label], weights: [Double]? = nil) throws(FitError) {
    try parameters.check()
    try SampleChecks.features(x, count: model.featureCount)
    try SampleChecks.pairs(x, targets: y.count)
    if y.isEmpty { return }
    let ofClass = try classWeights.weightsOfClasses(y, weights)
    try learn(&model, x, try ClassShares.codes(y, of: model.classes), ofClass, weights, epochs: 1)
  }

  private func learn(
    _ model: inout Model, _ x: Matrix, _ codes: [Int], _ ofClass: [Label: Double]?, _ weights: [Double]?, epochs: Int
  ) throws(FitError) {
    var random = try SeededStart.generator(parameters.seed)
    let rows = model.states.count
    let classes = model.classes
    // With more than two classes each has an order of its own.
    let seeds = rows == 1 ? [] : (0..<rows).map { _ in UInt64(random.integer(below: Int(Int32.max))) }
    let (scalars, before, method) = (
      x.scalars, model.states, StochasticDescent(loss: loss.term, parameters: parameters)
    )
    let start = random
    let results = try ConcurrentTasks.map(rows, showing: "classes") { (row) throws(FitError) in
      let positive = rows == 1 ? 1 : row
      let counted = ClassWeights.weights(
        of: codes, ofClass, classes, and: weights, against: rows == 1 ? nil : row)
      let samples = StochasticDescent.Samples(
        x: scalars, y: codes.map { $0 == positive ? 1 : -1 }, weights: counted, width: x.shape[1])
      var own = rows == 1 ? start : MT19937(seed: seeds[row])
      _ = own.integer(below: Int(Int32.max) - 1)  // scikit-learn draws a number here that nothing depends on
      var shuffle = method.parameters.shuffles ? StochasticShuffle(&own) : nil
      var state = before[row]
      let outcome = try method.learn(&state, samples, shuffle: &shuffle, epochs: epochs)
      return (state, outcome)
    }
    model.states = results.map(\.0)
    model.epochs = results.map(\.1.epochs).max() ?? 0
    model.hasConverged = results.allSatisfy(\.1.hasSettled)
  }

  /// What `SGDClassifier` has learned.
  public struct Model: LinearClassifier {
    public let classes: [Label]
    fileprivate(set) var states: [StochasticState]
    private let loss: SGDClassifier.Loss
    private let averagesFrom: Int
    /// How many epochs the last fit or update took.
    public fileprivate(set) var epochs = 0
    /// Whether the objective settled within its epochs.
    public fileprivate(set) var hasConverged = false

    init(classes: [Label], states: [StochasticState], loss: SGDClassifier.Loss, averagesFrom: Int) {
      (self.classes, self.states, self.loss, self.averagesFrom) = (classes, states, loss, averagesFrom)
    }

    var featureCount: Int { states[0].weights.count }
    private var answers: [LinearWeights] { states.map { $0.answer(averagesFrom: averagesFrom) } }
    /// The weights: shape `[classes, features]`, or `[1, features]` for two classes (those of the second).
    public var coefficients: Matrix { Matrix(answers.map(\.coefficients)) }
    /// One for each row of weights.
    public var intercepts: [Double] { answers.map(\.intercept) }

    public static var title: String { "Stochastic gradient descent" }
    public func facts(_ subject: String) -> [String] {
      ["\(subject), " + (hasConverged ? "settled" : "not settled") + " after \(epochs) epochs"]
    }

    /// The logistic function of the decision values, scaled to sum to 1; for ``Loss/modifiedHuber`` the decision values
    /// themselves from −1 to 1. Only with those two losses they mean anything but an order.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predictProbabilities(_ x: Matrix) throws(FitError) -> Matrix {
      let scores = try decisionFunction(x)
      let link: (Double) -> Double =
        loss == .modifiedHuber ? { (min(max($0, -1), 1) + 1) / 2 } : { SoftProbability.sigmoid($0) }
      let positive = scores.map(link)
      if positive.shape[1] == 1 {
        return Matrix(positive.scalars.flatMap { [1 - $0, $0] }, shape: [x.shape[0], 2])
      }
      let sums = positive.sum(axis: 1, keepDimensions: true)
      // Where no class is likely, all are equally so.
      return Matrix.where(sums .> 0, positive / Matrix.where(sums .> 0, sums, 1), 1 / Double(classes.count))
    }

    private enum CodingKeys: String, CodingKey { case classes, states, loss, averagesFrom, epochs, hasConverged }
  }
}

extension SGDClassifier.Loss: Codable {}
extension SGDClassifier.Model: Encodable where Label: Encodable {}
extension SGDClassifier.Model: Decodable where Label: Decodable {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    classes = try ModelChecks.classes(file, .classes)
    states = try StochasticState.read(file, .states, count: classes.count == 2 ? 1 : classes.count)
    loss = try file.decode(SGDClassifier.Loss.self, forKey: .loss)
    averagesFrom = try file.decode(Int.self, forKey: .averagesFrom)
    epochs = try file.decode(Int.self, forKey: .epochs)
    hasConverged = try file.decode(Bool.self, forKey: .hasConverged)
  }
}
