import MartletFrames
import MartletNumerics

/// A field of the rows that a served model is asked about.
///
///     .number("age")
///     .text("sex", categories: ["female", "male"])
///     .number("age").optional()
public struct ServedFeature: Sendable, Equatable {
  /// What a field holds.
  public struct Kind: Hashable, Sendable, CustomStringConvertible {
    /// The kind's name in a JSON schema.
    public let description: String
    /// Numbers.
    public static let number = Kind(description: "number")
    /// Whole numbers.
    public static let whole = Kind(description: "integer")
    /// Texts.
    public static let text = Kind(description: "string")
    /// True or false.
    public static let truth = Kind(description: "boolean")
  }

  /// The field's name.
  public let name: String
  /// What it holds.
  public let kind: Kind
  /// The only texts that it may hold; `nil` for any.
  public let categories: [String]?
  /// Whether it may be absent or null, for a missing value.
  public private(set) var isOptional = false

  init(_ name: String, _ kind: Kind, categories: [String]? = nil) {
    self.name = name
    self.kind = kind
    self.categories = categories
  }

  /// A field of numbers.
  public static func number(_ name: String) -> ServedFeature { ServedFeature(name, .number) }
  /// A field of whole numbers.
  public static func whole(_ name: String) -> ServedFeature { ServedFeature(name, .whole) }
  /// A field of texts, of these alone where they are given.
  public static func text(_ name: String, categories: [String]? = nil) -> ServedFeature {
    ServedFeature(name, .text, categories: categories)
  }
  /// A field that is true or false.
  public static func truth(_ name: String) -> ServedFeature { ServedFeature(name, .truth) }

  /// The same field, which may be absent or null.
  public func optional() -> ServedFeature {
    var copy = self
    copy.isOptional = true
    return copy
  }

  /// So many different texts at most are taken for categories.
  static let mostCategories = 100

  /// A field like a column: of its type; a column with missing values makes it optional. Up to 100 different texts that
  /// occur more than once on average are categories, and the field may hold no others.
  init(like column: AnyColumn) throws(ServerError) {
    let kind: Kind
    switch column.type {
    case .double: kind = .number
    case .int: kind = .whole
    case .bool: kind = .truth
    case .string: kind = .text
    default:
      throw ServerError(
        .features,
        "Column '\(column.name)' is of \(column.type); numbers, texts and truth values can be served. Make numbers of it."
      )
    }
    var categories: [String]?
    if kind == .text {
      let different = Set(column.texts().compactMap { $0 })
      if different.count <= Self.mostCategories, different.count * 2 <= column.count { categories = different.sorted() }
    }
    self.init(column.name, kind, categories: categories)
    isOptional = column.missingCount > 0
  }

  /// What is wrong with a value for this field; `nil` when nothing is.
  func problem(_ value: JSONTree) -> String? {
    switch (kind, value) {
    case (_, .null): return isOptional ? nil : "Expected \(expected); found null."
    case (.number, .number), (.number, .whole), (.truth, .bool): return nil
    case (.whole, .whole), (.whole, .number):
      return value.whole == nil ? "Expected a whole number; found \(value.json)." : nil
    case (.text, .text(let text)):
      guard let categories, !categories.contains(text) else { return nil }
      let known = categories.prefix(8).joined(separator: ", ") + (categories.count > 8 ? ", …" : "")
      return "Expected one of \(known); found '\(text.prefix(40))'."
    default: return "Expected \(expected); found \(value.kind)."
    }
  }

  private var expected: String {
    switch kind {
    case .number: "a number"
    case .whole: "a whole number"
    case .truth: "true or false"
    default: "a text"
    }
  }

  /// The field as a part of a JSON schema.
  var schema: JSONTree {
    let type = JSONTree.text(kind.description)
    var members = [(key: "type", value: isOptional ? JSONTree.list([type, .text("null")]) : type)]
    if let categories { members.append(("enum", .list(categories.map(JSONTree.text) + (isOptional ? [.null] : [])))) }
    return .members(members)
  }

  /// A column of values that have been checked.
  func column(_ values: [JSONTree]) -> AnyColumn {
    switch kind {
    case .number: AnyColumn(Column(name, values.map(\.number)))
    case .whole: AnyColumn(Column(name, values.map(\.whole)))
    case .truth: AnyColumn(Column(name, values.map(\.bool)))
    default: AnyColumn(Column(name, values.map(\.text)))
    }
  }
}
