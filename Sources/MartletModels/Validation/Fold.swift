import MartletFrames
import MartletNumerics

/// Samples to learn from and samples to test on, by their places.
public struct Fold: Sendable, Equatable, Codable {
  /// The samples to learn from.
  public let train: [Int]
  /// The samples to test on.
  public let test: [Int]

  /// A fold of your own.
  public init(train: [Int], test: [Int]) {
    self.train = train
    self.test = test
  }

  /// A fold that tests on the marked samples and learns from the others, both in order.
  init(count: Int, testing isTested: (Int) -> Bool) {
    var (train, test): ([Int], [Int]) = ([], [])
    for sample in 0..<count {
      if isTested(sample) { test.append(sample) } else { train.append(sample) }
    }
    self.init(train: train, test: test)
  }
}

/// A way to cut samples into folds.
///
///     try KFold(3).folds(count: 6).map(\.test)      // [[0, 1], [2, 3], [4, 5]]
public protocol Splitter: Sendable {
  /// The folds of so many samples.
  /// - Throws: ``FitError`` of kind `parameter` or `tooFewSamples`.
  func folds(of samples: SplitSamples) throws(FitError) -> [Fold]
}

extension Splitter {
  /// The folds of samples that are all alike.
  /// - Throws: ``FitError``, of kind `parameter` when the classes of the samples are needed.
  public func folds(count: Int) throws(FitError) -> [Fold] { try folds(of: SplitSamples(count: count)) }

  /// The folds of samples with these labels.
  /// - Throws: ``FitError`` of kind `parameter` or `tooFewSamples`.
  public func folds<Label: Hashable & Sendable>(labels: [Label]) throws(FitError) -> [Fold] {
    try folds(of: SplitSamples(count: labels.count, answers: labels))
  }
}

/// What a splitter may know of the samples that it cuts.
public struct SplitSamples: Sendable {
  /// How many samples there are.
  public let count: Int
  private let answers: (any SampleCollection & Sendable)?

  /// - Parameter answers: the samples' labels, one each, for splitters that keep classes in proportion.
  public init(count: Int, answers: (any SampleCollection & Sendable)? = nil) {
    self.count = count
    self.answers = answers
  }

  /// The class of each sample as a number, in the order of the classes.
  /// - Throws: ``FitError`` of kind `parameter` when the samples have no classes.
  public func classes() throws(FitError) -> [Int] {
    guard let codes = answers?.classCodes else {
      throw FitError(
        .parameter, expected: "labels to keep in proportion", found: "samples without classes",
        advice: "Stratify by labels, or take KFold for targets that are numbers.")
    }
    return codes
  }
}

/// Samples of which some can be taken: a matrix by rows, a table by rows, an array by elements.
public protocol SampleCollection {
  /// How many there are.
  var sampleCount: Int { get }
  /// Those at the given places, in that order.
  func samples(at places: [Int]) -> Self
  /// The classes as numbers, when these are labels.
  var classCodes: [Int]? { get }
}

extension SampleCollection {
  public var classCodes: [Int]? { nil }
}

extension Tensor: SampleCollection {
  public var sampleCount: Int { shape.first ?? 0 }
  public func samples(at places: [Int]) -> Tensor { self[rows: places] }
}

extension DataFrame: SampleCollection {
  public var sampleCount: Int { rowCount }
  public func samples(at places: [Int]) -> DataFrame { self[rows: places] }
}

extension Array: SampleCollection where Element: Hashable {
  public var sampleCount: Int { count }
  public func samples(at places: [Int]) -> [Element] { places.map { self[$0] } }
  /// Whole numbers are classes, others are not.
  public var classCodes: [Int]? {
    if let numbers = self as? [Double], numbers.contains(where: { $0 != $0.rounded() }) { return nil }
    return LabelCoding(self).codes
  }
}
