extension DataFrame {
  /// The rows of several frames, one below the other.
  ///
  ///     try DataFrame.concatenating([january, february])
  ///
  /// The frames have the same columns, in any order; the first frame's order is kept. A column that no frame but some
  /// have is refused unless `fillsMissing` is true, and then has no values in the others' rows.
  /// - Throws: ``FrameError`` of kind `unknownColumn`, or `type` where a column's types or categories differ.
  public static func concatenating(_ frames: [DataFrame], fillsMissing: Bool = false) throws(FrameError) -> DataFrame {
    guard let first = frames.first(where: { !$0.columns.isEmpty }) else { return try DataFrame([AnyColumn]()) }
    let frames = frames.filter { !$0.columns.isEmpty }
    var names = first.columnNames
    if fillsMissing {
      for frame in frames { names += frame.columnNames.filter { !names.contains($0) } }
    }
    var columns: [AnyColumn] = []
    for frame in frames {
      if let extra = frame.columnNames.first(where: { !names.contains($0) }) {
        throw .unknownColumn(extra, in: names)
      }
    }
    for name in names {
      let type = frames.lazy.compactMap { try? $0.column(name).type }.first ?? .string
      var parts: [AnyColumn] = []
      for frame in frames {
        if fillsMissing && !frame.columnNames.contains(name) {
          parts.append(.allMissing(name, type, count: frame.rowCount))
          continue
        }
        let part = try frame.column(name)
        guard part.type == type else { throw .wrongType(name, expected: type, found: part.type) }
        if let known = parts.lazy.compactMap(\.categories).first(where: { !$0.isEmpty }), let found = part.categories,
          !found.isEmpty, found != known
        {
          throw .categories(name, known, found)
        }
        parts.append(part)
      }
      columns.append(AnyColumn.concatenating(parts))
    }
    return DataFrame(fitting: columns, rowCount: frames.reduce(0) { $0 + $1.rowCount })
  }

  /// This frame's rows, then those of another one with the same columns.
  /// - Throws: ``FrameError`` of kind `unknownColumn` or `type`.
  public func appending(_ other: DataFrame) throws(FrameError) -> DataFrame {
    try DataFrame.concatenating([self, other])
  }
}
