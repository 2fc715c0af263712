import MartletFrames
import MartletNumerics

/// What counts say about a sample.
enum CountEvent: Sendable, Codable, Equatable {
  /// How often each feature occurs.
  case multinomial
  /// How often each feature occurs in the other classes.
  case complement(isNormalized: Bool)
  /// Whether each feature is above a threshold, which also counts when it is not.
  case bernoulli(threshold: Double)
}

/// What a naive Bayes method for counts has learned: the logarithm of a class's probability is a weighted sum of the
/// sample's features.
public struct CountModel<Label: Hashable & Sendable>: Classifier {
  public typealias Features = Matrix
  public typealias Prediction = [Label]

  public let classes: [Label]
  /// How many samples each class has, or the sum of their weights.
  public let classCounts: [Double]
  /// How often each feature occurs in each class, shape `[classes, features]`.
  public let featureCounts: Matrix
  /// How probable each class is beforehand.
  public let priors: [Double]
  let smoothing: Double
  let event: CountEvent
  /// What a unit of each feature adds to the logarithm of a class's probability, shape `[classes, features]`.
  public let weights: Matrix
  /// What each class starts from.
  let offsets: [Double]

  init(
    _ classes: [Label], classCounts: [Double], featureCounts: Matrix, priors: [Double], smoothing: Double,
    event: CountEvent
  ) {
    self.classes = classes
    self.classCounts = classCounts
    self.featureCounts = featureCounts
    self.priors = priors
    self.smoothing = smoothing
    self.event = event
    (weights, offsets) = Self.learned(featureCounts, classCounts, priors, smoothing, event)
  }

  private static func learned(
    _ counts: Matrix, _ classCounts: [Double], _ priors: [Double], _ smoothing: Double, _ event: CountEvent
  ) -> (Matrix, [Double]) {
    let starts = priors.map { log($0) }
    switch event {
    case .multinomial:
      let smoothed = counts + smoothing
      return (log(smoothed) - log(smoothed.sum(axis: 1, keepDimensions: true)), starts)
    case .complement(let isNormalized):
      let others = counts.sum(axis: 0, keepDimensions: true) + smoothing - counts
      let logged = log(others / others.sum(axis: 1, keepDimensions: true))
      // Rare elsewhere speaks for the class; priors have no part in it.
      let weights = isNormalized ? logged / logged.sum(axis: 1, keepDimensions: true) : -logged
      return (weights, priors.map { _ in 0 })
    case .bernoulli:
      let present = log(counts + smoothing)
      let sizes = Matrix(classCounts).reshaped(-1, 1)
      let absent = log(sizes - counts + smoothing)
      let sums = absent.sum(axis: 1) - log(sizes + 2 * smoothing).flattened() * Double(counts.shape[1])
      return (present - absent, zip(starts, sums.scalars).map { $0 + $1 })
    }
  }

  /// The logarithm of each class's prior times the sample's probability in it, but for what all classes share: shape
  /// `[n, classes]`.
  /// - Throws: ``FitError`` of kind `shape`, `notFinite` or `parameter`.
  public func jointLogLikelihood(_ x: Matrix) throws(FitError) -> Matrix {
    try SampleChecks.features(x, count: weights.shape[1])
    return try CountModelChecks.events(x, event) • weights.transposed() + Matrix(offsets)
  }

  /// - Parameter x: shape `[n, d]` with the `d` features of fitting, counts of at least 0.
  /// - Throws: ``FitError`` of kind `shape`, `notFinite` or `parameter`.
  public func predict(_ x: Matrix) throws(FitError) -> [Label] {
    let joint = try jointLogLikelihood(x)
    return x.shape[0] == 0 ? [] : joint.argMax(axis: 1).scalars.map { classes[$0] }
  }

  /// - Throws: ``FitError`` of kind `shape`, `notFinite` or `parameter`.
  public func predictProbabilities(_ x: Matrix) throws(FitError) -> Matrix {
    ClassShares.probabilities(try jointLogLikelihood(x))
  }

