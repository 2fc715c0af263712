/// Takes nothing: what is written to it is no value of a column.
struct RefusingContainer: UnkeyedEncodingContainer, SingleValueEncodingContainer {
  let problem: FrameError
  var codingPath: [any CodingKey] { [] }
  var count: Int { 0 }

  func encodeNil() throws { throw problem }
  func encode<Value: Encodable>(_ value: Value) throws { throw problem }
  func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(RefusingFields(problem: problem))
  }
  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { self }
  func superEncoder() -> any Encoder { RefusingEncoder(problem: problem) }
}

/// The same for names and values.
struct RefusingFields<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let problem: FrameError
  var codingPath: [any CodingKey] { [] }

  func encodeNil(forKey key: Key) throws { throw problem }
  func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws { throw problem }
  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<Nested>
  {
    KeyedEncodingContainer(RefusingFields<Nested>(problem: problem))
  }
  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { RefusingContainer(problem: problem) }
  func superEncoder() -> any Encoder { RefusingEncoder(problem: problem) }
  func superEncoder(forKey key: Key) -> any Encoder { RefusingEncoder(problem: problem) }
}

private struct RefusingEncoder: Encoder {
  let problem: FrameError
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(RefusingFields(problem: problem))
  }
  func unkeyedContainer() -> any UnkeyedEncodingContainer { RefusingContainer(problem: problem) }
  func singleValueContainer() -> any SingleValueEncodingContainer { RefusingContainer(problem: problem) }
}
