import MartletFrames
import MartletNumerics

extension SVC {
  /// What `SVC` has learned.
  public struct Model: Classifier {
    public let classes: [Label]
    let kernel: FittedKernel
    /// Where among the samples of fitting the support vectors are, in ascending order within each class.
    public let supportIndices: [Int]
    /// How many support vectors each class has. (scikit-learn: `n_support_`)
    public let supportCounts: [Int]
    /// The support vectors, one a row; without features for a precomputed kernel.
    public let supportVectors: Matrix
    /// What each support vector counts in each pair of classes, shape `[pairs, support vectors]`; positive speaks for
    /// the pair's first class. Pairs are in the order 0 and 1, 0 and 2, …, 1 and 2, ….
    public let dualCoefficients: Matrix
    /// One for each pair of classes.
    public let intercepts: [Double]
    /// How many steps all pairs took together.
    public let iterations: Int
    /// Whether every pair settled within the steps it was given.
    public let hasConverged: Bool
    /// How many samples or features it was fitted to, as a query has them.
    let featureCount: Int
    let links: [PlattScaling]

    /// Finds the borders of all pairs of classes.
    ///
    /// - Parameters:
    ///   - costs: what each sample costs on the wrong side; with `marginShare`, how much it counts.
    ///   - marginShare: the share of samples that may be within the margin, instead of what they cost there.
    ///   - probabilitySeed: of the folds for probabilities; `nil` for none.
    init(
      _ x: Matrix, _ kernel: Kernel, _ coding: LabelCoding<Label>, costs: [Double], marginShare: Double? = nil,
      solver: VectorSolver, probabilitySeed: UInt64?
    ) throws(FitError) {
      classes = coding.classes
      self.kernel = try kernel.fitted(x)
      let fitting = try self.kernel.whileFitting(x)
      let problem = ClassPairs(
        x: fitting.x, codes: coding.codes, classCount: classes.count, costs: costs, marginShare: marginShare,
        kernel: fitting.kernel, solver: solver)
      let solutions = try problem.solved()
      links = try probabilitySeed.map { seed throws(FitError) in try problem.probabilityLinks(seed: seed) } ?? []
      let used = Set(solutions.flatMap(\.samples))
      let ordered = classes.indices.map { code in used.filter { problem.codes[$0] == code }.sorted() }
      supportIndices = ordered.flatMap { $0 }
      supportCounts = ordered.map(\.count)
      let places = Dictionary(uniqueKeysWithValues: supportIndices.enumerated().map { ($1, $0) })
      var scalars = [Double](repeating: 0, count: solutions.count * used.count)
      for (pair, border) in solutions.enumerated() {
        for (sample, coefficient) in zip(border.samples, border.coefficients) {
          // Every sample with a coefficient is among those used.
          scalars[pair * used.count + places[sample]!] = coefficient
        }
      }
      dualCoefficients = Matrix(scalars, shape: [solutions.count, used.count])
      intercepts = solutions.map(\.intercept)
      supportVectors = self.kernel == .precomputed ? .zeros(used.count, 0) : x[rows: supportIndices]
      iterations = solutions.reduce(0) { $0 + $1.steps }
      hasConverged = solutions.allSatisfy(\.hasConverged)
      featureCount = x.shape[1]
    }

    /// The weights of the features for each pair of classes, shape `[pairs, features]`; positive speaks for the pair's
    /// second class, where ``decisionFunction(_:)`` of two classes is positive, too. `nil` unless the kernel is linear:
    /// others have no weights in the features. (scikit-learn: `coef_` for two classes)
    public var coefficients: Matrix? {
      kernel == .linear && !supportIndices.isEmpty ? -(dualCoefficients • supportVectors) : nil
    }

    /// How far each sample is on the first class's side of each pair of classes, shape `[n, pairs]`.
    /// (scikit-learn: `decision_function` with `ovo`)
    ///
    /// - Parameter x: shape `[n, d]` with the `d` features of fitting; for a precomputed kernel the similarities to all
    ///   samples of fitting.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func pairDecisions(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: featureCount)
      guard !supportIndices.isEmpty, x.shape[0] > 0 else {
        return Matrix.zeros(x.shape[0], intercepts.count) + Matrix(intercepts)
      }
      var parts: [Matrix] = []
      for first in stride(from: 0, to: x.shape[0], by: 1_024) {
        let part = x[first..<min(first + 1_024, x.shape[0]), .all]
        let similar = try kernel.similarities(part, supportVectors, at: supportIndices)
        parts.append(similar • dualCoefficients.transposed())
      }
      return Matrix.concatenated(parts) + Matrix(intercepts)
    }

    /// How much speaks for each class: shape `[n, classes]`, the votes of all pairs and a fraction that orders equal
    /// ones; for two classes shape `[n, 1]`, positive for the second. (scikit-learn: `decision_function`)
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func decisionFunction(_ x: Matrix) throws(FitError) -> Matrix {
      let decisions = try pairDecisions(x)
      if classes.count == 2 { return -decisions }
      let votes = votes(decisions)
      var sums = [Double](repeating: 0, count: votes.count)
      let (values, count) = (decisions.scalars, classes.count)
      forEachVote(decisions.shape[0]) { sample, pair, first, second in
        sums[sample * count + first] += values[pair]
        sums[sample * count + second] -= values[pair]
      }
      // Less than a third, so that it never outweighs a vote.
      let scores = zip(votes, sums).map { Double($0) + $1 / (3 * (abs($1) + 1)) }
      return Matrix(scores, shape: [decisions.shape[0], count])
    }

