extension DataFrame {
  /// The rows in which none of the named columns (without names: no column at all) is missing a value.
  /// - Throws: ``FrameError`` of kind `unknownColumn`.
  public func droppingMissing(_ names: String...) throws(FrameError) -> DataFrame {
    let needed = try select(names.isEmpty ? columnNames : names).columns
    let validity = needed.reduce(ValidityBitmap(allValid: rowCount)) { $0.intersection($1.validity) }
    guard validity.hasMissing else { return self }
    return taking(RowIndex((0..<rowCount).filter { validity[$0] }))
  }

  /// The columns in which no value is missing.
  public func droppingIncompleteColumns() -> DataFrame { selecting { $0.missingCount == 0 } }

  /// Where the values come from that take the places of missing ones.
  public struct Filling: Sendable {
    enum Method: Sendable {
      case number(Double)
      case whole(Int)
      case text(String)
      case truth(Bool)
      case forward, backward, mean, median, mode, interpolated
    }
    let method: Method
    /// A whole number.
    public static func value(_ value: Int) -> Filling { Filling(method: .whole(value)) }
    /// A number; not for columns of `Int`, which it would turn into another type.
    public static func value(_ value: Double) -> Filling { Filling(method: .number(value)) }
    /// A text, or one of a column's categories.
    public static func value(_ value: String) -> Filling { Filling(method: .text(value)) }
    /// A truth value.
    public static func value(_ value: Bool) -> Filling { Filling(method: .truth(value)) }
    /// The last value before.
    public static let forward = Filling(method: .forward)
    /// The next value after.
    public static let backward = Filling(method: .backward)
    /// The mean of those that are there; for columns of `Double` or `Float`.
    public static let mean = Filling(method: .mean)
    /// The median of those that are there; for columns of `Double` or `Float`.
    public static let median = Filling(method: .median)
    /// The most frequent value; of several the smallest.
    public static let mode = Filling(method: .mode)
    /// On the line between the value before and the one after, by rows; not beyond the first and the last. For columns
    /// of `Double` or `Float`.
    public static let interpolated = Filling(method: .interpolated)
  }

  /// The frame with the missing values of a column filled. The column's type stays what it is.
  ///
  ///     try df.fillingMissing("age", .median)
  ///     try df.fillingMissing("port", .value("unknown"))
  /// - Throws: ``FrameError`` of kind `unknownColumn`, or `type` where the filling is of another type than the column.
  public func fillingMissing(_ name: String, _ filling: Filling) throws(FrameError) -> DataFrame {
    let column = try column(name)
    guard column.validity.hasMissing else {
      // Whether a filling suits a column does not depend on whether there is anything to fill.
      _ = try MissingFiller.filled(column, filling.method)
      return self
    }
    return try adding(try MissingFiller.filled(column, filling.method))
  }
}