  /// The features that speak most for each class, compared with the mean of the others.
  ///
  /// - Parameters:
  ///   - count: how many for each class; at least 1.
  ///   - names: the features' names.
  public func mostInformativeFeatures(_ count: Int = 10, names: [String]? = nil) -> ModelTable {
    let columns = classes.indices.map { code -> [String] in
      let rest = weights.sum(axis: 0) - weights.row(code)
      let lead = (weights.row(code) - rest / Double(classes.count - 1)).scalars
      let order = lead.indices.sorted { (-lead[$0], $0) < (-lead[$1], $1) }.prefix(max(count, 1))
      let texts = FrameNumberFormat.texts(order.map { lead[$0] })
      return zip(order, texts).map { place, text in "\(names?[place] ?? "feature \(place)") \(text)" }
    }
    let length = columns.map(\.count).max() ?? 0
    return ModelTable(
      title: "Most informative features", facts: ["by how much one more raises the logarithm of the odds"],
      header: ["rank"] + classes.map { "\($0)" },
      rows: (0..<length).map { rank in ["\(rank + 1)"] + columns.map { $0[rank] } })
  }

  /// The model after more samples.
  func updated(
    _ x: Matrix, _ y: [Label], _ own: [Double]?, _ priors: ClassPriors<Label>
  ) throws(FitError) -> CountModel {
    try SampleChecks.features(x, count: weights.shape[1])
    try SampleChecks.pairs(x, targets: y.count)
    if y.isEmpty { return self }
    try SampleChecks.weights(own, count: y.count)
    let codes = try ClassShares.codes(y, of: classes)
    let shares = ClassShares.matrix(codes, classCount: classes.count, own).transposed()
    let counts = zip(classCounts, shares.sum(axis: 1).scalars).map { $0 + $1 }
    let features = featureCounts + (shares • (try CountModelChecks.events(x, event)))
    return CountModel(
      classes, classCounts: counts, featureCounts: features,
      priors: try priors.probabilities(classes, counts: counts), smoothing: smoothing, event: event)
  }

  enum CodingKeys: String, CodingKey { case classes, classCounts, featureCounts, priors, smoothing, event }
}

/// What methods for counts ask of their samples, and the fit that they share.
enum CountModelChecks {
  static func events(_ x: Matrix, _ event: CountEvent) throws(FitError) -> Matrix {
    if case .bernoulli(let threshold) = event { return x.map { $0 > threshold ? 1 : 0 } }
    let scalars = x.scalars
    if let place = scalars.firstIndex(where: { $0 < 0 }) {
      throw FitError(
        .parameter, expected: "counts of at least 0",
        found: "\(scalars[place]) as feature \(place % x.shape[1]) of row \(place / x.shape[1])",
        advice: "Use GaussianNaiveBayes for features that may be negative.")
    }
    return x
  }

  static func fit<Label: Hashable & Sendable>(
    _ x: Matrix, _ y: [Label], _ weights: [Double]?, priors: ClassPriors<Label>, smoothing: Double, event: CountEvent
  ) throws(FitError) -> CountModel<Label> {
    try SampleChecks.parameter(smoothing > 0 && smoothing.isFinite, "smoothing", "above 0", smoothing)
    try SampleChecks.features(x)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.weights(weights, count: y.count)
    return try learn(try events(x, event), y, weights, priors, smoothing, event)
  }

  /// The same for sparse samples.
  static func fit<Label: Hashable & Sendable>(
    _ x: SparseMatrix, _ y: [Label], _ weights: [Double]?, priors: ClassPriors<Label>, smoothing: Double,
    event: CountEvent
  ) throws(FitError) -> CountModel<Label> {
    try SampleChecks.parameter(smoothing > 0 && smoothing.isFinite, "smoothing", "above 0", smoothing)
    try SampleChecks.features(x)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.weights(weights, count: y.count)
    return try learn(try events(x, event), y, weights, priors, smoothing, event)
  }

