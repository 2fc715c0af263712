import MartletFrames
import MartletNumerics

/// What an encoder does with a category that it has not learned.
public enum UnknownCategory: Sendable, Equatable, Codable {
  /// Refuses the table, with the category and its column.
  case refuse
  /// A row without any category: zeros in a one-hot encoding, NaN in an ordinal one.
  case ignore
  /// The group of rare categories where there is one, else as `ignore`.
  case rare
}

/// The categories of one column, as text; `nil` stands for a missing value.
public struct ColumnCategories: Sendable, Codable, Equatable {
  /// The column's name.
  public let column: String
  /// Its categories, in ascending order, a missing value last.
  public let categories: [String?]
  /// Those that are grouped as rare, a part of ``categories``.
  public let rare: [String?]

  /// Categories in the order of their codes, the group of rare ones left out.
  var frequent: [String?] { rare.isEmpty ? categories : categories.filter { !rare.contains($0) } }

  init(_ column: AnyColumn, minimumCount: Int = 0, maximumCategories: Int? = nil) {
    let texts = column.texts()
    var counts: [String?: Int] = [:]
    for text in texts { counts[text, default: 0] += 1 }
    let present = counts.keys.compactMap { $0 }
    let sorted =
      column.type == .string
      ? present.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      : present.sorted { (Double($0) ?? 0, $0) < (Double($1) ?? 0, $1) }
    let categories = sorted.map(Optional.some) + (counts[nil] == nil ? [] : [nil])
    self.column = column.name
    self.categories = categories
    rare = Self.rare(categories, counts, minimumCount, maximumCategories)
  }

  /// What is too rare, or beyond the number allowed with one place for the rare: of equally frequent ones the first stay.
  private static func rare(
    _ categories: [String?], _ counts: [String?: Int], _ minimum: Int, _ maximum: Int?
  ) -> [String?] {
    let count = { (category: String?) in counts[category] ?? 0 }
    var rare = Set(categories.indices.filter { count(categories[$0]) < minimum })
    if let maximum, categories.count - rare.count + (rare.isEmpty ? 0 : 1) > maximum {
      let order = categories.indices.sorted { (-count(categories[$0]), $0) < (-count(categories[$1]), $1) }
      let kept = Set(order.filter { !rare.contains($0) }.prefix(max(maximum - 1, 0)))
      rare = Set(categories.indices.filter { !kept.contains($0) })
    }
    return rare.sorted().map { categories[$0] }
  }

  /// The code of each row: its place among the frequent ones, their number for the rare, `nil` for what is unknown.
  func codes(_ frame: DataFrame, _ unknown: UnknownCategory) throws(FitError) -> [Int?] {
    let column = try SampleChecks.table { () throws(FrameError) in try frame.column(self.column) }
    let frequent = frequent
    var places = Dictionary(frequent.enumerated().map { ($1, $0) }) { first, _ in first }
    for category in rare { places[category] = frequent.count }
    var codes: [Int?] = []
    for (row, text) in column.texts().enumerated() {
      if let place = places[text] {
        codes.append(place)
      } else if unknown == .refuse {
        throw FitError(
          .table, expected: "a category of column '\(self.column)' that was learned",
          found: "\(text.map { "'\($0)'" } ?? "a missing value") in row \(row)",
          advice: "Fit with such rows, or let the encoder ignore unknown categories.")
      } else {
        codes.append(unknown == .rare && !rare.isEmpty ? frequent.count : nil)
      }
    }
    return codes
  }

  /// Categories of a file make sense together.
  func check(_ container: some SingleValueContext) throws {
    let isSound = Set(categories).count == categories.count && Set(rare).isSubset(of: Set(categories))
    if !isSound || categories.isEmpty { throw container.problem("different categories of column '\(column)'") }
  }
}

/// Where a file's part was read.
protocol SingleValueContext {
  func problem(_ expected: String) -> DecodingError
}

extension KeyedDecodingContainer: SingleValueContext {
  func problem(_ expected: String) -> DecodingError {
    DecodingError.dataCorrupted(.init(codingPath: codingPath, debugDescription: "Expected \(expected)."))
  }
}

/// Turns each category of each column into a column of 0 and 1. (scikit-learn: `OneHotEncoder`)
///
///     let model = try OneHotEncoder(unknown: .ignore).fit(frame.select("island", "sex"))
///     model.outputColumns      // ["island=Biscoe", "island=Dream", …]
///
/// A missing value is a category of its own.
public struct OneHotEncoder: UnsupervisedEstimator {
  /// Which category has no column, since the others imply it.
  public enum Dropping: String, Sendable, Codable {
    /// Every category has a column.
    case none
    /// The first of every column.
    case first
    /// The first of columns with two categories.
    case firstOfTwo
  }

