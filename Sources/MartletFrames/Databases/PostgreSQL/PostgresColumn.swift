/// One column of a result, which the server sends as texts.
struct PostgresColumn {
  private let library: PostgresLibrary
  private let result: OpaquePointer
  private let column: CInt
  private let name: String
  private let rowCount: Int

  init(_ library: PostgresLibrary, _ result: OpaquePointer, _ column: CInt) {
    self.library = library
    self.result = result
    self.column = column
    name = library.columnName(result, column).map { String(cString: $0) } ?? "column\(column + 1)"
    rowCount = Int(library.rowCount(result))
  }

  /// The numbers by which PostgreSQL knows its types.
  func read() throws(DatabaseError) -> AnyColumn {
    let validity = ValidityBitmap((0..<rowCount).map { library.isNull(result, CInt($0), column) == 0 })
    switch library.columnType(result, column) {
    case 20, 21, 23, 26:
      return .ints(name, try values(validity, 0, "a whole number") { NumberParser.int($0, $1) }, validity)
    case 700, 701, 1700:
      return .doubles(name, try values(validity, 0, "a number") { NumberParser.double($0, $1) }, validity)
    case 16:
      return .bools(
        name, try values(validity, false, "a truth value") { $1 == 1 ? $0[0] == UInt8(ascii: "t") : nil }, validity)
    case 1082, 1114, 1184: return .ticks(name, try values(validity, 0, "a date") { DateParser.ticks($0, $1) }, validity)
    default:
      let table = TextTable()
      let codes = (0..<rowCount).map { row in validity[row] ? bytes(row) { table.code(for: $0, $1) } : 0 }
      if table.count == 0 && rowCount > 0 { _ = table.code(for: "") }
      return .texts(name, codes, table.pool(), validity)
    }
  }

  private func bytes<Value>(_ row: Int, _ read: (UnsafePointer<UInt8>, Int) -> Value) -> Value {
    let count = Int(library.length(result, CInt(row), column))
    return library.value(result, CInt(row), column).withMemoryRebound(to: UInt8.self, capacity: count + 1) {
      read($0, count)
    }
  }

  private func values<Value>(
    _ validity: ValidityBitmap, _ blank: Value, _ wanted: String, _ parse: (UnsafePointer<UInt8>, Int) -> Value?
  ) throws(DatabaseError) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(rowCount)
    for row in 0..<rowCount {
      guard validity[row] else {
        values.append(blank)
        continue
      }
      guard let value = bytes(row, parse) else {
        let text = bytes(row) { String(decoding: UnsafeBufferPointer(start: $0, count: $1), as: UTF8.self) }
        throw DatabaseError(
          .type,
          "Column '\(name)' has in row \(row) '\(text)', which is not \(wanted) that a frame holds. Cast it to text.")
      }
      values.append(value)
    }
    return values
  }
}
