import MartletNumerics

/// A classifier that says how far each sample is on the side of each class.
public protocol DecisionFunction<Features>: Predictor {
  /// Shape `[samples, classes]`, or `[samples, 1]` for two classes: above 0 for the second.
  /// - Throws: ``FitError`` when the features are not like those it learned from.
  func decisionFunction(_ x: Features) throws(FitError) -> Matrix
}

extension LogisticRegression.Model: DecisionFunction {}

extension Pipeline.Model: DecisionFunction where Estimator.Model: DecisionFunction {
  public func decisionFunction(_ x: Preprocessing.Features) throws(FitError) -> Matrix {
    try estimator.decisionFunction(try preprocessing.transform(x))
  }
}

/// The shape of a curve from scores to probabilities.
public enum CalibrationMethod: String, Sendable, Codable {
  /// An S: few samples are enough.
  case sigmoid
  /// Any rising steps: for a thousand samples and more.
  case isotonic
}

/// Turns a classifier's scores into probabilities that can be taken at their word. (scikit-learn:
/// `CalibratedClassifierCV`)
///
/// On every fold the classifier learns from the training samples and a curve from its scores of the others; the answer is
/// the mean over folds. Of more than two classes each has a curve of its own.
///
///     let method = CalibratedClassifier(LogisticRegression<Bool>(), by: .isotonic, folds: StratifiedKFold(5))
///
/// Reference: Platt (1999), Probabilistic outputs for support vector machines; Zadrozny and Elkan (2002).
public struct CalibratedClassifier<Base: SupervisedEstimator>: SupervisedEstimator
where
  Base.Model: Classifier, Base.Target == [Base.Model.Label], Base.Features: SampleCollection & Sendable
{
  public typealias Features = Base.Features
  public typealias Target = Base.Target
  /// The classifier.
  public var base: Base
  /// The shape of the curve.
  public var method: CalibrationMethod
  /// How the samples are cut.
  public var folds: any Splitter

  /// - Parameters:
  ///   - base: the classifier.
  ///   - by: the shape of the curve.
  ///   - folds: how the samples are cut; every class has to be in every training part.
  public init(_ base: Base, by method: CalibrationMethod = .sigmoid, folds: any Splitter = StratifiedKFold(5)) {
    self.base = base
    self.method = method
    self.folds = folds
  }

  /// - Throws: ``FitError`` when the classifier cannot learn, of kind `tooFewClasses` when a fold lacks a class.
  public func fit(_ x: Base.Features, _ y: Base.Target) throws(FitError) -> Model {
    let trial = try FoldTrial(base, x, y, nil)
    let cut = try folds.folds(of: trial.samples)
    let coding = try SampleChecks.classes(y, nil)
    let method = method
    let parts = try ConcurrentTasks.map(cut.count) { (place) throws(FitError) -> Model.Part in
      let model = try trial.fit(cut[place])
      guard model.classes == coding.classes else {
        throw FitError(
          .tooFewClasses, expected: "every class in every training part", found: "\(model.classes)",
          advice: "Stratify the folds.")
      }
      let scores = try CalibrationScores.of(model, x.samples(at: cut[place].test))
      let codes = cut[place].test.map { coding.codes[$0] }
      let curves = (0..<scores.shape[1]).map { column in
        let positive = codes.map { $0 == (scores.shape[1] == 1 ? 1 : column) }
        return ProbabilityCurve(scores.column(column).scalars, positive, method)
      }
      return Model.Part(model: model, curves: curves)
    }
    return Model(classes: coding.classes, parts: parts)
  }

  /// What `CalibratedClassifier` has learned.
  public struct Model: Classifier {
    public typealias Label = Base.Model.Label
    public let classes: [Base.Model.Label]
    /// What one fold has learned: a model, and a curve for each class.
    struct Part: Sendable {
      let model: Base.Model
      let curves: [ProbabilityCurve]
    }
    let parts: [Part]

    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func predict(_ x: Base.Features) throws(FitError) -> [Base.Model.Label] {
      try predictProbabilities(x).argMax(axis: 1).scalars.map { classes[$0] }
    }

    /// - Throws: ``FitError`` when the features are not like those it learned from.
    public func predictProbabilities(_ x: Base.Features) throws(FitError) -> Matrix {
      var sum: Matrix?
      for part in parts {
        let scores = try CalibrationScores.of(part.model, x)
        let own = CalibrationScores.probabilities(scores, part.curves, classes.count)
        sum = sum.map { $0 + own } ?? own
      }
      return (sum ?? .zeros(0, classes.count)) / Double(parts.count)
    }
  }
}

extension CalibratedClassifier.Model.Part: Encodable where Base.Model: Encodable {}
extension CalibratedClassifier.Model.Part: Decodable where Base.Model: Decodable {}
extension CalibratedClassifier.Model: Encodable where Base.Model: Encodable, Base.Model.Label: Encodable {}

extension CalibratedClassifier.Model: Decodable where Base.Model: Decodable, Base.Model.Label: Decodable {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    classes = try ModelChecks.classes(file, .classes)
    parts = try file.decode([Part].self, forKey: .parts)
    let curveCount = classes.count == 2 ? 1 : classes.count
    for part in parts {
      try ModelChecks.fits(
        part.model.classes == classes && part.curves.count == curveCount, file, .parts, "a curve for each class")
    }
    try ModelChecks.fits(!parts.isEmpty, file, .parts, "at least one fold")
  }
}

extension CalibratedClassifier.Model { enum CodingKeys: String, CodingKey { case classes, parts } }