  /// Which category has no column. (scikit-learn: `drop`)
  public var dropping: Dropping
  /// What is done with categories that were not learned. (scikit-learn: `handle_unknown`)
  public var unknown: UnknownCategory
  /// Categories with fewer rows are grouped. (scikit-learn: `min_frequency`)
  public var minimumCount: Int
  /// At most so many columns for each, the group of rare ones included. (scikit-learn: `max_categories`)
  public var maximumCategories: Int?

  /// - Parameters:
  ///   - dropping: which category has no column.
  ///   - unknown: what is done with categories that were not learned.
  ///   - minimumCount: at least 0.
  ///   - maximumCategories: at least 1.
  public init(
    dropping: Dropping = .none, unknown: UnknownCategory = .refuse, minimumCount: Int = 0, maximumCategories: Int? = nil
  ) {
    self.dropping = dropping
    self.unknown = unknown
    self.minimumCount = minimumCount
    self.maximumCategories = maximumCategories
  }

  /// - Parameter frame: the columns to encode, of any type.
  /// - Throws: ``FitError`` of kind `tooFewSamples`, `table` or `parameter`.
  public func fit(_ frame: DataFrame) throws(FitError) -> Model {
    try SampleChecks.parameter(maximumCategories ?? 1 > 0, "maximumCategories", "above 0", maximumCategories ?? 1)
    try CategoryChecks.check(frame)
    let columns = frame.columns.map {
      ColumnCategories($0, minimumCount: minimumCount, maximumCategories: maximumCategories)
    }
    return Model(columns: columns, dropping: dropping, unknown: unknown)
  }

  /// What `OneHotEncoder` has learned.
  public struct Model: TableTransformer, Codable, Equatable {
    /// The categories of each column.
    public let columns: [ColumnCategories]
    /// Which category has no column.
    public let dropping: Dropping
    /// What is done with categories that were not learned.
    public let unknown: UnknownCategory

    public var inputColumns: [String] { columns.map(\.column) }

    /// The codes that have a column.
    private func codes(_ column: ColumnCategories) -> [Int] {
      let count = column.frequent.count + (column.rare.isEmpty ? 0 : 1)
      let drops = dropping == .first || dropping == .firstOfTwo && count == 2
      return Array((drops ? 1 : 0)..<count)
    }

    /// `column=category`, with `rare` for the group and `missing` for a missing value.
    public var outputColumns: [String] {
      columns.flatMap { column in
        codes(column).map { code in
          let name = code < column.frequent.count ? column.frequent[code] ?? "missing" : "rare"
          return "\(column.column)=\(name)"
        }
      }
    }

    /// - Throws: ``FitError`` of kind `table`.
    public func transform(_ frame: DataFrame) throws(FitError) -> Matrix {
      let width = outputColumns.count
      var scalars = [Double](repeating: 0, count: frame.rowCount * width)
      var start = 0
      for column in columns {
        let shown = codes(column)
        for (row, code) in try column.codes(frame, unknown).enumerated() {
          if let code, let place = shown.first.map({ code - $0 }), place >= 0 {
            scalars[row * width + start + place] = 1
          }
        }
        start += shown.count
      }
      return Matrix(scalars, shape: [frame.rowCount, width])
    }

    /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
    public init(from decoder: any Decoder) throws {
      let file = try decoder.container(keyedBy: CodingKeys.self)
      columns = try CategoryChecks.columns(file, .columns)
      dropping = try file.decode(Dropping.self, forKey: .dropping)
      unknown = try file.decode(UnknownCategory.self, forKey: .unknown)
    }

    init(columns: [ColumnCategories], dropping: Dropping, unknown: UnknownCategory) {
      self.columns = columns
      self.dropping = dropping
      self.unknown = unknown
    }
  }
}

/// Turns the categories of each column into numbers 0, 1, 2, … in their order; a missing value is NaN. (scikit-learn:
/// `OrdinalEncoder`)
///
/// For models that cut numbers, as trees do. A linear model would take the numbers for amounts: see ``OneHotEncoder``.
public struct OrdinalEncoder: UnsupervisedEstimator {
  /// What is done with categories that were not learned; `ignore` makes them NaN. (scikit-learn: `handle_unknown`)
  public var unknown: UnknownCategory
  /// - Parameter unknown: what is done with categories that were not learned.
  public init(unknown: UnknownCategory = .refuse) { self.unknown = unknown }

