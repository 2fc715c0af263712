import Foundation

/// Reads a value's properties from a row.
struct RowDecoder: Decoder {
  let frame: DataFrame
  let row: Int
  /// The type that is read, for messages.
  let record: String
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(Fields(source: self))
  }
  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw FrameError.noRecord(record) }
  func singleValueContainer() throws -> any SingleValueDecodingContainer { throw FrameError.noRecord(record) }

  private struct Fields<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let source: RowDecoder
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { source.frame.columnNames.compactMap(Key.init(stringValue:)) }

    func contains(_ key: Key) -> Bool { source.frame.columnNames.contains(key.stringValue) }
    func decodeNil(forKey key: Key) throws -> Bool { !(try cell(key).column.validity[source.row]) }
    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try cell(key).value(type) }
    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { throw FrameError.nested(key.stringValue, of: source.record) }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
      throw FrameError.nested(key.stringValue, of: source.record)
    }
    func superDecoder() throws -> any Decoder { throw FrameError.noRecord(source.record) }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw FrameError.noRecord(source.record) }

    private func cell(_ key: Key) throws -> CellDecoder {
      CellDecoder(column: try source.frame.column(key.stringValue), row: source.row, record: source.record)
    }
  }
}

/// Reads one value from a row of a column.
private struct CellDecoder: Decoder, SingleValueDecodingContainer {
  let column: AnyColumn
  let row: Int
  let record: String
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    throw FrameError.nested(column.name, of: record)
  }
  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw FrameError.nested(column.name, of: record) }
  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  func decodeNil() -> Bool { !column.validity[row] }
  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try value(type) }

  func value<Value: Decodable>(_ type: Value.Type) throws -> Value {
    if !column.validity[row], !(type is any ExpressibleByNilLiteral.Type) {
      throw FrameError.missing(column.name, row: row, of: record)
    }
    if type == Double.self || type == Float.self, let number = wholeNumber() {
      return try fitting(type == Double.self ? Double(exactly: number) : Float(exactly: number), number)
    }
    if let whole = type as? any FixedWidthInteger.Type, let number = wholeNumber() {
      return try fitting(exactly(whole, number), number)
    }
    guard let element = type as? any ColumnElement.Type else { return try Value(from: self) }
    return try typed(element, as: type)
  }

  private func typed<Element: ColumnElement, Value>(_ element: Element.Type, as type: Value.Type) throws -> Value {
    if Element.self == String.self, case .categorical(let column) = column.content,
      let name = column[row]?.name as? Value
    {
      return name
    }
    // Not nil: the row has a value, of the type that was asked for.
    return try column.typed(as: element)[row] as! Value
  }

  private func wholeNumber() -> Int? {
    switch column.content {
    case .int(let column): column[row]
    case .int32(let column): column[row].map(Int.init)
    default: nil
    }
  }

  private func exactly<Whole: FixedWidthInteger>(_ type: Whole.Type, _ number: Int) -> Whole? { Whole(exactly: number) }

  private func fitting<Value>(_ found: Any?, _ number: Int) throws -> Value {
    guard let value = found as? Value else {
      throw FrameError(
        kind: .arithmetic,
        description: "\(number) in row \(row) of '\(column.name)' does not fit \(Value.self), as \(record) has it.")
    }
    return value
  }
}
