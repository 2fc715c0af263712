import MartletNumerics

/// How much each feature says about the answers, one feature at a time.
///
///     let scores = try FeatureScores.variance(x, labels)
///     scores.scores[2]       // the F of the third feature
///     scores.pValues?[2]     // how surprising it is if the feature says nothing
public struct FeatureScores: Sendable, Equatable {
  /// One score for each feature; larger says more.
  public let scores: [Double]
  /// How surprising the score is where a feature says nothing; `nil` for scores without a test.
  public let pValues: [Double]?

  /// The F of an analysis of variance: do the classes' means of the feature differ? (scikit-learn: `f_classif`)
  /// - Throws: ``FitError``.
  public static func variance<Label: Hashable>(_ x: Matrix, _ y: [Label]) throws(FitError) -> FeatureScores {
    let coding = try check(x, y)
    let (n, k) = (Double(y.count), Double(coding.classes.count))
    guard y.count > coding.classes.count else {
      throw FitError(
        .tooFewSamples, expected: "more samples than classes", found: "\(y.count) of \(coding.classes.count) classes",
        advice: "Use more samples.")
    }
    let members = coding.classes.indices.map { code in coding.codes.indices.filter { coding.codes[$0] == code } }
    let scores = (0..<x.shape[1]).map { feature -> Double in
      let column = x.column(feature).scalars
      let level = mean(column)
      var (between, within) = (0.0, 0.0)
      for rows in members {
        let own = mean(rows.map { column[$0] })
        between += Double(rows.count) * (own - level) * (own - level)
        within += rows.reduce(0) { $0 + (column[$1] - own) * (column[$1] - own) }
      }
      return (between / (k - 1)) / (within / (n - k))
    }
    let test = FisherFDistribution(first: k - 1, second: n - k)
    return FeatureScores(scores: scores, pValues: scores.map { $0.isNaN ? .nan : test.survival($0) })
  }

  /// The F of a straight line from the feature to the target. (scikit-learn: `f_regression`)
  /// - Throws: ``FitError``.
  public static func line(_ x: Matrix, _ y: [Double]) throws(FitError) -> FeatureScores {
    try SampleChecks.features(x, atLeast: 3)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.finite(y, "target", width: 1)
    let freedom = Double(y.count - 2)
    let scores = (0..<x.shape[1]).map { feature in
      let r = correlation(x.column(feature).scalars, y)
      return r * r / (1 - r * r) * freedom
    }
    let test = FisherFDistribution(first: 1, second: freedom)
    return FeatureScores(scores: scores, pValues: scores.map { $0.isNaN ? .nan : test.survival($0) })
  }

  /// χ² between counts and classes, for features of at least 0. (scikit-learn: `chi2`)
  /// - Throws: ``FitError``.
  public static func chiSquare<Label: Hashable>(_ x: Matrix, _ y: [Label]) throws(FitError) -> FeatureScores {
    let coding = try check(x, y)
    if let wrong = x.scalars.first(where: { $0 < 0 }) {
      throw FitError(
        .parameter, expected: "counts of at least 0 for χ²", found: "\(wrong)", advice: "Take the analysis of variance."
      )
    }
    let sums = x.sum(axis: 0).scalars
    let shares = coding.classes.indices.map { code in Double(coding.codes.count { $0 == code }) / Double(y.count) }
    let observed = coding.classes.indices.map { code in
      x[rows: coding.codes.indices.filter { coding.codes[$0] == code }].sum(axis: 0).scalars
    }
    let scores = sums.indices.map { feature in
      shares.indices.reduce(0) { sum, code in
        let expected = shares[code] * sums[feature]
        let distance = observed[code][feature] - expected
        return sum + distance * distance / expected
      }
    }
    let test = ChiSquareDistribution(degreesOfFreedom: Double(coding.classes.count - 1))
    return FeatureScores(scores: scores, pValues: scores.map { $0.isNaN ? .nan : test.survival($0) })
  }

  /// The mutual information of feature and class in nats, by the distances of nearest neighbours; at least 0.
  /// (scikit-learn: `mutual_info_classif`)
  ///
  /// - Parameters:
  ///   - neighbors: at least 1; more are smoother.
  ///   - seed: a noise of 10⁻¹⁰ sets equal values apart.
  /// - Throws: ``FitError``.
  /// - Complexity: O(n²) for each feature, on all cores.
  ///
  /// Reference: Ross (2014), Mutual information between discrete and continuous data sets.
  public static func mutualInformation<Label: Hashable & Sendable>(
    _ x: Matrix, _ y: [Label], neighbors: Int = 3, seed: UInt64? = nil
  ) throws(FitError) -> FeatureScores {
    try SampleChecks.parameter(neighbors > 0, "neighbors", "above 0", neighbors)
    let coding = try check(x, y)
    let columns = try NeighbourInformation.apart(x, seed)
    let scores = try ConcurrentTasks.map(columns.count, showing: "features") { (feature) throws(FitError) in
      NeighbourInformation.ofClasses(columns[feature], coding.codes, coding.classes.count, neighbors)
    }
    return FeatureScores(scores: scores, pValues: nil)
  }