  /// What both kinds of samples share, once they are events.
  private static func learn<Samples: LinearSamples, Label: Hashable & Sendable>(
    _ events: Samples, _ y: [Label], _ weights: [Double]?, _ priors: ClassPriors<Label>, _ smoothing: Double,
    _ event: CountEvent
  ) throws(FitError) -> CountModel<Label> {
    let coding = try SampleChecks.classes(y, weights)
    let shares = ClassShares.matrix(coding.codes, classCount: coding.classes.count, weights).transposed()
    let counts = shares.sum(axis: 1).scalars
    return CountModel(
      coding.classes, classCounts: counts, featureCounts: shares • events,
      priors: try priors.probabilities(coding.classes, counts: counts), smoothing: smoothing, event: event)
  }

  /// Events of sparse samples. What is not stored is zero, which is to be no event.
  static func events(_ x: SparseMatrix, _ event: CountEvent) throws(FitError) -> SparseMatrix {
    if case .bernoulli(let threshold) = event {
      try SampleChecks.parameter(threshold >= 0, "threshold", "of at least 0 for sparse features", threshold)
      return x.mapValues { $0 > threshold ? 1 : 0 }
    }
    if let place = x.values.firstIndex(where: { $0 < 0 }) {
      throw FitError(
        .parameter, expected: "counts of at least 0", found: "\(x.values[place]) as feature \(x.columns[place])",
        advice: "Use LogisticRegression for features that may be negative.")
    }
    return x
  }
}

extension CountModel: SparseClassifier {
  /// The logarithm of each class's prior times the sample's probability in it; see ``jointLogLikelihood(_:)``.
  /// - Throws: ``FitError`` of kind `shape`, `notFinite` or `parameter`.
  public func jointLogLikelihood(_ x: SparseMatrix) throws(FitError) -> Matrix {
    try SampleChecks.features(x, count: weights.shape[1])
    return try CountModelChecks.events(x, event) • weights.transposed() + Matrix(offsets)
  }

  /// - Throws: ``FitError`` of kind `shape`, `notFinite` or `parameter`.
  public func predict(_ x: SparseMatrix) throws(FitError) -> [Label] {
    let joint = try jointLogLikelihood(x)
    return x.shape[0] == 0 ? [] : joint.argMax(axis: 1).scalars.map { classes[$0] }
  }

  /// - Throws: ``FitError`` of kind `shape`, `notFinite` or `parameter`.
  public func predictProbabilities(_ x: SparseMatrix) throws(FitError) -> Matrix {
    ClassShares.probabilities(try jointLogLikelihood(x))
  }
}

extension CountModel: Encodable where Label: Encodable {}
extension CountModel: Decodable where Label: Decodable {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    let classes: [Label] = try ModelChecks.classes(file, .classes)
    let classCounts = try ModelChecks.numbers(file, .classCounts, count: classes.count)
    let features = try ModelChecks.matrix(file, .featureCounts, rows: classes.count)
    try ModelChecks.fits(features.min() >= 0, file, .featureCounts, "counts of at least 0")
    let event = try file.decode(CountEvent.self, forKey: .event)
    if case .bernoulli = event {
      let fits = (0..<classes.count).allSatisfy { features.row($0).max() <= classCounts[$0] * (1 + 1e-9) }
      try ModelChecks.fits(fits, file, .featureCounts, "no feature in more samples than there are")
    }
    let priors = try ModelChecks.numbers(file, .priors, count: classes.count)
    try ModelChecks.fits(priors.allSatisfy { $0 >= 0 }, file, .priors, "probabilities of at least 0")
    let smoothing = try file.decode(Double.self, forKey: .smoothing)
    try ModelChecks.fits(smoothing > 0 && smoothing.isFinite, file, .smoothing, "a number above 0")
    self.init(
      classes, classCounts: classCounts, featureCounts: features, priors: priors, smoothing: smoothing, event: event)
  }
}

extension CountModel: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let name =
      switch event {
      case .multinomial: "Multinomial"
      case .complement: "Complement"
      case .bernoulli: "Bernoulli"
      }
    let texts = [FrameNumberFormat.texts(priors), FrameNumberFormat.texts(classCounts)]
    return ModelTable(
      title: "\(name) naive Bayes",
      facts: ["\(target ?? "label") (\(classes.count) classes) from \(weights.shape[1]) features"],
      header: ["class", "prior", "samples"],
      rows: classes.indices.map { ["\(classes[$0])", texts[0][$0], texts[1][$0]] })
  }
}
