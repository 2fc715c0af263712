import MartletFrames
import MartletModels
import MartletNumerics

/// Explains one prediction on a table by a linear model of what happens near it.
///
///     let lime = try LIMETabular(xTrain, featureNames: names, seed: 0)
///     try lime.explain(ModelFunction(model), xTest.row(3).scalars).chart()
///
/// Samples are drawn as the training data are distributed, feature by feature, and count the more the nearer they are.
/// By default features are cut at their quartiles, and the terms are conditions that the sample meets: `age > 38`.
///
/// Another seed gives somewhat other weights; terms that come and go with it mean nothing.
///
/// Reference: Ribeiro, Singh and Guestrin (2016), "Why should I trust you?": explaining the predictions of any classifier.
public struct LIMETabular: Sendable {
  /// How features become terms.
  public enum Terms: Sendable, Hashable {
    /// Conditions on features that are cut at their quartiles.
    case quartiles
    /// Conditions on features that are cut at their deciles.
    case deciles
    /// The features themselves, in standard deviations.
    case features

    var cuts: Int? {
      switch self {
      case .quartiles: 4
      case .deciles: 10
      case .features: nil
      }
    }
  }

  /// The names of the features.
  public let featureNames: [String]
  /// How features become terms.
  public let terms: Terms
  /// From which distance on samples hardly count. (lime: `kernel_width`)
  public let kernelWidth: Double
  /// How many samples to draw. (lime: `num_samples`)
  public let samples: Int
  /// How many terms to keep. (lime: `num_features`)
  public let mostTerms: Int
  private let seed: UInt64
  private let columns: [TermColumn]

  /// - Parameters:
  ///   - training: samples that say how features are distributed, shape `[n, features]`.
  ///   - featureNames: one for each column.
  ///   - terms: how features become terms.
  ///   - kernelWidth: from which distance on samples hardly count, in terms or standard deviations; above 0, `nil` for
  ///     0.75 times the root of the number of features.
  ///   - samples: how many samples to draw; at least 10.
  ///   - mostTerms: how many terms to keep; at least 1.
  ///   - seed: for the same samples every time; `nil` for others in each explainer.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  public init(
    _ training: Matrix, featureNames: [String]? = nil, terms: Terms = .quartiles, kernelWidth: Double? = nil,
    samples: Int = 5000, mostTerms: Int = 10, seed: UInt64? = nil
  ) throws(FitError) {
    try SampleChecks.features(training, atLeast: 2)
    let width = training.shape[1]
    self.featureNames = try FeatureNames.checked(featureNames, count: width)
    self.terms = terms
    self.kernelWidth = kernelWidth ?? 0.75 * Double(width).squareRoot()
    self.samples = samples
    self.mostTerms = mostTerms
    self.seed = seed ?? Random.nextSeed()
    try SampleChecks.parameter(self.kernelWidth > 0, "kernelWidth", "above 0", self.kernelWidth)
    try SampleChecks.parameter((10...1_000_000).contains(samples), "samples", "from 10 to 1000000", samples)
    try SampleChecks.parameter(mostTerms > 0, "mostTerms", "at least 1", mostTerms)
    columns = (0..<width).map { TermColumn(training.column($0).scalars, cuts: terms.cuts) }
  }

  /// - Parameters:
  ///   - training: rows that say how the columns are distributed.
  ///   - features: the columns of the model, in order: `model.features`.
  ///   - terms: how features become terms.
  ///   - seed: for the same samples every time.
  /// - Throws: ``FitError``, of kind `table` when a column is absent or lacks values.
  public init(
    _ training: DataFrame, features: [String], terms: Terms = .quartiles, samples: Int = 5000, mostTerms: Int = 10,
    seed: UInt64? = nil
  ) throws(FitError) {
    let rows = try SampleChecks.table { () throws(FrameError) in try training.matrix(of: features) }
    try self.init(
      rows, featureNames: features, terms: terms, samples: samples, mostTerms: mostTerms, seed: seed)
  }

  /// Why the model answers as it does for one sample.
  ///
  /// - Parameters:
  ///   - function: the model; of several outputs `output` is explained.
  ///   - sample: a value for each feature.
  ///   - output: a class by its name; `nil` for the only output, or the second of two classes.
  /// - Throws: ``FitError`` when sample and model do not fit together.
  /// - Complexity: one prediction of all drawn samples, and a ridge regression on them.
  public func explain(
    _ function: ModelFunction<Matrix>, _ sample: [Double], output: String? = nil
  ) throws(FitError) -> LocalSurrogate {
    let place = try OutputNames.place(of: output, in: function.outputNames)
    try SampleChecks.features(Matrix([sample]), count: columns.count)
    let drawn = neighbours(of: sample)
    let answers = try function(drawn.samples).column(place).scalars
    return try drawn.neighbourhood.surrogate(answers, most: mostTerms, outputName: function.outputNames[place])
  }

  private func neighbours(of sample: [Double]) -> (samples: Matrix, neighbourhood: Neighbourhood) {
    var random = PCG64(seed: seed)
    var (rows, design) = ([sample], [columns.indices.map { columns[$0].term(of: sample[$0], near: sample[$0]) }])
    for _ in 1..<samples {
      let row = columns.map { $0.draw(using: &random) }
      rows.append(row)
      design.append(columns.indices.map { columns[$0].term(of: row[$0], near: sample[$0]) })
    }
    let weights = design.map { row in
      let squares = zip(row, design[0]).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      return Neighbourhood.nearness(squares.squareRoot(), width: kernelWidth)
    }
    let names = columns.indices.map { columns[$0].name(featureNames[$0], near: sample[$0]) }
    return (Matrix(rows), Neighbourhood(design: Matrix(design), weights: weights, names: names))
  }
}
