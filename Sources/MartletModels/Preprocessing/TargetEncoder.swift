import MartletFrames
import MartletNumerics

/// Turns each category into the mean of the target over its rows, drawn towards the mean of all: one column for a
/// category with hundreds of values. (scikit-learn: `TargetEncoder`)
///
/// A category with `n` rows of mean `m` and variance `v` becomes `λm + (1 − λ)ȳ` with `λ = n·Var(y) / (n·Var(y) + v)`.
/// For labels the target is 1 for a class and 0 otherwise: the second of two classes, or each of more.
///
/// In a pipeline, the training rows are encoded by what other rows teach (five folds), so that no row sees its own
/// answer.
///
/// Reference: Micci-Barreca (2001), A preprocessing scheme for high-cardinality categorical attributes.
public struct TargetEncoder<Answer: Hashable & Sendable>: SupervisedPreprocessor {
  /// How strongly small categories are drawn to the mean: so many rows of the mean are added; `nil` chooses by variance.
  /// (scikit-learn: `smooth`)
  public var smoothing: Double?
  /// How the training rows are cut. (scikit-learn: `cv`)
  public var folds: Int
  /// Shuffles the rows before they are cut; up to 2³² − 1.
  public var seed: UInt64?

  /// - Parameters:
  ///   - smoothing: at least 0.
  ///   - folds: at least 2.
  ///   - seed: `nil` leaves the rows in their order.
  public init(smoothing: Double? = nil, folds: Int = 5, seed: UInt64? = nil) {
    self.smoothing = smoothing
    self.folds = folds
    self.seed = seed
  }

  /// - Parameters:
  ///   - frame: the columns to encode, of any type.
  ///   - y: an answer for each row: numbers, or labels of at least two classes.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `tooFewClasses`, `notFinite` or `parameter`.
  public func fit(_ frame: DataFrame, _ y: [Answer]) throws(FitError) -> Model {
    try CategoryChecks.check(frame)
    let (names, targets) = try targets(frame, y)
    return learn(frame, names, targets, Array(0..<y.count))
  }

  /// Encodes each row by what the rows of the other folds teach.
  /// - Throws: ``FitError``.
  public func fitTransform(_ frame: DataFrame, _ y: [Answer]) throws(FitError) -> (model: Model, output: Matrix) {
    let model = try fit(frame, y)
    let (names, targets) = try targets(frame, y)
    let isNumber = y is [Double]
    let samples = SplitSamples(count: y.count, answers: y)
    let cut: [Fold] =
      if isNumber {
        try KFold(folds, seed: seed).folds(of: samples)
      } else {
        try StratifiedKFold(folds, seed: seed).folds(of: samples)
      }
    let width = model.outputColumns.count
    var scalars = [Double](repeating: 0, count: y.count * width)
    for fold in cut {
      let part = try learn(frame, names, targets, fold.train).transform(frame[rows: fold.test])
      for (row, sample) in fold.test.enumerated() {
        for column in 0..<width { scalars[sample * width + column] = part[row, column] }
      }
    }
    return (model, Matrix(scalars, shape: [y.count, width]))
  }

  /// The numbers that are averaged, with a name for each when there are several.
  private func targets(_ frame: DataFrame, _ y: [Answer]) throws(FitError) -> ([String], [[Double]]) {
    try SampleChecks.parameter(smoothing ?? 0 >= 0, "smoothing", "of at least 0", smoothing ?? 0)
    guard frame.rowCount == y.count else { throw .unpaired(frame.rowCount, y.count) }
    if let numbers = y as? [Double] {
      try SampleChecks.finite(numbers, "target", width: 1)
      return ([""], [numbers])
    }
    let coding = try SampleChecks.classes(y, nil)
    let shown = coding.classes.count == 2 ? [1] : Array(coding.classes.indices)
    let names = shown.map { coding.classes.count == 2 ? "" : "\(coding.classes[$0])" }
    return (names, shown.map { code in coding.codes.map { $0 == code ? 1 : 0 } })
  }

