/// A column's name together with its type, for code that asks frames for it more than once.
///
///     let age = ColumnID("age", Double.self)
///     try passengers[age].mean()
///     try crew[age].max()
public struct ColumnID<Element: ColumnElement>: Hashable, Sendable {
  /// The column's name.
  public let name: String

  /// - Parameter type: the type of the column's values.
  public init(_ name: String, _ type: Element.Type = Element.self) { self.name = name }
}

extension DataFrame {
  /// The column of a name and a type.
  /// - Throws: ``FrameError`` of kind `unknownColumn` or `type`.
  public subscript<Element>(_ column: ColumnID<Element>) -> Column<Element> {
    get throws(FrameError) { try self[column.name, Element.self] }
  }
}
