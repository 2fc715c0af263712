import MartletFrames
import MartletNumerics

/// Different preprocessing for different columns of a table, joined to one matrix. (scikit-learn: `ColumnTransformer`)
///
///     let columns = ColumnTransformer {
///       Columns(.numeric, SimpleImputer(.median).then(StandardScaler()))
///       Columns(.text, OneHotEncoder(unknown: .ignore))
///     }
///     let model = try columns.then(LogisticRegression<String>()).fit(passengers, target: "survived")
///
/// Columns that no step takes are dropped, or kept as they are where they are numbers.
public struct ColumnTransformer<Steps: UnsupervisedEstimator>: UnsupervisedEstimator
where Steps.Features == DataFrame, Steps.Model: TableTransformer {
  /// What becomes of columns that no step takes.
  public enum Remainder: String, Sendable, Codable {
    /// They are left out.
    case dropped
    /// Columns of numbers are kept after all others; columns of text are left out.
    case kept
  }

  /// The steps.
  public var steps: Steps
  /// What becomes of columns that no step takes. (scikit-learn: `remainder`)
  public var remainder: Remainder

  /// - Parameters:
  ///   - remainder: what becomes of columns that no step takes.
  ///   - steps: one or more ``Columns``.
  public init(remainder: Remainder = .dropped, @ColumnStepsBuilder _ steps: () -> Steps) {
    self.steps = steps()
    self.remainder = remainder
  }

  /// - Throws: ``FitError`` when a step cannot learn, of kind `table` when its columns are absent.
  public func fit(_ frame: DataFrame) throws(FitError) -> Model {
    try CategoryChecks.check(frame)
    let steps = try self.steps.fit(frame)
    let taken = Set(steps.inputColumns)
    let rest = frame.columns.filter { !taken.contains($0.name) && ColumnSelector.isNumber($0) }.map(\.name)
    return Model(steps: steps, rest: remainder == .kept ? rest : [])
  }

  /// What the steps have learned.
  public struct Model: TableTransformer {
    /// The steps.
    public let steps: Steps.Model
    /// The columns that are kept as they are.
    public let rest: [String]

    public var inputColumns: [String] { steps.inputColumns + rest }
    public var outputColumns: [String] { steps.outputColumns + rest }

    /// - Throws: ``FitError`` of kind `table` when a column is absent or does not fit.
    public func transform(_ frame: DataFrame) throws(FitError) -> Matrix {
      let made = try steps.transform(frame)
      return rest.isEmpty ? made : Matrix.concatenated([made, try frame.matrixWithMissing(of: rest)], axis: 1)
    }
  }
}

extension ColumnTransformer.Model: Encodable where Steps.Model: Encodable {}
extension ColumnTransformer.Model: Decodable where Steps.Model: Decodable {}

extension ColumnSelector {
  static func isNumber(_ column: AnyColumn) -> Bool { column.isNumeric || column.type == .bool }
}

/// Columns of a table, and what is done with them.
public struct Columns<Step: UnsupervisedEstimator>: UnsupervisedEstimator
where
  Step.Model: Transformer, Step.Model.Input == Step.Features, Step.Model.Output == Matrix, Step.Features: ColumnInput
{
  /// Which columns.
  public var selector: ColumnSelector
  /// What is done with them.
  public var step: Step

  /// - Parameters:
  ///   - selector: which columns.
  ///   - step: a step that takes a table, as ``OneHotEncoder``, or one that takes a matrix, as ``StandardScaler``, for
  ///     columns of numbers.
  public init(_ selector: ColumnSelector, _ step: Step) {
    self.selector = selector
    self.step = step
  }

  /// - Throws: ``FitError`` when the step cannot learn, of kind `table` when columns are absent.
  public func fit(_ frame: DataFrame) throws(FitError) -> Model {
    let names = try selector.names(frame)
    return Model(columns: names, step: try step.fit(try Step.Features.make(frame, names)))
  }

  /// What the step has learned.
  public struct Model: TableTransformer {
    /// The columns that it takes.
    public let columns: [String]
    /// What the step has learned.
    public let step: Step.Model

    public var inputColumns: [String] { columns }
    /// The step's names where it has some, else the columns' own, or numbered ones.
    public var outputColumns: [String] {
      if let table = step as? any TableTransformer { return table.outputColumns }
      if let naming = step as? any FeatureNaming { return naming.outputNames(for: columns) }
      return columns
    }

    /// - Throws: ``FitError`` of kind `table` when a column is absent or does not fit.
    public func transform(_ frame: DataFrame) throws(FitError) -> Matrix {
      try step.transform(try Step.Features.make(frame, columns))
    }
  }
}

