/// One of a few names that have an order: sizes, grades, months.
///
///     let size = try Column("size", ["M", "S", nil], categories: ["S", "M", "L"])
///     size.categories                                  // ["S", "M", "L"]
///     size.codes                                       // [1, 0, nil]
///     try frame.sorted(by: "size")                     // S before M before L, as do groups and plots
///     try frame.filter(category("size") >= "M")
///
/// A category knows its name and its place in the order of its column; those of two columns are the same where both are.
public struct Category: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// What it is called.
  public let name: String
  /// Its place among the column's categories, from 0.
  public let code: Int

  /// The name.
  public var description: String { name }

  /// By the place in the column's order.
  public static func < (a: Category, b: Category) -> Bool { (a.code, a.name) < (b.code, b.name) }
}

extension Column where Element == Category {
  /// A column of names that have an order.
  ///
  ///     try Column("size", ["M", "S", nil], categories: ["S", "M", "L"])
  /// - Parameters:
  ///   - values: a name for each row; `nil` where there is none.
  ///   - categories: every name that a row may have, the least first; without them the names that occur, in ascending order.
  /// - Throws: ``FrameError`` of kind `type` with the first name that is none of the categories, or `parameter` where one
  ///   is named twice.
  @_disfavoredOverload
  public init(_ name: String, _ values: [String?], categories: [String]? = nil) throws(FrameError) {
    self = try Column<String>(name, values).categorized(categories)
  }

  /// Every name that a row may have, the least first.
  public var categories: [String] { storage.texts.pool.texts }

  /// Each row's place among the ``categories``; `nil` where it has none.
  public var codes: [Int?] { indices.map { validity[$0] ? Int(storage.texts.codes[$0]) : nil } }

  /// The same names as text.
  public var names: Column<String> {
    let codes = storage.texts.codes
    // A text column's codes point to a text even where none is there.
    let pool = storage.texts.pool.count == 0 && !codes.isEmpty ? TextPool.blank : storage.texts.pool
    return Column<String>(name: name, storage: DictionaryColumnStorage(codes: codes, pool: pool), validity: validity)
  }
}

extension Column where Element == String {
  /// The same names as categories in an order, or in ascending order of those that occur.
  func categorized(_ wanted: [String]?) throws(FrameError) -> Column<Category> {
    let categories = wanted ?? distinct
    let (pool, _) = TextPool.merging(categories)
    guard pool.count == categories.count else {
      let twice = categories.first { name in categories.count { $0 == name } > 1 } ?? ""
      throw .parameter(
        "'\(twice)' is named twice among the categories of '\(self.name)'; each has one place in the order.")
    }
    let numbers = Dictionary(uniqueKeysWithValues: categories.enumerated().map { ($1, Int32($0)) })
    let translation = storage.pool.texts.map { numbers[$0] }
    let codes = storage.codes
    if let row = indices.first(where: { validity[$0] && translation[Int(codes[$0])] == nil }) {
      throw .notACategory(storage[row], name, row: row, among: categories)
    }
    let translated = codes.map { translation.isEmpty ? 0 : translation[Int($0)] ?? 0 }
    return Column<Category>(
      name: name, storage: CategoryColumnStorage(DictionaryColumnStorage(codes: translated, pool: pool)),
      validity: validity)
  }
}

extension AnyColumn {
  /// The names that a column of type ``ColumnType/categorical`` may have, the least first; `nil` for any other column.
  public var categories: [String]? {
    if case .categorical(let column) = content { column.categories } else { nil }
  }
}

extension Category: ColumnElement {
  public typealias Storage = CategoryColumnStorage
  public static var columnType: ColumnType { .categorical }
  public static func _erase(_ column: Column<Category>) -> AnyColumn { AnyColumn(.categorical(column)) }
  public static func _restore(_ column: AnyColumn) -> Column<Category>? {
    if case .categorical(let column) = column.content { return column }
    return nil
  }
}
