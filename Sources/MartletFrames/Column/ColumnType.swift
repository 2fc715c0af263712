/// The type of a column's values.
public struct ColumnType: Hashable, Sendable, CustomStringConvertible {
  /// The name, as tables show it.
  public let description: String
  /// Numbers with a fraction, in double precision.
  public static let double = ColumnType(description: "Double")
  /// Whole numbers of 64 bits.
  public static let int = ColumnType(description: "Int")
  /// True or false.
  public static let bool = ColumnType(description: "Bool")
  /// Text. Each different one is kept once.
  public static let string = ColumnType(description: "String")
  /// Instants, to the microsecond.
  public static let date = ColumnType(description: "Date")
}