    private func forEachVote(_ samples: Int, _ body: (_ sample: Int, _ pair: Int, _ first: Int, _ second: Int) -> Void)
    {
      var place = 0
      for sample in 0..<samples {
        for first in classes.indices {
          for second in first + 1..<max(classes.count, first + 1) {
            body(sample, place, first, second)
            place += 1
          }
        }
      }
    }

    private func votes(_ decisions: Matrix) -> [Int] {
      var votes = [Int](repeating: 0, count: decisions.shape[0] * classes.count)
      let values = decisions.scalars
      forEachVote(decisions.shape[0]) { sample, pair, first, second in
        votes[sample * classes.count + (values[pair] > 0 ? first : second)] += 1
      }
      return votes
    }

    /// The class with the most votes; of equal ones the first.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predict(_ x: Matrix) throws(FitError) -> [Label] {
      let votes = votes(try pairDecisions(x))
      return (0..<x.shape[0]).map { sample in
        let own = votes[sample * classes.count..<(sample + 1) * classes.count]
        // Not empty: there are at least two classes.
        return classes[own.indices.max { own[$0] < own[$1] || own[$0] == own[$1] && $0 > $1 }! - own.startIndex]
      }
    }

    /// Each class's probability, coupled from those of all pairs. The most probable class is not always the predicted
    /// one: probabilities come from other samples' borders.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`; of kind `parameter` when probabilities were not learned.
    public func predictProbabilities(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.parameter(!links.isEmpty, "learnsProbabilities", "true for predictProbabilities", false)
      let decisions = try pairDecisions(x).scalars
      let count = classes.count
      var scalars: [Double] = []
      var pairs = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
      forEachVote(x.shape[0]) { _, place, first, second in
        let pair = place % links.count
        pairs[first][second] = links[pair].probability(decisions[place])
        pairs[second][first] = 1 - pairs[first][second]
        if pair == links.count - 1 {
          scalars += count == 2 ? [pairs[0][1], pairs[1][0]] : PlattScaling.coupled(pairs)
        }
      }
      return Matrix(scalars, shape: [x.shape[0], count])
    }

    enum CodingKeys: String, CodingKey {
      case classes, kernel, supportIndices, supportCounts, supportVectors, dualCoefficients, intercepts, iterations
      case hasConverged, featureCount, links
    }
  }
}

extension SVC.Model: Encodable where Label: Encodable {}
extension SVC.Model: Decodable where Label: Decodable {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    classes = try ModelChecks.classes(file, .classes)
    kernel = try file.decode(FittedKernel.self, forKey: .kernel)
    featureCount = try file.decode(Int.self, forKey: .featureCount)
    try ModelChecks.fits(featureCount > 0, file, .featureCount, "at least one feature")
    let isPrecomputed = kernel == .precomputed
    supportIndices = try ModelChecks.places(
      file, .supportIndices, below: isPrecomputed ? featureCount : Int(Int32.max))
    let count = supportIndices.count
    supportCounts = try ModelChecks.places(file, .supportCounts, count: classes.count, below: count + 1)
    try ModelChecks.fits(supportCounts.reduce(0, +) == count, file, .supportCounts, "counts that add up to \(count)")
    supportVectors = try file.decode(Matrix.self, forKey: .supportVectors)
    try ModelChecks.fits(
      supportVectors.shape == [count, isPrecomputed ? 0 : featureCount]
        && supportVectors.scalars.allSatisfy(\.isFinite),
      file, .supportVectors, "\(count) support vectors of \(featureCount) features")
    let pairs = classes.count * (classes.count - 1) / 2
    intercepts = try ModelChecks.numbers(file, .intercepts, count: pairs)
    dualCoefficients = try file.decode(Matrix.self, forKey: .dualCoefficients)
    try ModelChecks.fits(
      dualCoefficients.shape == [pairs, count] && dualCoefficients.scalars.allSatisfy(\.isFinite), file,
      .dualCoefficients, "coefficients of shape [\(pairs), \(count)]")
    iterations = try file.decode(Int.self, forKey: .iterations)
    hasConverged = try file.decode(Bool.self, forKey: .hasConverged)
    links = try file.decode([PlattScaling].self, forKey: .links)
    try ModelChecks.fits(links.isEmpty || links.count == pairs, file, .links, "none or \(pairs)")
  }
}

extension SVC.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    ModelTable(
      title: "Support vector classifier",
      facts: [
        "\(target ?? "label") (\(classes.count) classes), \(kernel.text)",
        (hasConverged ? "settled after \(iterations) steps" : "not settled after \(iterations) steps"),
      ],
      header: ["class", "support vectors"], rows: classes.indices.map { ["\(classes[$0])", "\(supportCounts[$0])"] })
  }
}
