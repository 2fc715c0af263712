import MartletNumerics

/// Makes new samples of rarer classes, each somewhere between one of theirs and a near one of the same class, until every
/// class has as many as the commonest.
///
/// `new = x + u · (neighbour − x)` with `u` from 0 to 1; sample, neighbour and `u` are drawn at random.
///
///     let (x, y) = try SMOTE(seed: 0).resample(xTrain, yTrain)
///
/// For features that are amounts: between two categories there is nothing.
///
/// Reference: Chawla, Bowyer, Hall and Kegelmeyer (2002), SMOTE: synthetic minority over-sampling technique.
/// (imbalanced-learn: `SMOTE`, with the same samples for the same seed)
public struct SMOTE: Resampler {
  /// Among how many nearest samples of the same class the other end is drawn; at least 1. (imbalanced-learn:
  /// `k_neighbors`)
  public var neighbors: Int
  /// Fixes what is drawn; up to 2³² − 1, `nil` for others every time.
  public var seed: UInt64?

  /// - Parameters:
  ///   - neighbors: at least 1, and fewer than the samples of a class that needs more.
  ///   - seed: fixes what is drawn.
  public init(neighbors: Int = 5, seed: UInt64? = nil) {
    self.neighbors = neighbors
    self.seed = seed
  }

  /// The samples as they are, and then those made, class by class.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewClasses`, `notFinite`, `parameter`, or `tooFewSamples` when a class has
  ///   no more samples than ``neighbors``.
  /// - Complexity: the search for neighbours in each class.
  public func resample<Label: Hashable & Sendable>(
    _ x: Matrix, _ y: [Label]
  ) throws(FitError) -> (x: Matrix, y: [Label]) {
    try SampleChecks.parameter(neighbors > 0, "neighbors", "above 0", neighbors)
    let groups = try ClassMembers(x, y)
    var (parts, labels) = ([x], y)
    for (place, members) in groups.members.enumerated() where place != groups.commonest {
      let wanted = groups.largest - members.count
      if wanted == 0 { continue }
      guard members.count > neighbors else {
        throw FitError(
          .tooFewSamples, expected: "more than \(neighbors) samples of \(groups.classes[place])",
          found: "\(members.count)", advice: "Lower `neighbors`, or take RandomOverSampler.")
      }
      // Every class begins with the same numbers.
      var random = try SeededStart.generator(seed)
      parts.append(try made(wanted, of: x[rows: members], &random))
      labels += [Label](repeating: groups.classes[place], count: wanted)
    }
    return (Matrix.concatenated(parts, axis: 0), labels)
  }

  private func made(_ count: Int, of own: Matrix, _ random: inout MT19937) throws(FitError) -> Matrix {
    let near = try NearestNeighbors().fit(own).neighborsOfSamples(count: neighbors).places
    let ends = (0..<count).map { _ in random.integer(below: own.shape[0] * neighbors) }
    let shares = (0..<count).map { _ in random.uniform() }
    let start = own[rows: ends.map { $0 / neighbors }]
    let end = own[rows: ends.map { near[$0 / neighbors, $0 % neighbors] }]
    return start + (end - start) * Matrix(shares, shape: [count, 1])
  }
}
