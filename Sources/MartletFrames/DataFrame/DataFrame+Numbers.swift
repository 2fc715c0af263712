extension DataFrame {
  /// The numbers of a `Double`, `Int` or `Bool` column (false is 0, true is 1), of which none may be missing.
  ///
  ///     try iris.numbers("petalLength")      // [1.4, 1.4, 1.3, …]
  ///
  /// For columns with missing values see ``AnyColumn/numbers()``.
  /// - Throws: ``FrameError`` of kind `unknownColumn`, `type` for a column of text or dates, or `missingValues`.
  public func numbers(_ name: String) throws(FrameError) -> [Double] {
    let column = try column(name)
    let numbers = try column.numbers()
    guard let place = numbers.firstIndex(of: nil) else { return numbers.map { $0 ?? .nan } }
    throw .missingValues(name, count: column.missingCount, first: place)
  }
}
