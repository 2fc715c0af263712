import MartletFrames
import MartletNumerics

/// Tells classes apart by features that are categories, given as the numbers 0, 1, 2, …
///
/// The probability of category `t` of a feature in a class is `(samples with t + α) / (samples + α · categories)`.
///
///     let x = Matrix([[0, 1], [0, 0], [1, 1], [2, 1]])
///     let model = try CategoricalNaiveBayes<String>().fit(x, ["a", "a", "b", "b"])
///     try model.predict(Matrix([[0, 0]]))      // ["a"]
public struct CategoricalNaiveBayes<Label: Hashable & Sendable>: WeightedEstimator {
  /// Added to every count, so that what was never seen is not impossible; above 0. (scikit-learn: `alpha`)
  public var smoothing: Double
  /// How probable each class is beforehand. (scikit-learn: `fit_prior`, `class_prior`)
  public var priors: ClassPriors<Label>
  /// How many categories every feature has at least, where not all are among the samples of fitting.
  /// (scikit-learn: `min_categories`)
  public var minimumCategories: Int

  /// A feature with more categories than this is no category, and would take all memory.
  private static var mostCategories: Int { 1 << 20 }

  /// - Parameters:
  ///   - smoothing: added to every count.
  ///   - priors: how probable each class is beforehand.
  ///   - minimumCategories: at least 1.
  public init(smoothing: Double = 1, priors: ClassPriors<Label> = .observed, minimumCategories: Int = 1) {
    self.smoothing = smoothing
    self.priors = priors
    self.minimumCategories = minimumCategories
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, whole numbers from 0.
  ///   - y: `n` labels of at least two classes.
  ///   - weights: how much each sample counts.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `tooFewClasses`, `notFinite` or `parameter`.
  /// - Complexity: O(n · d).
  public func fit(_ x: Matrix, _ y: [Label], weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.parameter(smoothing > 0 && smoothing.isFinite, "smoothing", "above 0", smoothing)
    try SampleChecks.parameter(
      (1...Self.mostCategories).contains(minimumCategories), "minimumCategories", "from 1 to \(Self.mostCategories)",
      minimumCategories)
    try SampleChecks.features(x)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.weights(weights, count: y.count)
    let coding = try SampleChecks.classes(y, weights)
    let classCount = coding.classes.count
    var counts = [Double](repeating: 0, count: classCount)
    for (sample, code) in coding.codes.enumerated() { counts[code] += weights?[sample] ?? 1 }
    var tables: [Matrix] = []
    for feature in 0..<x.shape[1] {
      let categories = try Model.categories(x, feature, below: Self.mostCategories)
      let width = max((categories.max() ?? 0) + 1, minimumCategories)
      var table = [Double](repeating: 0, count: classCount * width)
      for (sample, category) in categories.enumerated() {
        table[coding.codes[sample] * width + category] += weights?[sample] ?? 1
      }
      tables.append(Matrix(table, shape: [classCount, width]))
    }
    return Model(
      classes: coding.classes, priors: try priors.probabilities(coding.classes, counts: counts), classCounts: counts,
      categoryCounts: tables, smoothing: smoothing)
  }

  /// What `CategoricalNaiveBayes` has learned.
  public struct Model: Classifier {
    public let classes: [Label]
    /// How probable each class is beforehand.
    public let priors: [Double]
    /// How many samples each class has, or the sum of their weights.
    public let classCounts: [Double]
    /// For each feature how often each category occurs in each class, shape `[classes, categories]`.
    public let categoryCounts: [Matrix]
    let smoothing: Double

    /// The logarithm of each class's prior times the sample's probability in it, shape `[n, classes]`.
    /// - Throws: ``FitError`` of kind `shape`, `notFinite`, or `parameter` for a category that was never named.
    public func jointLogLikelihood(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: categoryCounts.count)
      let width = classes.count
      var joint = (0..<x.shape[0]).flatMap { _ in priors.map { log($0) } }
      for (feature, table) in categoryCounts.enumerated() {
        let categories = try Self.categories(x, feature, below: table.shape[1])
        let sizes = Matrix(classCounts).reshaped(-1, 1) + smoothing * Double(table.shape[1])
        let logged = log((table + smoothing) / sizes).scalars
        for (sample, category) in categories.enumerated() {
          for code in 0..<width { joint[sample * width + code] += logged[code * table.shape[1] + category] }
        }
      }
      return Matrix(joint, shape: [x.shape[0], width])
    }

    static func categories(_ x: Matrix, _ feature: Int, below bound: Int) throws(FitError) -> [Int] {
      var categories: [Int] = []
      for (row, value) in x[.all, feature].scalars.enumerated() {
        guard let category = Int(exactly: value), category >= 0, category < bound else {
          throw FitError(
            .parameter, expected: "feature \(feature) to be a whole number from 0 to \(bound - 1)",
            found: "\(value) in row \(row)",
            advice: "Number the categories from 0; minimumCategories makes room for ones that are not in the samples.")
        }
        categories.append(category)
      }
      return categories
    }

    /// - Throws: ``FitError`` of kind `shape`, `notFinite` or `parameter`.
    public func predict(_ x: Matrix) throws(FitError) -> [Label] {
      let joint = try jointLogLikelihood(x)
      return x.shape[0] == 0 ? [] : joint.argMax(axis: 1).scalars.map { classes[$0] }
    }

    /// - Throws: ``FitError`` of kind `shape`, `notFinite` or `parameter`.
    public func predictProbabilities(_ x: Matrix) throws(FitError) -> Matrix {
      ClassShares.probabilities(try jointLogLikelihood(x))
    }

    enum CodingKeys: String, CodingKey { case classes, priors, classCounts, categoryCounts, smoothing }
  }
}

extension CategoricalNaiveBayes.Model: Encodable where Label: Encodable {}
extension CategoricalNaiveBayes.Model: Decodable where Label: Decodable {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    let classes: [Label] = try ModelChecks.classes(file, .classes)
    self.classes = classes
    priors = try ModelChecks.numbers(file, .priors, count: classes.count)
    try ModelChecks.fits(priors.allSatisfy { $0 >= 0 }, file, .priors, "probabilities of at least 0")
    classCounts = try ModelChecks.numbers(file, .classCounts, count: classes.count)
    try ModelChecks.fits(classCounts.allSatisfy { $0 >= 0 }, file, .classCounts, "counts of at least 0")
    categoryCounts = try file.decode([Matrix].self, forKey: .categoryCounts)
    let fits = categoryCounts.allSatisfy { table in
      table.rank == 2 && table.shape[0] == classes.count && table.shape[1] > 0
        && table.scalars.allSatisfy { $0.isFinite && $0 >= 0 }
    }
    try ModelChecks.fits(fits && !categoryCounts.isEmpty, file, .categoryCounts, "counts for each class and category")
    smoothing = try file.decode(Double.self, forKey: .smoothing)
    try ModelChecks.fits(smoothing > 0 && smoothing.isFinite, file, .smoothing, "a number above 0")
  }
}

extension CategoricalNaiveBayes.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let texts = [FrameNumberFormat.texts(priors), FrameNumberFormat.texts(classCounts)]
    return ModelTable(
      title: "Categorical naive Bayes",
      facts: ["\(target ?? "label") (\(classes.count) classes) from \(categoryCounts.count) features"],
      header: ["class", "prior", "samples"],
      rows: classes.indices.map { ["\(classes[$0])", texts[0][$0], texts[1][$0]] })
  }
}
