/// The values of one key, as they are read.
struct JSONColumn {
  let name: String
  /// The type that values are read as to become the one that was asked for.
  let wanted: ColumnType?
  /// The type that was asked for.
  private let asked: ColumnType?
  private(set) var values: GrowingColumn

  init(name: String, wanted: ColumnType?, missing: Int) {
    self.name = name
    self.wanted = wanted?.readAs == .date ? .string : wanted?.readAs
    asked = wanted
    values = GrowingColumn(missing: missing)
  }

  mutating func appendMissing(upTo count: Int) { while values.count < count { values.appendMissing() } }

  mutating func read(_ scanner: inout JSONScanner, _ nested: JSONNesting) throws(JSONTableError) {
    let byte = scanner.peek()
    let start = scanner.place
    do throws(GrowingColumn.Mismatch) {
      switch byte {
      case 34: try append(text: try Self.caught { () throws(JSONTableError) in try scanner.string() })
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        let range = try Self.caught { () throws(JSONTableError) in try scanner.skipValue() }
        guard nested == .asText || asked?.holdsArrays == true else {
          throw GrowingColumn.Mismatch(
            description:
              "an object or array, which a column does not hold. Give a list's type, .list(of: .double); nested: .asText keeps the JSON text"
          )
        }
        try append(text: Array(scanner.bytes[range]))
      default:
        if scanner.skip("null") {
          values.appendMissing()
        } else if scanner.skip("true") {
          if wanted == .string { try append(text: Array("true".utf8)) } else { try values.append(true) }
        } else if scanner.skip("false") {
          if wanted == .string { try append(text: Array("false".utf8)) } else { try values.append(false) }
        } else {
          let range = try Self.caught { () throws(JSONTableError) in try scanner.number() }
          try append(number: scanner.bytes.baseAddress! + range.lowerBound, range.count)  // a number has bytes
        }
      }
    } catch {
      if let problem = error.problem { throw problem }
      throw scanner.problem(
        .type, "'\(name)' has \(error.description). Give its type: schema: [\"\(name)\": .string]", at: start)
    }
    if let wanted, let type = values.type, type != wanted {
      throw scanner.problem(.type, "'\(name)' should hold \(asked ?? wanted); found \(type).", at: start)
    }
  }

  private mutating func append(text: [UInt8]) throws(GrowingColumn.Mismatch) {
    try text.withUnsafeBufferPointer { bytes throws(GrowingColumn.Mismatch) in
      // An empty text has no address, and none of its bytes is read.
      try values.append(text: bytes.baseAddress ?? UnsafePointer(bitPattern: 1)!, bytes.count)
    }
  }

  private mutating func append(number bytes: UnsafePointer<UInt8>, _ count: Int) throws(GrowingColumn.Mismatch) {
    if wanted == .string { return try values.append(text: bytes, count) }
    let isWhole = !(0..<count).contains {
      bytes[$0] == UInt8(ascii: ".") || bytes[$0] | 32 == UInt8(ascii: "e")
    }
    if isWhole && wanted != .double {
      if let value = NumberParser.int(bytes, count) { return try values.append(value) }
      if count == 2, bytes[0] == UInt8(ascii: "-"), bytes[1] == 48 { return try values.append(0) }
      throw GrowingColumn.Mismatch(description: "a whole number that does not fit an Int")
    }
    guard let value = NumberParser.double(bytes, count) else {
      throw GrowingColumn.Mismatch(description: "a number that cannot be read")
    }
    try values.append(value)
  }

  /// Carries an error of the text through one of the values.
  private static func caught<Value>(
    _ body: () throws(JSONTableError) -> Value
  ) throws(GrowingColumn.Mismatch) -> Value {
    do throws(JSONTableError) { return try body() } catch { throw GrowingColumn.Mismatch(problem: error) }
  }

  /// The column of its type.
  func column() throws(JSONTableError) -> AnyColumn {
    let column = values.column(name, expecting: wanted ?? .string)
    guard let asked else { return column }
    do throws(FrameError) { return try column.converted(to: asked) } catch {
      throw JSONTableError(.type, "'\(name)' should hold \(asked). \(error.description)")
    }
  }
}

extension ColumnType {
  /// Whether a value is an array in JSON.
  fileprivate var holdsArrays: Bool {
    self == .tensor || self == .list(of: .double) || self == .list(of: .int) || self == .list(of: .string)
  }
}

/// What to do with objects and arrays inside a row.
public enum JSONNesting: Sendable {
  /// Throw ``JSONTableError``.
  case refuse
  /// Keep their JSON text in a column of `String`.
  case asText
}
