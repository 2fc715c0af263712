/// Fills the places of missing values.
enum MissingFiller {
  static func filled(_ column: AnyColumn, _ method: DataFrame.Filling.Method) throws(FrameError) -> AnyColumn {
    switch method {
    case .whole(let value): return try replaced(column, AnyColumn(Column(column.name, [value])))
    case .number(let value): return try replaced(column, AnyColumn(Column(column.name, [value])))
    case .text(let value): return try replaced(column, AnyColumn(Column(column.name, [value])))
    case .truth(let value): return try replaced(column, AnyColumn(Column(column.name, [value])))
    case .forward: return column.taking(nearest(column, isForward: true))
    case .backward: return column.taking(nearest(column, isForward: false))
    case .mode: return column.taking(mode(column))
    case .mean:
      let mean = try fractions(column).mean()
      return mean.isNaN && column.missingCount == column.count
        ? column : try replaced(column, AnyColumn(Column(column.name, [mean])))
    case .median:
      let present = try fractions(column)
      return present.present.isEmpty ? column : try replaced(column, AnyColumn(Column(column.name, [present.median()])))
    case .interpolated: return try AnyColumn(interpolated(try fractions(column))).converted(to: column.type)
    }
  }

  private static func fractions(_ column: AnyColumn) throws(FrameError) -> Column<Double> {
    guard case .double(let doubles) = column.type == .float ? column.widened.content : column.content else {
      throw FrameError(
        kind: .type,
        description: """
          Column '\(column.name)' holds \(column.type); a mean, median or interpolated value is a Double. Make the column \
          one first: df.adding("\(column.name)", col("\(column.name)").asDouble()).
          """)
    }
    return doubles
  }

  /// The value fits where nothing of it changes: a whole number in a column of fractions, a name among the categories.
  private static func replaced(_ column: AnyColumn, _ value: AnyColumn) throws(FrameError) -> AnyColumn {
    var value = value
    switch (column.type, value.type) {
    case (.double, .int), (.float, .int), (.float, .double), (.int32, .int):
      value = try value.converted(to: column.type)
    case (.categorical, .string): value = try value.converted(to: .categorical(column.categories ?? []))
    default:
      guard column.type == value.type else {
        throw .wrongType(column.name, expected: value.type, found: column.type)
      }
    }
    let last = Int32(column.count)
    let rows = (0..<column.count).map { column.isPresent($0) ? Int32($0) : last }
    return AnyColumn.concatenating([column, value]).taking(RowIndex(rows))
  }

  /// For each row the nearest one with a value, looking back or ahead.
  private static func nearest(_ column: AnyColumn, isForward: Bool) -> RowIndex {
    var rows = [Int32](repeating: -1, count: column.count)
    var last: Int32 = -1
    for step in 0..<column.count {
      let row = isForward ? step : column.count - 1 - step
      if column.isPresent(row) { last = Int32(row) }
      rows[row] = last
    }
    return RowIndex(rows, mayBeAbsent: true)
  }

  private static func mode(_ column: AnyColumn) -> RowIndex {
    let groups = RowGroups(by: [column], rowCount: column.count)
    let sizes = groups.sizes()
    var best = -1
    for group in 0..<groups.count where column.isPresent(Int(groups.firstRows[group])) {
      if best < 0 || sizes[group] > sizes[best] { best = group }
    }
    let mode = best < 0 ? -1 : groups.firstRows[best]
    return RowIndex((0..<column.count).map { column.isPresent($0) ? Int32($0) : mode }, mayBeAbsent: true)
  }

  private static func interpolated(_ column: Column<Double>) -> Column<Double> {
    var values: [Double?] = Array(column)
    var last: Int?
    for row in column.indices where column.validity[row] {
      if let last, row > last + 1 {
        let (from, to) = (column.storage[last], column.storage[row])
        for between in last + 1..<row {
          values[between] = from + (to - from) * Double(between - last) / Double(row - last)
        }
      }
      last = row
    }
    return Column(column.name, values)
  }
}
