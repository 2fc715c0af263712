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
    let sorted: [String]
    if let order = column.categories {
      sorted = order.filter { counts[$0] != nil }
    } else if column.type == .string {
      sorted = present.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    } else {
      sorted = present.sorted { (Double($0) ?? 0, $0) < (Double($1) ?? 0, $1) }
    }
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
