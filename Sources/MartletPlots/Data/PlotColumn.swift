import MartletDisplay

/// One value for every row of a mark: where it stands, how it is coloured, what it says.
public struct PlotColumn: Sendable, Hashable {
  /// The values, by the kind of scale that they need.
  enum Values: Sendable, Hashable {
    /// Quantities; a missing one is NaN.
    case numbers([Double])
    /// Names; a missing one is `nil`.
    case categories([String?])
  }

  /// What axes and legends call the column; `nil` for plain arrays.
  public var name: String?
  var values: Values
  /// Whether the one value stands for every row.
  var isConstant = false

  /// Quantities; `nil`, NaN and infinities are left out of the picture and counted in a note.
  public init(numbers: [Double?], name: String? = nil) {
    self.init(.numbers(numbers.map { $0 ?? .nan }), name: name)
  }

  /// Names of groups; rows with `nil` are left out of the picture and counted in a note.
  public init(categories: [String?], name: String? = nil) {
    self.init(.categories(categories), name: name)
  }

  init(_ values: Values, name: String? = nil, isConstant: Bool = false) {
    self.values = values
    self.name = name
    self.isConstant = isConstant
  }

  /// How many rows there are.
  public var count: Int {
    switch values {
    case .numbers(let numbers): numbers.count
    case .categories(let names): names.count
    }
  }

  var isNumeric: Bool { if case .numbers = values { true } else { false } }

  /// The value of one row; `missing` for what cannot be drawn.
  subscript(row: Int) -> PlotValue {
    let row = isConstant ? 0 : row
    switch values {
    case .numbers(let numbers): return numbers[row].isFinite ? .number(numbers[row]) : .missing
    case .categories(let names): return names[row].map { .category($0) } ?? .missing
    }
  }

  /// Every row as a reader sees it; an empty text where there is nothing.
  var texts: [String] { (0..<count).map { self[$0].text ?? "" } }

  /// The same rows with every value as a name.
  var asCategories: PlotColumn {
    guard case .numbers(let numbers) = values else { return self }
    let names = numbers.map { $0.isFinite ? NumberText.short($0) : nil }
    return PlotColumn(.categories(names), name: name, isConstant: isConstant)
  }
}

/// One value of a column.
public enum PlotValue: Sendable, Hashable {
  /// A finite quantity.
  case number(Double)
  /// The name of a group.
  case category(String)
  /// Nothing, or a number that is not finite.
  case missing

  var number: Double? { if case .number(let number) = self { number } else { nil } }

  /// The value as a reader sees it.
  var text: String? {
    switch self {
    case .number(let number): NumberText.short(number)
    case .category(let name): name
    case .missing: nil
    }
  }
}
