import Foundation

extension DataFrame {
  /// One row of a frame.
  ///
  /// Names are trusted: one that the frame does not have stops the cell and says which was probably meant.
  public struct Row: Sendable {
    let frame: DataFrame
    /// Which row of the frame it is, from 0.
    public let index: Int

    /// The value in a column; `nil` when it is missing. Stops the cell when the column holds another type.
    public subscript<Element: ColumnElement>(_ name: String, _ type: Element.Type) -> Element? {
      do { return try frame[name, type][index] } catch { fatalError(error.description) }
    }

    /// The number in a column of numbers, or of `Bool` as 0 and 1; `nil` when it is missing.
    public func number(_ name: String) -> Double? {
      let column = frame[name]
      switch column.content {
      case .double(let column): return column[index]
      case .int(let column): return column[index].map(Double.init)
      case .float(let column): return column[index].map(Double.init)
      case .int32(let column): return column[index].map(Double.init)
      case .bool(let column): return column[index].map { $0 ? 1 : 0 }
      default: fatalError(FrameError.wrongType(name, expected: .double, found: column.type).description)
      }
    }

    /// The text in a `String` column, or the name in one of categories; `nil` when it is missing.
    public func text(_ name: String) -> String? {
      if case .categorical(let column) = frame[name].content { return column[index]?.name }
      return self[name, String.self]
    }

    /// The date in a `Date` column; `nil` when it is missing.
    public func date(_ name: String) -> Date? { self[name, Date.self] }
  }

  /// Every row, in order.
  public var rows: [Row] { (0..<rowCount).map { Row(frame: self, index: $0) } }
}

extension DataFrame.Row: CustomStringConvertible {
  /// The row's values with their names.
  public var description: String {
    let place = RowIndex([Int32(index)])
    return frame.columns.map { "\($0.name): \($0.taking(place).texts()[0] ?? "missing")" }.joined(separator: ", ")
  }
}
