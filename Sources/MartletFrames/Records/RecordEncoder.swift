/// Gathers records' properties, column by column.
final class RecordTable {
  /// A column as far as it is known.
  private struct Growing {
    let name: String
    var type: (any ColumnElement.Type)?
    var values: [(any ColumnElement)?]
  }

  /// The type that is read, for messages.
  let record: String
  private var growing: [Growing] = []
  private var places: [String: Int] = [:]
  private var rowCount = 0

  init(record: String) { self.record = record }

  /// Notes a property of the row that is being read; `nil` when it has no value.
  func put(_ name: String, _ value: (any ColumnElement)?, _ type: (any ColumnElement.Type)?) throws(FrameError) {
    let place = places[name] ?? growing.count
    if place == growing.count {
      places[name] = place
      growing.append(Growing(name: name, type: nil, values: []))
    }
    if let type {
      if let known = growing[place].type, known != type {
        throw FrameError(
          kind: .type,
          description: "\(record).\(name) is \(type) in row \(rowCount), and \(known) before; a column has one type.")
      }
      growing[place].type = type
    }
    // Rows before that had no such property have no value.
    while growing[place].values.count < rowCount { growing[place].values.append(nil) }
    growing[place].values.append(value)
  }

  func endRow() { rowCount += 1 }

  /// The columns; one without any value in it is of texts.
  func columns() -> [AnyColumn] {
    growing.map { column in
      let missing = [(any ColumnElement)?](repeating: nil, count: rowCount - column.values.count)
      let type: any ColumnElement.Type = column.type ?? String.self
      return Self.column(column.name, column.values + missing, type)
    }
  }

  private static func column<Element: ColumnElement>(
    _ name: String, _ values: [(any ColumnElement)?], _ type: Element.Type
  ) -> AnyColumn { AnyColumn(Column<Element>(name, values.map { $0 as? Element })) }
}

/// Reads a record's properties.
struct RecordEncoder: Encoder {
  let table: RecordTable
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(Fields(table: table))
  }
  func unkeyedContainer() -> any UnkeyedEncodingContainer { RefusingContainer(problem: .noRecord(table.record)) }
  func singleValueContainer() -> any SingleValueEncodingContainer {
    RefusingContainer(problem: .noRecord(table.record))
  }

  private struct Fields<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let table: RecordTable
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) throws { try table.put(key.stringValue, nil, nil) }
    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
      if let element = value as? any ColumnElement {
        try table.put(key.stringValue, element, Swift.type(of: element))
      } else if let number = value as? any FixedWidthInteger {
        guard let whole = Int(exactly: number) else {
          throw FrameError(
            kind: .arithmetic, description: "\(number) in \(table.record).\(key.stringValue) does not fit an Int.")
        }
        try table.put(key.stringValue, whole, Int.self)
      } else {
        try value.encode(to: CellEncoder(table: table, name: key.stringValue))
      }
    }
    func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws {
      if let value { return try encode(value, forKey: key) }
      try table.put(key.stringValue, nil, Value.self as? any ColumnElement.Type)
    }
    // Without these, `nil` of the plain types would not be heard of.
    func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try put(value, key) }
    func encodeIfPresent(_ value: String?, forKey key: Key) throws { try put(value, key) }
    func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try put(value, key) }
    func encodeIfPresent(_ value: Float?, forKey key: Key) throws { try put(value, key) }
    func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try put(value, key) }
    func encodeIfPresent(_ value: Int32?, forKey key: Key) throws { try put(value, key) }
    private func put<Value: ColumnElement>(_ value: Value?, _ key: Key) throws {
      try table.put(key.stringValue, value, Value.self)
    }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
      KeyedEncodingContainer(RefusingFields(problem: .nested(key.stringValue, of: table.record)))
    }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
      RefusingContainer(problem: .nested(key.stringValue, of: table.record))
    }
    func superEncoder() -> any Encoder { RecordEncoder(table: table) }
    func superEncoder(forKey key: Key) -> any Encoder { CellEncoder(table: table, name: key.stringValue) }
  }
}

/// Reads one property that says itself what it is written as, such as an enum.
private struct CellEncoder: Encoder, SingleValueEncodingContainer {
  let table: RecordTable
  let name: String
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(RefusingFields(problem: .nested(name, of: table.record)))
  }
  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    RefusingContainer(problem: .nested(name, of: table.record))
  }
  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  func encodeNil() throws { try table.put(name, nil, nil) }
  func encode<Value: Encodable>(_ value: Value) throws {
    if let element = value as? any ColumnElement { return try table.put(name, element, Swift.type(of: element)) }
    if let number = value as? any FixedWidthInteger, let whole = Int(exactly: number) {
      return try table.put(name, whole, Int.self)
    }
    try value.encode(to: self)
  }
}