  /// - Parameter frame: the columns to encode, of any type.
  /// - Throws: ``FitError`` of kind `tooFewSamples` or `table`.
  public func fit(_ frame: DataFrame) throws(FitError) -> Model {
    try CategoryChecks.check(frame)
    return Model(columns: frame.columns.map { ColumnCategories($0) }, unknown: unknown)
  }

  /// What `OrdinalEncoder` has learned.
  public struct Model: TableTransformer, Codable, Equatable {
    /// The categories of each column, in the order of their numbers.
    public let columns: [ColumnCategories]
    /// What is done with categories that were not learned.
    public let unknown: UnknownCategory
    public var inputColumns: [String] { columns.map(\.column) }
    public var outputColumns: [String] { inputColumns }

    /// - Throws: ``FitError`` of kind `table`.
    public func transform(_ frame: DataFrame) throws(FitError) -> Matrix {
      var scalars = [Double](repeating: .nan, count: frame.rowCount * columns.count)
      for (place, column) in columns.enumerated() {
        for (row, code) in try column.codes(frame, unknown).enumerated() {
          if let code, column.categories[code] != nil { scalars[row * columns.count + place] = Double(code) }
        }
      }
      return Matrix(scalars, shape: [frame.rowCount, columns.count])
    }

    /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
    public init(from decoder: any Decoder) throws {
      let file = try decoder.container(keyedBy: CodingKeys.self)
      columns = try CategoryChecks.columns(file, .columns)
      unknown = try file.decode(UnknownCategory.self, forKey: .unknown)
    }

    init(columns: [ColumnCategories], unknown: UnknownCategory) {
      self.columns = columns
      self.unknown = unknown
    }
  }
}

/// Turns labels into numbers 0, 1, 2, … and back. (scikit-learn: `LabelEncoder`)
///
///     let coding = try LabelEncoder<String>().fit(["b", "a", "b"])
///     coding.classes                       // ["a", "b"]
///     try coding.transform(["b", "a"])     // [1, 0]
///
/// Classifiers take labels as they are; this is for code of your own.
public struct LabelEncoder<Label: Hashable & Sendable>: UnsupervisedEstimator {
  /// An encoder with nothing to choose.
  public init() {}

  /// - Throws: ``FitError`` of kind `tooFewSamples` when there is no label.
  public func fit(_ labels: [Label]) throws(FitError) -> Model {
    guard !labels.isEmpty else {
      throw FitError(.tooFewSamples, expected: "at least one label", found: "none", advice: "Give labels.")
    }
    return Model(classes: LabelCoding(labels).classes)
  }

  /// What `LabelEncoder` has learned.
  public struct Model: Transformer {
    /// The labels in the order of their numbers.
    public let classes: [Label]

    /// - Throws: ``FitError`` of kind `table` for a label that was not learned.
    public func transform(_ labels: [Label]) throws(FitError) -> [Int] {
      let places = Dictionary(classes.enumerated().map { ($1, $0) }) { first, _ in first }
      var codes: [Int] = []
      for label in labels {
        guard let code = places[label] else {
          throw FitError(.table, expected: "labels among \(classes)", found: "\(label)", advice: "Fit with it, too.")
        }
        codes.append(code)
      }
      return codes
    }

    /// - Throws: ``FitError`` of kind `table` for a number that no label has.
    public func inverseTransform(_ codes: [Int]) throws(FitError) -> [Label] {
      if let wrong = codes.first(where: { !classes.indices.contains($0) }) {
        throw FitError(
          .table, expected: "numbers from 0 to \(classes.count - 1)", found: "\(wrong)", advice: "Use its own numbers.")
      }
      return codes.map { classes[$0] }
    }
  }
}

extension LabelEncoder.Model: Encodable where Label: Encodable {}
extension LabelEncoder.Model: Decodable where Label: Decodable {}

enum CategoryChecks {
  static func check(_ frame: DataFrame) throws(FitError) {
    guard frame.rowCount > 0, !frame.columns.isEmpty else {
      throw FitError(
        .tooFewSamples, expected: "at least one row and one column",
        found: "\(frame.rowCount) rows, \(frame.columns.count) columns",
        advice: "Check the filter or the selection that left so few.")
    }
  }

  static func columns<Key>(_ file: KeyedDecodingContainer<Key>, _ key: Key) throws -> [ColumnCategories] {
    let columns = try file.decode([ColumnCategories].self, forKey: key)
    try ModelChecks.fits(!columns.isEmpty, file, key, "at least one column")
    for column in columns { try column.check(file) }
    return columns
  }
}
