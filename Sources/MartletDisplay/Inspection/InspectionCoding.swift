// How questions and replies travel: 32-bit little-endian numbers, 64-bit ones for counts that can be large, text preceded
// by its length.

/// Puts numbers and text together.
struct InspectionWriter {
  private(set) var bytes: [UInt8] = []

  mutating func put(_ number: Int) {
    for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
  }
  mutating func put(_ text: String) {
    put(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }
  mutating func put(_ number: Int?) { put(number ?? -1) }
  mutating func put(_ numbers: [Int]?) {
    put(numbers?.count)
    for number in numbers ?? [] { put(number) }
  }
  mutating func put(_ value: _InspectedValue) {
    put(value.typeName)
    put(value.text)
    put(value.shape)
    put(value.byteCount)
    put(value.childCount)
  }
}

/// Takes numbers and text apart; every read past the end gives `nil`.
struct InspectionReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

  mutating func number() -> Int? {
    guard bytes.count - position >= 8 else { return nil }
    defer { position += 8 }
    return (0..<8).reduce(0) { $0 | Int(bytes[position + $1]) << (8 * $1) }
  }
  /// The count of things that are still to come, each at least `size` bytes long.
  mutating func count(of size: Int) -> Int? {
    guard let count = number(), count >= 0, count <= (bytes.count - position) / size else { return nil }
    return count
  }
  mutating func text() -> String? {
    guard let length = count(of: 1) else { return nil }
    defer { position += length }
    return String(decoding: bytes[position..<position + length], as: UTF8.self)
  }
  mutating func numbers() -> [Int]? {
    guard let count = count(of: 8) else { return nil }
    return (0..<count).compactMap { _ in number() }
  }
  mutating func optionalNumbers() -> [Int]?? {
    var ahead = self
    guard let count = ahead.number() else { return nil }
    guard count < 0 else { return numbers() }
    self = ahead
    return .some(nil)
  }
  mutating func value() -> _InspectedValue? {
    guard let typeName = text(), let text = text(), let shape = optionalNumbers(), let byteCount = number(),
      let childCount = number()
    else { return nil }
    return _InspectedValue(
      typeName: typeName, text: text, shape: shape, byteCount: byteCount < 0 ? nil : byteCount, childCount: childCount)
  }
}

extension _InspectionQuestion {
  /// The question as bytes; the first says what is asked.
  public var encoded: [UInt8] {
    var writer = InspectionWriter()
    switch self {
    case .value: return [0]
    case .type: return [1]
    case .children(let path, let range):
      writer.put(path)
      writer.put(range.lowerBound)
      writer.put(range.upperBound)
      return [2] + writer.bytes
    case .display(let path):
      writer.put(path)
      return [3] + writer.bytes
    }
  }

  init?(decoding bytes: some Collection<UInt8>) {
    var reader = InspectionReader(bytes.dropFirst())
    switch bytes.first {
    case 0: self = .value
    case 1: self = .type
    case 2:
      guard let path = reader.numbers(), let start = reader.number(), let end = reader.number(), 0 <= start,
        start <= end
      else { return nil }
      self = .children(path: path, range: start..<end)
    case 3:
      guard let path = reader.numbers() else { return nil }
      self = .display(path: path)
    default: return nil
    }
  }
}

extension _InspectedValue {
  var encoded: [UInt8] {
    var writer = InspectionWriter()
    writer.put(self)
    return writer.bytes
  }

  /// Reads the reply to `value` or `type`; `nil` when the bytes are none.
  public init?(decoding bytes: some Collection<UInt8>) {
    var reader = InspectionReader(bytes)
    guard let value = reader.value() else { return nil }
    self = value
  }
}

extension _InspectedChild {
  static func encode(_ children: [_InspectedChild]) -> [UInt8] {
    var writer = InspectionWriter()
    writer.put(children.count)
    for child in children {
      writer.put(child.label)
      writer.put(child.value)
    }
    return writer.bytes
  }

  /// Reads the reply to `children`; `nil` when the bytes are none.
  public static func decode(_ bytes: some Collection<UInt8>) -> [_InspectedChild]? {
    var reader = InspectionReader(bytes)
    guard let count = reader.count(of: 1) else { return nil }
    var children: [_InspectedChild] = []
    for _ in 0..<count {
      guard let label = reader.text(), let value = reader.value() else { return nil }
      children.append(_InspectedChild(label: label, value: value))
    }
    return children
  }
}