extension Columns.Model: Encodable where Step.Model: Encodable {}
extension Columns.Model: Decodable where Step.Model: Decodable {}

/// What a step can be given of a table: its columns as a matrix, or the columns themselves.
public protocol ColumnInput {
  /// - Throws: ``FitError`` of kind `table`.
  static func make(_ frame: DataFrame, _ columns: [String]) throws(FitError) -> Self
}

extension Tensor: ColumnInput where Scalar == Double {
  public static func make(_ frame: DataFrame, _ columns: [String]) throws(FitError) -> Matrix {
    try frame.matrixWithMissing(of: columns)
  }
}

extension DataFrame: ColumnInput {
  public static func make(_ frame: DataFrame, _ columns: [String]) throws(FitError) -> DataFrame {
    try SampleChecks.table { () throws(FrameError) in try frame.select(columns) }
  }
}

extension Transformer {
  /// The names of the features that it makes of features with these names; `nil` where nobody knows.
  func names(of inputs: [String]?) -> [String]? {
    if let table = self as? any TableTransformer { return table.outputColumns }
    return inputs.flatMap { (self as? any FeatureNaming)?.outputNames(for: $0) }
  }
}

/// Two steps for columns of the same table, side by side.
public struct ColumnPair<First: UnsupervisedEstimator, Next: UnsupervisedEstimator>: UnsupervisedEstimator
where
  First.Features == DataFrame, Next.Features == DataFrame, First.Model: TableTransformer, Next.Model: TableTransformer
{
  /// The step whose columns come first.
  public var first: First
  /// The step whose columns follow.
  public var next: Next

  /// - Throws: ``FitError`` when either step cannot learn.
  public func fit(_ frame: DataFrame) throws(FitError) -> Model {
    Model(first: try first.fit(frame), next: try next.fit(frame))
  }

  /// What both steps have learned.
  public struct Model: TableTransformer {
    /// The step whose columns come first.
    public let first: First.Model
    /// The step whose columns follow.
    public let next: Next.Model
    public var inputColumns: [String] { first.inputColumns + next.inputColumns }
    public var outputColumns: [String] { first.outputColumns + next.outputColumns }

    /// - Throws: ``FitError`` of kind `table` when a column is absent or does not fit.
    public func transform(_ frame: DataFrame) throws(FitError) -> Matrix {
      Matrix.concatenated([try first.transform(frame), try next.transform(frame)], axis: 1)
    }
  }
}

extension ColumnPair.Model: Encodable where First.Model: Encodable, Next.Model: Encodable {}
extension ColumnPair.Model: Decodable where First.Model: Decodable, Next.Model: Decodable {}

/// Steps for columns, one a line.
@resultBuilder public enum ColumnStepsBuilder {
  /// The first step.
  public static func buildPartialBlock<First>(first: Columns<First>) -> Columns<First> { first }
  /// One more step.
  public static func buildPartialBlock<First, Next>(accumulated: First, next: Columns<Next>) -> ColumnPair<
    First, Columns<Next>
  > {
    ColumnPair(first: accumulated, next: next)
  }
}

extension Chain.Model: FeatureNaming where First.Model: FeatureNaming {
  /// The names that the first step makes, and the second makes of those; a step that names nothing keeps them.
  public func outputNames(for inputs: [String]) -> [String] {
    let between = first.outputNames(for: inputs)
    return (next as? any FeatureNaming)?.outputNames(for: between) ?? between
  }
}

extension StandardScaler.Model: FeatureNaming {
  public func outputNames(for inputs: [String]) -> [String] { inputs }
}

extension FeatureScaling: FeatureNaming {
  public func outputNames(for inputs: [String]) -> [String] { inputs }
}

extension PowerTransformer.Model: FeatureNaming {
  public func outputNames(for inputs: [String]) -> [String] { inputs }
}

extension QuantileTransformer.Model: FeatureNaming {
  public func outputNames(for inputs: [String]) -> [String] { inputs }
}
