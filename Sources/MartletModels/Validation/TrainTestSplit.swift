import MartletFrames
import MartletNumerics

/// Which rows are for learning and which for testing.
///
/// The same rows as scikit-learn's `train_test_split` with `random_state` = `seed`.
///
///     try TrainTestSplit(count: 10, testSize: 0.2, seed: 0).test      // [2, 8]
public struct TrainTestSplit: Sendable, Equatable {
  /// The rows to learn from, in the order drawn.
  public let train: [Int]
  /// The rows to test on, in the order drawn.
  public let test: [Int]

  /// - Parameters:
  ///   - count: how many rows there are.
  ///   - testSize: the fraction to test on, between 0 and 1; their number is rounded up.
  ///   - seed: 0 up to 2³² − 1; without one, every call draws other rows.
  /// - Throws: ``FitError`` of kind `parameter`, or `tooFewSamples` when one side would be empty.
  public init(count: Int, testSize: Double = 0.25, seed: UInt64? = nil) throws(FitError) {
    var random = try SeededStart.generator(seed)
    try self.init(count: count, testSize: testSize, &random)
  }

  init(count: Int, testSize: Double, _ random: inout MT19937) throws(FitError) {
    let sizes = try Self.sizes(count, testSize)
    let order = random.permutation(count)
    test = Array(order[..<sizes.test])
    train = Array(order[sizes.test...])
  }

  /// A split in which both sides have every class in the same proportion.
  ///
  /// - Parameters:
  ///   - labels: one for each row; each class occurs at least twice.
  ///   - testSize: the fraction to test on, between 0 and 1; their number is rounded up.
  ///   - seed: 0 up to 2³² − 1; without one, every call draws other rows.
  /// - Throws: ``FitError`` of kind `parameter` or `tooFewSamples`.
  public init<Label: Hashable>(stratifiedBy labels: [Label], testSize: Double = 0.25, seed: UInt64? = nil)
    throws(FitError)
  {
    var random = try SeededStart.generator(seed)
    try self.init(stratifiedBy: labels, testSize: testSize, &random)
  }

  init<Label: Hashable>(
    stratifiedBy labels: [Label], testSize: Double, _ random: inout MT19937
  ) throws(FitError) {
    let sizes = try Self.sizes(labels.count, testSize)
    let coding = LabelCoding(labels)
    var rows = [[Int]](repeating: [], count: coding.classes.count)
    for (row, code) in coding.codes.enumerated() { rows[code].append(row) }
    try Self.checkClasses(coding.classes.map { "\($0)" }, rows, sizes)
    let trainCounts = Self.shares(of: sizes.train, among: rows.map(\.count), &random)
    let testCounts = Self.shares(of: sizes.test, among: zip(rows, trainCounts).map { $0.count - $1 }, &random)
    var train: [Int] = []
    var test: [Int] = []
    for (code, rows) in rows.enumerated() {
      let drawn = random.permutation(rows.count).map { rows[$0] }
      train += drawn[..<trainCounts[code]]
      test += drawn[trainCounts[code]..<trainCounts[code] + testCounts[code]]
    }
    random.shuffle(&train)
    random.shuffle(&test)
    self.train = train
    self.test = test
  }

  private static func sizes(_ count: Int, _ testSize: Double) throws(FitError) -> (train: Int, test: Int) {
    try SampleChecks.parameter(testSize > 0 && testSize < 1, "testSize", "between 0 and 1", testSize)
    let test = Int((testSize * Double(count)).rounded(.up))
    guard test > 0, test < count else {
      throw FitError(
        .tooFewSamples, expected: "at least one row on each side",
        found: "\(count) rows with a test size of \(testSize)",
        advice: "Use more rows or another fraction.")
    }
    return (count - test, test)
  }

  private static func checkClasses(
    _ classes: [String], _ rows: [[Int]], _ sizes: (train: Int, test: Int)
  ) throws(FitError) {
    if let lonely = rows.firstIndex(where: { $0.count < 2 }) {
      throw FitError(
        .tooFewSamples, expected: "at least two rows of each class", found: "one of class \(classes[lonely])",
        advice: "Drop the class, or split without stratifying.")
    }
    guard min(sizes.train, sizes.test) >= classes.count else {
      throw FitError(
        .tooFewSamples, expected: "at least \(classes.count) rows on each side, one for each class",
        found: "\(sizes.train) and \(sizes.test)", advice: "Use more rows or another fraction.")
    }
  }

  /// The most probable numbers of each class in a draw of `total`; what rounding leaves is given out at random among
  /// the classes that it hit hardest.
  private static func shares(of total: Int, among counts: [Int], _ random: inout MT19937) -> [Int] {
    let all = counts.reduce(0, +)
    let exact = counts.map { Double($0) / Double(all) * Double(total) }
    var shares = exact.map { Int($0) }
    let remainders = zip(exact, shares).map { $0 - Double($1) }
    var left = total - shares.reduce(0, +)
    for remainder in Set(remainders).sorted(by: >) where left > 0 {
      let candidates = remainders.indices.filter { remainders[$0] == remainder }
      let chosen = random.permutation(candidates.count).prefix(min(candidates.count, left))
      for place in chosen { shares[candidates[place]] += 1 }
      left -= chosen.count
    }
    return shares
  }
}

/// Splits features and answers into samples to learn from and samples to test on.
///
///     let (xTrain, xTest, yTrain, yTest) = try trainTestSplit(x, y, testSize: 0.2, seed: 0)
///
/// The same samples as scikit-learn's `train_test_split` with `random_state` = `seed`.
/// - Parameters:
///   - x: shape `[n, …]`.
///   - y: `n` answers.
///   - testSize: the fraction to test on, between 0 and 1; their number is rounded up.
///   - seed: 0 up to 2³² − 1; without one, every call draws other samples.
///   - stratified: whether both sides have each answer in the same proportion.
/// - Throws: ``FitError`` of kind `shape`, `parameter` or `tooFewSamples`.
public func trainTestSplit<Answer: Hashable>(
  _ x: Matrix, _ y: [Answer], testSize: Double = 0.25, seed: UInt64? = nil, stratified: Bool = false
) throws(FitError) -> (xTrain: Matrix, xTest: Matrix, yTrain: [Answer], yTest: [Answer]) {
  guard x.rank > 0 else {
    throw FitError(
      .shape, expected: "features of shape [samples, …]", found: "a scalar", advice: "Give one row a sample.")
  }
  try SampleChecks.pairs(x, targets: y.count)
  let split =
    stratified
    ? try TrainTestSplit(stratifiedBy: y, testSize: testSize, seed: seed)
    : try TrainTestSplit(count: y.count, testSize: testSize, seed: seed)
  return (x[rows: split.train], x[rows: split.test], split.train.map { y[$0] }, split.test.map { y[$0] })
}

/// Splits a table into rows to learn from and rows to test on.
///
///     let (train, test) = try trainTestSplit(iris, testSize: 0.2, seed: 0)
/// - Throws: ``FitError`` of kind `parameter` or `tooFewSamples`.
public func trainTestSplit(
  _ frame: DataFrame, testSize: Double = 0.25, seed: UInt64? = nil
) throws(FitError) -> (train: DataFrame, test: DataFrame) {
  let split = try TrainTestSplit(count: frame.rowCount, testSize: testSize, seed: seed)
  return (frame[rows: split.train], frame[rows: split.test])
}
