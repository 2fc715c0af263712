import MartletDisplay

/// One value for every row of a mark: where it stands, how it is coloured, what it says.
public struct PlotColumn: Sendable, Hashable {
  /// The values, by the kind of scale that they need.
  enum Values: Sendable, Hashable {
    /// Quantities; a missing one is NaN.
    case numbers([Double])
    /// Dates and times, in seconds since the start of 1970 in UTC; a missing one is NaN.
    case instants([Double])
    /// Names; a missing one is `nil`.
    case categories([String?])
  }

  /// What axes and legends call the column; `nil` for plain arrays.
  public var name: String?
  var values: Values
  /// Whether the one value stands for every row.
  var isConstant = false
  /// Whether the quantities are of a type that has no fractions.
  var isWhole = false
  /// The names in an order of their own, which axes, legends and panels keep; else they stand in order of appearance.
  var order: [String]?

  /// Quantities; `nil`, NaN and infinities are left out of the picture and counted in a note.
  public init(numbers: [Double?], name: String? = nil) {
    self.init(.numbers(numbers.map { $0 ?? .nan }), name: name)
  }

  /// Dates and times, in seconds since the start of 1970 in UTC; missing ones are left out and counted in a note.
  public init(instants: [Double?], name: String? = nil) {
    self.init(.instants(instants.map { $0 ?? .nan }), name: name)
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
    case .numbers(let numbers), .instants(let numbers): numbers.count
    case .categories(let names): names.count
    }
  }

  /// Whether the values have places on a continuous axis: quantities, and dates.
  var isNumeric: Bool { if case .categories = values { false } else { true } }
  /// Whether the values are dates.
  var isTime: Bool { if case .instants = values { true } else { false } }

  /// The value of one row; `missing` for what cannot be drawn.
  subscript(row: Int) -> PlotValue {
    let row = isConstant ? 0 : row
    switch values {
    case .numbers(let numbers): return numbers[row].isFinite ? .number(numbers[row]) : .missing
    case .instants(let instants): return instants[row].isFinite ? .instant(instants[row]) : .missing
    case .categories(let names): return names[row].map { .category($0) } ?? .missing
    }
  }

  /// A number as a reader sees it in this column: a quantity, or a date.
  func text(_ number: Double) -> String { isTime ? InstantText.short(number) : NumberText.short(number) }

  /// Every row as a reader sees it; an empty text where there is nothing.
  var texts: [String] { (0..<count).map { self[$0].text ?? "" } }

  /// The names that occur, each once: in the column's own order, else in order of appearance.
  var namesInOrder: [String] {
    guard case .categories(let names) = values else { return [] }
    let present = names.compactMap(\.self).removingDuplicates()
    guard let order else { return present }
    let known = Set(order)
    let there = Set(present)
    return order.filter(there.contains) + present.filter { !known.contains($0) }
  }

  /// The same rows with every value as a name.
  var asCategories: PlotColumn {
    guard isNumeric else { return self }
    return PlotColumn(.categories((0..<count).map { self[$0].text }), name: name, isConstant: isConstant)
  }

  /// Some of the rows, in that order; a constant stays what it is.
  func rows(_ rows: [Int]) -> PlotColumn {
    if isConstant { return self }
    let values: Values =
      switch values {
      case .numbers(let numbers): .numbers(rows.map { numbers[$0] })
      case .instants(let instants): .instants(rows.map { instants[$0] })
      case .categories(let names): .categories(rows.map { names[$0] })
      }
    var part = PlotColumn(values, name: name)
    part.isWhole = isWhole
    part.order = order
    return part
  }
}

/// One value of a column.
public enum PlotValue: Sendable, Hashable {
  /// A finite quantity.
  case number(Double)
  /// A date or time, in seconds since the start of 1970 in UTC.
  case instant(Double)
  /// The name of a group.
  case category(String)
  /// Nothing, or a number that is not finite.
  case missing

  /// The quantity, or the seconds of an instant.
  var number: Double? {
    switch self {
    case .number(let number), .instant(let number): number
    case .category, .missing: nil
    }
  }

  /// The value as a reader sees it.
  var text: String? {
    switch self {
    case .number(let number): NumberText.short(number)
    case .instant(let seconds): InstantText.short(seconds)
    case .category(let name): name
    case .missing: nil
    }
  }
}
