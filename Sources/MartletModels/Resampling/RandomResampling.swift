import MartletNumerics

/// Repeats samples of rarer classes, drawn at random, until every class has as many as the commonest.
/// (imbalanced-learn: `RandomOverSampler`, with the same samples for the same seed)
///
///     let (x, y) = try RandomOverSampler(seed: 0).resample(xTrain, yTrain)
public struct RandomOverSampler: Resampler {
  /// Fixes what is drawn; up to 2³² − 1, `nil` for others every time.
  public var seed: UInt64?
  /// - Parameter seed: fixes what is drawn.
  public init(seed: UInt64? = nil) { self.seed = seed }

  /// The samples as they are, and then those drawn, class by class.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `tooFewClasses`, `notFinite` or `parameter`.
  public func resample<Label: Hashable & Sendable>(
    _ x: Matrix, _ y: [Label]
  ) throws(FitError) -> (x: Matrix, y: [Label]) {
    let groups = try ClassMembers(x, y, allowingMissing: true)
    var random = try SeededStart.generator(seed)
    var rows = Array(y.indices)
    for (place, members) in groups.members.enumerated() where place != groups.commonest {
      rows += (0..<groups.largest - members.count).map { _ in members[random.integer(below: members.count)] }
    }
    return (x[rows: rows], rows.map { y[$0] })
  }
}

/// Drops samples of commoner classes, at random, until every class has as many as the rarest.
/// (imbalanced-learn: `RandomUnderSampler`, with the same samples for the same seed)
public struct RandomUnderSampler: Resampler {
  /// Fixes what is dropped; up to 2³² − 1, `nil` for others every time.
  public var seed: UInt64?
  /// - Parameter seed: fixes what is dropped.
  public init(seed: UInt64? = nil) { self.seed = seed }

  /// The samples that stay, class by class.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `tooFewClasses`, `notFinite` or `parameter`.
  public func resample<Label: Hashable & Sendable>(
    _ x: Matrix, _ y: [Label]
  ) throws(FitError) -> (x: Matrix, y: [Label]) {
    let groups = try ClassMembers(x, y, allowingMissing: true)
    var random = try SeededStart.generator(seed)
    let rows = groups.members.enumerated().flatMap { place, members in
      // The rarest class stays as it is; of the others a few are drawn.
      place == groups.rarest
        ? members : random.permutation(members.count).prefix(groups.smallest).map { members[$0] }
    }
    return (x[rows: rows], rows.map { y[$0] })
  }
}
