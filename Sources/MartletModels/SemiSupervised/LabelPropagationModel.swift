import MartletFrames
import MartletNumerics

/// What ``LabelPropagation`` and ``LabelSpreading`` have learned: the shares of the classes at each sample of fitting.
public struct LabelPropagationModel<Label: Hashable & Sendable>: Classifier {
  public let classes: [Label]
  /// The samples of fitting.
  public let samples: Matrix
  let gamma: Double
  /// The share of each class at each sample of fitting, rows summing to 1: shape `[n, classes]`. (scikit-learn:
  /// `label_distributions_`)
  public let distributions: Matrix
  /// How many steps it took.
  public let iterations: Int
  /// Whether it settled within the steps it was given.
  public let hasConverged: Bool

  /// The class of each sample of fitting. (scikit-learn: `transduction_`)
  public var labels: [Label] { distributions.argMax(axis: 1).scalars.map { classes[$0] } }

  /// The classes of new samples, which have those of the samples of fitting near them.
  /// - Parameter x: shape `[m, d]` with the `d` features of fitting.
  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  public func predict(_ x: Matrix) throws(FitError) -> [Label] {
    let probabilities = try predictProbabilities(x)
    return x.shape[0] == 0 ? [] : probabilities.argMax(axis: 1).scalars.map { classes[$0] }
  }

  /// The mean of the shares of the samples of fitting, weighted by similarity; that of the nearest one far away from all.
  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  public func predictProbabilities(_ x: Matrix) throws(FitError) -> Matrix {
    try SampleChecks.features(x, count: samples.shape[1])
    if x.shape[0] == 0 { return .zeros(0, classes.count) }
    // Only proportions count, so that distances are measured from the nearest: similarities never all vanish.
    let squares = DistanceBlocks.squared(x, samples)
    let similar = exp((squares - squares.min(axis: 1, keepDimensions: true)) * -gamma)
    return LabelGraph<Label>.normalized(similar • distributions)
  }

  init(
    classes: [Label], samples: Matrix, gamma: Double, distributions: Matrix, iterations: Int, hasConverged: Bool
  ) {
    self.classes = classes
    self.samples = samples
    self.gamma = gamma
    self.distributions = distributions
    self.iterations = iterations
    self.hasConverged = hasConverged
  }

  enum CodingKeys: String, CodingKey { case classes, samples, gamma, distributions, iterations, hasConverged }
}

extension LabelPropagationModel: Encodable where Label: Encodable {}
extension LabelPropagationModel: Decodable where Label: Decodable {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    classes = try ModelChecks.classes(file, .classes)
    samples = try ModelChecks.matrix(file, .samples)
    gamma = try file.decode(Double.self, forKey: .gamma)
    try ModelChecks.fits(gamma > 0 && gamma.isFinite, file, .gamma, "a number above 0")
    distributions = try ModelChecks.matrix(file, .distributions, rows: samples.shape[0], columns: classes.count)
    try ModelChecks.fits(
      distributions.scalars.allSatisfy { $0 >= 0 && $0 <= 1.000_001 }, file, .distributions, "shares from 0 to 1")
    iterations = try file.decode(Int.self, forKey: .iterations)
    hasConverged = try file.decode(Bool.self, forKey: .hasConverged)
  }
}

extension LabelPropagationModel: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let labels = labels
    return ModelTable(
      title: "Propagated labels",
      facts: [
        "\(samples.shape[0]) samples, "
          + (hasConverged ? "settled after \(iterations) steps" : "not settled after \(iterations) steps")
      ],
      header: ["class", "samples"], rows: classes.map { label in ["\(label)", "\(labels.count { $0 == label })"] })
  }
}
