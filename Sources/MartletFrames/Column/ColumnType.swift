/// The type of a column's values.
public struct ColumnType: Hashable, Sendable, CustomStringConvertible {
  /// What values become it, where the type alone does not tell.
  enum Reading: Hashable, Sendable {
    case usual
    case dates(format: String)
    case categories([String])
  }

  /// The name, as tables show it.
  public let description: String
  let reading: Reading

  private init(_ description: String, _ reading: Reading = .usual) {
    self.description = description
    self.reading = reading
  }

  /// Numbers with a fraction, in double precision.
  public static let double = ColumnType("Double")
  /// Numbers with a fraction, in single precision: about seven digits in four bytes.
  public static let float = ColumnType("Float")
  /// Whole numbers of 64 bits.
  public static let int = ColumnType("Int")
  /// Whole numbers of 32 bits.
  public static let int32 = ColumnType("Int32")
  /// True or false.
  public static let bool = ColumnType("Bool")
  /// Text. Each different one is kept once.
  public static let string = ColumnType("String")
  /// Instants, to the microsecond.
  public static let date = ColumnType("Date")
  /// One of a few names that have an order, see ``Category``; read from text, the names are in ascending order.
  public static let categorical = ColumnType("Categorical")
  /// A block of numbers in each row, such as a picture.
  public static let tensor = ColumnType("Tensor")

  /// Several values in each row, as many as there are.
  ///
  ///     schema: ["weights": .list(of: .double)]      // reads "[0.5, 1]"
  /// - Parameter element: ``double``, ``int`` or ``string``; other lists are refused where the type is used.
  public static func list(of element: ColumnType) -> ColumnType { ColumnType("[\(element)]") }

  /// Names in a given order: anything else is refused where the type is used.
  ///
  ///     schema: ["size": .categorical(["small", "medium", "large"])]
  public static func categorical(_ categories: [String]) -> ColumnType {
    ColumnType("Categorical", .categories(categories))
  }

  /// Dates that are written in another way than ISO 8601.
  ///
  ///     schema: ["paid": .date(format: "dd/MM/yyyy"), "seen": .date(format: "d MMM yy h:mm a")]
  /// - Parameter format: the letters of Unicode's date patterns: `yyyy` or `yy` (69 to 99 are of the 20th century), `MM`,
  ///   `M` or `MMM` for a month's name in English, `dd` or `d`, `HH`, `H`, `hh` or `h` with `a` for AM and PM, `mm`, `ss`,
  ///   `SSS` for a fraction of any length, `EEE` for a weekday (which is read over) and `Z` for an offset from UTC. A
  ///   single letter takes one or two digits, two letters exactly two. Other letters stand between apostrophes.
  public static func date(format: String) -> ColumnType { ColumnType("Date", .dates(format: format)) }

  /// The type alone, without what tells how to read it.
  var plain: ColumnType { ColumnType(description) }

  /// The type that a text file's values are read as before they become this one.
  var readAs: ColumnType {
    switch plain {
    case .float: .double
    case .int32: .int
    case .date: reading == .usual ? .date : .string
    case .double, .int, .bool: self
    default: .string
    }
  }
}
