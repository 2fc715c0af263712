import MartletNumerics

/// How much the members of an ensemble count.
enum EnsembleChecks {
  /// Shares that sum to 1.
  static func shares(_ weights: [Double]?, count: Int) throws(FitError) -> [Double] {
    try SampleChecks.parameter(count > 0, "members", "with at least one", "none")
    guard let weights else { return [Double](repeating: 1 / Double(count), count: count) }
    let total = weights.reduce(0, +)
    try SampleChecks.parameter(
      weights.count == count && weights.allSatisfy { $0 >= 0 } && total > 0 && total.isFinite, "memberWeights",
      "of at least 0 for each of \(count) members, one of them above 0", weights)
    return weights.map { $0 / total }
  }

  /// Shares of a file.
  static func shares<Key>(
    _ file: KeyedDecodingContainer<Key>, _ key: Key, count: Int
  ) throws -> [Double] {
    let shares = try ModelChecks.numbers(file, key, count: count)
    try ModelChecks.fits(
      shares.allSatisfy { $0 >= 0 } && abs(shares.reduce(0, +) - 1) < 1e-6, file, key, "shares that sum to 1")
    return shares
  }
}
