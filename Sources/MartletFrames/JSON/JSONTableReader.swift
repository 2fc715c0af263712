internal import CMartletRuntime

/// Reads tables from JSON: an array of objects, an object of arrays, or an object on each line.
struct JSONTableReader {
  private var scanner: JSONScanner
  private let schema: [String: ColumnType]
  private let nested: JSONNesting
  private var columns: [JSONColumn] = []
  private var places: [[UInt8]: Int] = [:]
  private var rowCount = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ schema: [String: ColumnType], _ nested: JSONNesting) {
    scanner = JSONScanner(bytes)
    self.schema = schema
    self.nested = nested
  }

  /// An array of objects or an object of arrays.
  mutating func document() throws(JSONTableError) -> DataFrame {
    switch scanner.peek() {
    case UInt8(ascii: "["): try array()
    case UInt8(ascii: "{"): try object()
    default: throw scanner.unexpected("an array of objects, or an object of arrays")
    }
    guard scanner.peek() == 0, scanner.place >= scanner.bytes.count else {
      throw scanner.unexpected("the end; for an object on each line use jsonLines")
    }
    return try frame()
  }

  /// An object on each line, or at least one after the other.
  mutating func lines() throws(JSONTableError) -> DataFrame {
    while scanner.peek() != 0 { try row() }
    guard scanner.place >= scanner.bytes.count else { throw scanner.unexpected("an object") }
    return try frame()
  }

  private mutating func array() throws(JSONTableError) {
    scanner.place += 1
    if scanner.peek() == UInt8(ascii: "]") {
      scanner.place += 1
      return
    }
    while true {
      try row()
      if scanner.peek() != UInt8(ascii: ",") { break }
      scanner.place += 1
    }
    try scanner.expect(UInt8(ascii: "]"), "',' or ']'")
  }

  private mutating func row() throws(JSONTableError) {
    martlet_poll()
    guard scanner.peek() == UInt8(ascii: "{") else { throw scanner.unexpected("an object for each row") }
    scanner.place += 1
    if scanner.peek() == UInt8(ascii: "}") {
      scanner.place += 1
    } else {
      while true {
        _ = scanner.peek()
        let start = scanner.place
        let column = try column()
        guard columns[column].values.count <= rowCount else {
          throw scanner.problem(.shape, "the key '\(columns[column].name)' stands twice in one row.", at: start)
        }
        columns[column].appendMissing(upTo: rowCount)
        try columns[column].read(&scanner, nested)
        if scanner.peek() != UInt8(ascii: ",") { break }
        scanner.place += 1
      }
      try scanner.expect(UInt8(ascii: "}"), "',' or '}'")
    }
    rowCount += 1
  }

  /// The column of the key that is next.
  private mutating func column(missing: Int? = nil) throws(JSONTableError) -> Int {
    let key = try scanner.string()
    try scanner.expect(UInt8(ascii: ":"), "':'")
    if let place = places[key] { return place }
    guard let name = String(validating: key, as: UTF8.self) else {
      throw scanner.problem(.syntax, "a key that is not UTF-8.")
    }
    places[key] = columns.count
    columns.append(JSONColumn(name: name, wanted: schema[name], missing: missing ?? rowCount))
    return columns.count - 1
  }

  private mutating func object() throws(JSONTableError) {
    scanner.place += 1
    if scanner.peek() == UInt8(ascii: "}") {
      scanner.place += 1
      return
    }
    while true {
      _ = scanner.peek()
      let start = scanner.place
      let known = columns.count
      let column = try column(missing: 0)
      guard column == known else {
        throw scanner.problem(.shape, "the key '\(columns[column].name)' stands twice.", at: start)
      }
      try values(of: column)
      if column == 0 { rowCount = columns[0].values.count }
      guard columns[column].values.count == rowCount else {
        throw scanner.problem(
          .shape,
          "'\(columns[column].name)' has \(columns[column].values.count) values where '\(columns[0].name)' has \(rowCount).",
          at: start)
      }
      if scanner.peek() != UInt8(ascii: ",") { break }
      scanner.place += 1
    }
    try scanner.expect(UInt8(ascii: "}"), "',' or '}'")
  }

  private mutating func values(of column: Int) throws(JSONTableError) {
    guard scanner.peek() == UInt8(ascii: "[") else {
      throw scanner.problem(
        .shape, "'\(columns[column].name)' should be an array; a table is an array of objects or an object of arrays.")
    }
    scanner.place += 1
    if scanner.peek() == UInt8(ascii: "]") {
      scanner.place += 1
      return
    }
    while true {
      martlet_poll()
      try columns[column].read(&scanner, nested)
      if scanner.peek() != UInt8(ascii: ",") { break }
      scanner.place += 1
    }
    try scanner.expect(UInt8(ascii: "]"), "',' or ']'")
  }

  private mutating func frame() throws(JSONTableError) -> DataFrame {
    if let unknown = schema.keys.sorted().first(where: { places[Array($0.utf8)] == nil }), rowCount > 0 {
      let problem = FrameError.unknownColumn(unknown, in: columns.map(\.name))
      throw JSONTableError(.shape, "the schema does not fit: \(problem.description)")
    }
    var finished: [AnyColumn] = []
    for column in columns.indices {
      columns[column].appendMissing(upTo: rowCount)
      finished.append(try columns[column].column())
    }
    do throws(FrameError) {
      return try DataFrame(finished)
    } catch {
      throw JSONTableError(.shape, error.description)
    }
  }
}
