import MartletNumerics

/// Tells several classes apart by questions that each split them in two at random.
///
/// Every class has a code, a row of answers; a sample gets the class whose code is nearest to what the classifiers say, by
/// Euclidean distance. With more questions than classes, errors of single classifiers are corrected.
///
///     let method = OutputCodeClassifier(LogisticRegression<Bool>(), codeSize: 2, seed: 0, labels: String.self)
///
/// Reference: Dietterich and Bakiri (1995), Solving multiclass learning problems via error-correcting output codes.
/// (scikit-learn: `OutputCodeClassifier`, with the same codes for the same seed)
public struct OutputCodeClassifier<Base: SupervisedEstimator, Label: Hashable & Sendable>: SupervisedEstimator
where Base.Features == Matrix, Base.Target == [Bool], Base.Model: Classifier, Base.Model.Label == Bool {
  public typealias Features = Matrix
  public typealias Target = [Label]
  /// The classifier of yes and no.
  public var base: Base
  /// How many questions, as a multiple of the number of classes; above 0. (scikit-learn: `code_size`)
  public var codeSize: Double
  /// Where the codes come from; up to 2³² − 1, `nil` for others every time.
  public var seed: UInt64?

  /// - Parameters:
  ///   - base: the classifier of yes and no.
  ///   - codeSize: above 0, at least one question for each two classes.
  ///   - seed: where the codes come from.
  ///   - labels: the type of the classes.
  public init(_ base: Base, codeSize: Double = 1.5, seed: UInt64? = nil, labels: Label.Type = Label.self) {
    self.base = base
    self.codeSize = codeSize
    self.seed = seed
  }

  /// - Throws: ``FitError`` of kind `tooFewClasses` or `parameter`, and what the base throws.
  /// - Complexity: `codeSize · classes` fits.
  public func fit(_ x: Matrix, _ y: [Label]) throws(FitError) -> Model { try learn(x, y, nil) }

  private func learn(_ x: Matrix, _ y: [Label], _ weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.parameter(codeSize > 0 && codeSize <= 1_000, "codeSize", "above 0 and at most 1000", codeSize)
    let coding = try MulticlassChecks.coding(x, y, weights)
    let count = Int(Double(coding.classes.count) * codeSize)
    try SampleChecks.parameter(count > 0, "codeSize", "large enough for one question", codeSize)
    var random = try SeededStart.generator(seed)
    let codes = coding.classes.map { _ in (0..<count).map { _ in random.uniform() > 0.5 } }
    let base = base
    let models = try ConcurrentTasks.map(count, showing: "questions") { (question) throws(FitError) -> Base.Model? in
      let answers = coding.codes.map { codes[$0][question] }
      // A question that all classes answer alike needs no classifier.
      return Set(answers).count < 2 ? nil : try base.fit(x, answers, countingBy: weights)
    }
    return Model(classes: coding.classes, codes: codes, models: models, featureCount: x.shape[1])
  }

  /// What `OutputCodeClassifier` has learned.
  public struct Model: Classifier {
    public let classes: [Label]
    /// The code of each class.
    public let codes: [[Bool]]
    /// For each question what answers it; `nil` where all classes answer alike.
    public let models: [Base.Model?]
    let featureCount: Int

    /// The distances of what the classifiers say from each class's code: shape `[samples, classes]`.
    private func distances(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: featureCount, allowingMissing: true)
      let no = models.compactMap { $0 }.first.map { BinaryScore.isDecision($0) ? -1.0 : 0 } ?? 0
      var squares = [Double](repeating: 0, count: x.shape[0] * classes.count)
      for (question, model) in models.enumerated() {
        let scores =
          try model.map { model throws(FitError) in try BinaryScore.of(model, x) }
          ?? [Double](repeating: codes[0][question] ? 1 : no, count: x.shape[0])
        for row in 0..<x.shape[0] {
          for code in classes.indices {
            let difference = scores[row] - (codes[code][question] ? 1 : no)
            squares[row * classes.count + code] += difference * difference
          }
        }
      }
      return Matrix(squares.map { $0.squareRoot() }, shape: [x.shape[0], classes.count])
    }

    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func predict(_ x: Matrix) throws(FitError) -> [Label] {
      try distances(x).argMin(axis: 1).scalars.map { classes[$0] }
    }

    /// A rough idea of probabilities: softmax of the negative distances. They order samples; they are not calibrated.
    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func predictProbabilities(_ x: Matrix) throws(FitError) -> Matrix {
      ClassShares.probabilities(try distances(x) * -1.0)
    }

    private enum CodingKeys: String, CodingKey { case classes, codes, models, featureCount }
  }
}

extension OutputCodeClassifier: WeightedEstimator where Base: WeightedEstimator {
  /// Every classifier learns from samples of which each counts as much as its weight.
  /// - Throws: ``FitError`` as without weights, and of kind `parameter` for weights that cannot be used.
  public func fit(_ x: Matrix, _ y: [Label], weights: [Double]?) throws(FitError) -> Model {
    try learn(x, y, weights)
  }
}

extension OutputCodeClassifier.Model: Encodable where Base.Model: Encodable, Label: Encodable {}
extension OutputCodeClassifier.Model: Decodable where Base.Model: Decodable, Label: Decodable {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    let classes: [Label] = try ModelChecks.classes(file, .classes)
    self.classes = classes
    models = try file.decode([Base.Model?].self, forKey: .models)
    let count = models.count
    try ModelChecks.fits(
      count > 0 && models.allSatisfy { $0 == nil || $0?.classes == [false, true] }, file, .models,
      "at least one classifier of false and true")
    codes = try file.decode([[Bool]].self, forKey: .codes)
    try ModelChecks.fits(
      codes.count == classes.count && codes.allSatisfy { $0.count == count }, file, .codes,
      "\(count) answers for each of \(classes.count) classes")
    featureCount = try file.decode(Int.self, forKey: .featureCount)
  }
}