  /// The mutual information of feature and target in nats, by the distances of nearest neighbours; at least 0.
  /// (scikit-learn: `mutual_info_regression`)
  ///
  /// - Throws: ``FitError``.
  /// - Complexity: O(n²) for each feature, on all cores.
  ///
  /// Reference: Kraskov, Stögbauer and Grassberger (2004), Estimating mutual information.
  public static func mutualInformation(
    _ x: Matrix, _ y: [Double], neighbors: Int = 3, seed: UInt64? = nil
  ) throws(FitError) -> FeatureScores {
    try SampleChecks.parameter(neighbors > 0, "neighbors", "above 0", neighbors)
    try SampleChecks.features(x, atLeast: 2)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.finite(y, "target", width: 1)
    var random = try SeededStart.generator(seed)
    let columns = NeighbourInformation.apart(x, &random)
    let target = NeighbourInformation.apart(y, &random)
    let scores = try ConcurrentTasks.map(columns.count, showing: "features") { (feature) throws(FitError) in
      NeighbourInformation.ofNumbers(columns[feature], target, neighbors)
    }
    return FeatureScores(scores: scores, pValues: nil)
  }

  private static func check<Label: Hashable>(_ x: Matrix, _ y: [Label]) throws(FitError) -> LabelCoding<Label> {
    try SampleChecks.features(x, atLeast: 2)
    try SampleChecks.pairs(x, targets: y.count)
    return try SampleChecks.classes(y, nil)
  }
}

/// Estimates of mutual information from the distances of nearest neighbours in one dimension.
private enum NeighbourInformation {
  static func apart(_ x: Matrix, _ seed: UInt64?) throws(FitError) -> [[Double]] {
    var random = try SeededStart.generator(seed)
    return apart(x, &random)
  }

  /// Features over their spread, with a noise that sets equal values apart, in scikit-learn's order of drawing.
  static func apart(_ x: Matrix, _ random: inout MT19937) -> [[Double]] {
    var columns = (0..<x.shape[1]).map { scaled(x.column($0).scalars) }
    let sizes = columns.map { max(1, mean($0.map { abs($0) })) }
    for row in 0..<x.shape[0] {
      for feature in columns.indices { columns[feature][row] += 1e-10 * sizes[feature] * random.standardNormal() }
    }
    return columns
  }

  static func apart(_ y: [Double], _ random: inout MT19937) -> [Double] {
    let values = scaled(y)
    let size = max(1, mean(values.map { abs($0) }))
    return values.map { $0 + 1e-10 * size * random.standardNormal() }
  }

  private static func scaled(_ values: [Double]) -> [Double] {
    let spread = variance(values, degreesOfFreedom: 0).squareRoot()
    return spread < 10 * .ulpOfOne ? values : values.map { $0 / spread }
  }

  static func ofClasses(_ x: [Double], _ codes: [Int], _ classCount: Int, _ neighbors: Int) -> Double {
    var (ofNeighbours, ofClass, ofAll, used) = (0.0, 0.0, 0.0, 0)
    let sizes = (0..<classCount).map { code in codes.count { $0 == code } }
    let kept = x.indices.filter { sizes[codes[$0]] > 1 }
    for sample in kept {
      let k = min(neighbors, sizes[codes[sample]] - 1)
      var nearest = [Double](repeating: .infinity, count: k)
      for other in kept where other != sample && codes[other] == codes[sample] {
        insert(abs(x[other] - x[sample]), into: &nearest)
      }
      let radius = nearest[k - 1].nextDown
      let within = kept.count { abs(x[$0] - x[sample]) <= radius }
      ofNeighbours += digamma(Double(k))
      ofClass += digamma(Double(sizes[codes[sample]]))
      ofAll += digamma(Double(within))
      used += 1
    }
    let n = Double(used)
    return used == 0 ? 0 : max(0, digamma(n) + (ofNeighbours - ofClass - ofAll) / n)
  }

  static func ofNumbers(_ x: [Double], _ y: [Double], _ neighbors: Int) -> Double {
    let k = min(neighbors, x.count - 1)
    var sum = 0.0
    for sample in x.indices {
      var nearest = [Double](repeating: .infinity, count: k)
      for other in x.indices where other != sample {
        insert(max(abs(x[other] - x[sample]), abs(y[other] - y[sample])), into: &nearest)
      }
      let radius = nearest[k - 1].nextDown
      // Both counts have the sample itself, as the formula's n + 1.
      let near = { (values: [Double]) in Double(values.count { abs($0 - values[sample]) <= radius }) }
      sum += digamma(near(x)) + digamma(near(y))
    }
    let n = Double(x.count)
    return max(0, digamma(n) + digamma(Double(k)) - sum / n)
  }

  /// Keeps the smallest distances, in ascending order.
  private static func insert(_ distance: Double, into nearest: inout [Double]) {
    guard distance < nearest[nearest.count - 1] else { return }
    var place = nearest.count - 1
    while place > 0, nearest[place - 1] > distance {
      nearest[place] = nearest[place - 1]
      place -= 1
    }
    nearest[place] = distance
  }
}