  private func learn(_ frame: DataFrame, _ names: [String], _ targets: [[Double]], _ rows: [Int]) -> Model {
    let part = frame[rows: rows]
    let own = targets.map { target in rows.map { target[$0] } }
    let columns = part.columns.map { column -> Model.Encoding in
      let categories = ColumnCategories(column)
      let places = Dictionary(categories.categories.enumerated().map { ($1, $0) }) { first, _ in first }
      let codes = column.texts().map { places[$0] ?? 0 }  // the categories are the texts of this column
      return Model.Encoding(
        categories: categories,
        values: own.map { means(of: $0, by: codes, count: categories.categories.count) })
    }
    return Model(encodings: columns, targetNames: names, targetMeans: own.map { mean($0) })
  }

  private func means(of y: [Double], by codes: [Int], count: Int) -> [Double] {
    let all = mean(y)
    var (sums, counts) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
    for (code, value) in zip(codes, y) {
      sums[code] += value
      counts[code] += 1
    }
    if let smoothing {
      return sums.indices.map {
        counts[$0] + smoothing == 0 ? all : (sums[$0] + smoothing * all) / (counts[$0] + smoothing)
      }
    }
    let spread = variance(y, degreesOfFreedom: 0)
    var squares = [Double](repeating: 0, count: count)
    for (code, value) in zip(codes, y) {
      let distance = value - sums[code] / counts[code]
      squares[code] += distance * distance
    }
    return sums.indices.map { code in
      let weight = spread * counts[code]
      let share = weight / (weight + squares[code] / counts[code])
      return share.isNaN ? all : share * sums[code] / counts[code] + (1 - share) * all
    }
  }

  /// What `TargetEncoder` has learned.
  public struct Model: TableTransformer, Codable, Equatable {
    /// The numbers of one column's categories.
    struct Encoding: Codable, Equatable, Sendable {
      let categories: ColumnCategories
      /// For each target, the number of each category.
      let values: [[Double]]
    }

    let encodings: [Encoding]
    /// The class that each target is, where there are several.
    public let targetNames: [String]
    /// The mean of each target, for categories that were not learned.
    public let targetMeans: [Double]

    public var inputColumns: [String] { encodings.map(\.categories.column) }
    public var outputColumns: [String] {
      inputColumns.flatMap { column in targetNames.map { $0.isEmpty ? column : "\(column) \($0)" } }
    }

    /// - Throws: ``FitError`` of kind `table`.
    public func transform(_ frame: DataFrame) throws(FitError) -> Matrix {
      let width = encodings.count * targetMeans.count
      var scalars = [Double](repeating: 0, count: frame.rowCount * width)
      for (place, encoding) in encodings.enumerated() {
        for (row, code) in try encoding.categories.codes(frame, .ignore).enumerated() {
          for target in targetMeans.indices {
            scalars[row * width + place * targetMeans.count + target] =
              code.map { encoding.values[target][$0] } ?? targetMeans[target]
          }
        }
      }
      return Matrix(scalars, shape: [frame.rowCount, width])
    }

    /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
    public init(from decoder: any Decoder) throws {
      let file = try decoder.container(keyedBy: CodingKeys.self)
      encodings = try file.decode([Encoding].self, forKey: .encodings)
      targetNames = try file.decode([String].self, forKey: .targetNames)
      targetMeans = try ModelChecks.numbers(file, .targetMeans, count: targetNames.count)
      for encoding in encodings {
        try encoding.categories.check(file)
        let count = encoding.categories.categories.count
        try ModelChecks.fits(
          encoding.values.count == targetMeans.count && encoding.values.allSatisfy { $0.count == count }, file,
          .encodings, "a number for each category and target")
      }
    }

    init(encodings: [Encoding], targetNames: [String], targetMeans: [Double]) {
      self.encodings = encodings
      self.targetNames = targetNames
      self.targetMeans = targetMeans
    }
  }
}