/// The scores that are turned into probabilities.
private enum CalibrationScores {
  /// Decision values where the model has them, else probabilities: a column for each class, or one for two classes.
  static func of<Model: Classifier>(_ model: Model, _ x: Model.Features) throws(FitError) -> Matrix {
    if let deciding = model as? any DecisionFunction<Model.Features> { return try deciding.decisionFunction(x) }
    let probabilities = try model.predictProbabilities(x)
    return model.classes.count == 2 ? probabilities[.all, 1..<2] : probabilities
  }

  static func probabilities(_ scores: Matrix, _ curves: [ProbabilityCurve], _ classCount: Int) -> Matrix {
    var rows: [Double] = []
    for sample in 0..<scores.shape[0] {
      var own = curves.indices.map { curves[$0].value(scores[sample, $0]) }
      if classCount == 2 { own = [1 - own[0], own[0]] }
      let sum = own.reduce(0, +)
      // Where no curve believes in its class, all are equally likely.
      rows += own.map { sum == 0 ? 1 / Double(classCount) : min($0 / sum, 1) }
    }
    return Matrix(rows, shape: [scores.shape[0], classCount])
  }
}

/// A rising curve from scores to probabilities.
struct ProbabilityCurve: Codable, Sendable, Equatable {
  /// `1 / (1 + exp(a·score + b))`, or rising steps joined by lines.
  private enum Shape: Codable, Equatable {
    case sigmoid(a: Double, b: Double)
    case steps(scores: [Double], values: [Double])
  }
  private let shape: Shape

  init(_ scores: [Double], _ positive: [Bool], _ method: CalibrationMethod) {
    switch method {
    case .sigmoid: shape = Self.sigmoid(scores, positive)
    case .isotonic:
      let steps = IsotonicSteps(scores, positive.map { $0 ? 1 : 0 })
      shape = .steps(scores: steps.x, values: steps.y)
    }
  }

  func value(_ score: Double) -> Double {
    switch shape {
    case .sigmoid(let a, let b): return SoftProbability.sigmoid(-(a * score + b))
    case .steps(let scores, let values): return IsotonicSteps(x: scores, y: values).value(score)
    }
  }

  /// Platt's fit: the targets are drawn in a little, so that separable samples have a finite slope.
  private static func sigmoid(_ scores: [Double], _ positive: [Bool]) -> Shape {
    let positives = Double(positive.count { $0 })
    let negatives = Double(positive.count) - positives
    let (high, low) = ((positives + 1) / (positives + 2), 1 / (negatives + 2))
    let targets = positive.map { $0 ? high : low }
    let largest = scores.reduce(0) { max($0, abs($1)) }
    let scale = largest > 0 ? largest : 1
    let found = LBFGS(gradientTolerance: 1e-10).minimize(from: [0, log((negatives + 1) / (positives + 1))]) { point in
      var (loss, slope) = (0.0, [0.0, 0.0])
      for (score, target) in zip(scores, targets) {
        let raw = -(point[0] * score / scale + point[1])
        loss += SoftProbability.logOnePlusExp(raw) - target * raw
        let error = target - SoftProbability.sigmoid(raw)
        slope[0] += error * score / scale
        slope[1] += error
      }
      return (loss, slope)
    }
    return .sigmoid(a: found.point[0] / scale, b: found.point[1])
  }

  init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    shape = try file.decode(Shape.self, forKey: .shape)
    if case .steps(let scores, let values) = shape {
      let isSound =
        !scores.isEmpty && scores.count == values.count && values.allSatisfy { (0...1).contains($0) }
        && zip(scores, scores.dropFirst()).allSatisfy { $0 < $1 }
      try ModelChecks.fits(isSound, file, .shape, "rising scores with probabilities")
    }
    if case .sigmoid(let a, let b) = shape {
      try ModelChecks.fits(a.isFinite && b.isFinite, file, .shape, "finite numbers")
    }
  }

  private enum CodingKeys: String, CodingKey { case shape }
}

/// The rising curve with the least squared error: pools neighbours that are out of order. Between its points it is a line,
/// beyond them constant.
///
/// Reference: Barlow, Bartholomew, Bremner and Brunk (1972), Statistical inference under order restrictions.
struct IsotonicSteps {
  let x: [Double]
  let y: [Double]

  init(x: [Double], y: [Double]) {
    self.x = x
    self.y = y
  }

  init(_ x: [Double], _ y: [Double]) {
    // Equal places first become one point with their mean.
    var points: [(x: Double, sum: Double, weight: Double)] = []
    for place in Matrix(x).argSort().scalars {
      if let last = points.last, last.x == x[place] {
        points[points.count - 1] = (last.x, last.sum + y[place], last.weight + 1)
      } else {
        points.append((x[place], y[place], 1))
      }
    }
    var blocks: [(sum: Double, weight: Double, points: Int)] = []
    for point in points {
      var block = (sum: point.sum, weight: point.weight, points: 1)
      while let last = blocks.last, last.sum / last.weight >= block.sum / block.weight {
        block = (last.sum + block.sum, last.weight + block.weight, last.points + block.points)
        blocks.removeLast()
      }
      blocks.append(block)
    }
    self.x = points.map(\.x)
    self.y = blocks.flatMap { [Double](repeating: $0.sum / $0.weight, count: $0.points) }
  }

  func value(_ place: Double) -> Double {
    if place <= x[0] { return y[0] }
    if place >= x[x.count - 1] { return y[y.count - 1] }
    var (low, high) = (0, x.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if x[middle] <= place { low = middle } else { high = middle }
    }
    return y[low] + (y[high] - y[low]) * (place - x[low]) / (x[high] - x[low])
  }
}
