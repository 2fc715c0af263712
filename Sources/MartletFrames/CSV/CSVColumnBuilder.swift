import Foundation

/// The values of one column in one part of the text, as they are read.
///
/// Plain memory without reference counts: it is written to for every field.
struct CSVColumnBuilder {
  enum Kind: UInt8 {
    case skipped, classified, int, double, bool, date, string

    /// How many bytes a value takes.
    var width: Int {
      switch self {
      case .skipped, .classified: 0
      case .bool: 1
      case .string: 4
      default: 8
      }
    }
  }

  /// Types that every value so far could be of, as bits.
  struct Fits {
    static let int: UInt8 = 1
    static let double: UInt8 = 2
    static let bool: UInt8 = 4
    static let date: UInt8 = 8
    static let all: UInt8 = 15
  }

  let kind: Kind
  private var capacity: Int
  private(set) var fits = Fits.all
  /// Whether any value is there.
  private(set) var hasValue = false
  /// The first field that is not of the type, and its row; -1 while there is none.
  private(set) var failedField = -1
  private(set) var failedEnd = -1
  private(set) var failsByEncoding = false
  private(set) var values: UnsafeMutableRawPointer
  /// Whether the values have outgrown the memory that the part gave.
  private var ownsValues = false
  private(set) var validity: UnsafeMutablePointer<UInt64>?
  private(set) var table: Unmanaged<TextTable>?

  /// - Parameter memory: room for `capacity` values, which outlives the builder.
  init(kind: Kind, capacity: Int, memory: UnsafeMutableRawPointer) {
    self.kind = kind
    self.capacity = capacity
    values = memory
    if kind == .string { table = .passRetained(TextTable(slotCount: 1024, byteCount: 8192)) }
  }

  func deallocate() {
    if ownsValues { values.deallocate() }
    validity?.deallocate()
    table?.release()
  }

  private static func memory(_ byteCount: Int) -> UnsafeMutableRawPointer {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: max(byteCount, 1), alignment: 16)
    LargePages.ask(memory, byteCount)
    return memory
  }

  /// Makes room for so many rows.
  @inline(never)
  mutating func grow(to rows: Int) {
    let larger = Self.memory(rows * kind.width)
    memcpy(larger, values, capacity * kind.width)
    if ownsValues { values.deallocate() }
    (values, ownsValues) = (larger, true)
    if let validity {
      let words = UnsafeMutablePointer<UInt64>.allocate(capacity: rows / 64 + 1)
      words.initialize(repeating: .max, count: rows / 64 + 1)
      memcpy(words, validity, (capacity / 64 + 1) * 8)
      validity.deallocate()
      self.validity = words
    }
    capacity = rows
  }

  @inline(__always)
  mutating func append(_ bytes: UnsafePointer<UInt8>, _ field: CSVField, row: Int, _ format: CSVFormat) {
    if kind == .skipped || failedField >= 0 { return }
    if !field.isQuoted && format.isMissing(bytes + field.start, field.end - field.start) { return markMissing(row) }
    let (start, count) = (bytes + field.start, field.end - field.start)
    switch kind {
    case .int:
      guard let value = NumberParser.int(start, count) else { return fail(field) }
      values.assumingMemoryBound(to: Int.self)[row] = value
    case .double:
      guard let value = NumberParser.double(start, count) else { return fail(field) }
      values.assumingMemoryBound(to: Double.self)[row] = value
    case .string: appendText(bytes, field, row)
    case .bool:
      guard let value = NumberParser.bool(start, count) else { return fail(field) }
      values.assumingMemoryBound(to: Bool.self)[row] = value
    case .date:
      guard let ticks = DateParser.ticks(start, count) else { return fail(field) }
      values.assumingMemoryBound(to: Int.self)[row] = ticks
    case .classified: classify(start, count)
    case .skipped: break
    }
  }

  @inline(__always)
  private mutating func appendText(_ bytes: UnsafePointer<UInt8>, _ field: CSVField, _ row: Int) {
    // The table lives as long as the builder.
    let code = table!._withUnsafeGuaranteedRef { table -> Int32 in
      let before = table.count
      if field.hasDoubledQuotes {
        let text = Self.withoutDoubledQuotes(bytes, field)
        let code = text.withPointer { table.code(for: $0, text.count) }
        return Int(code) == before && !Self.isText(bytes + field.start, field.end - field.start) ? -1 : code
      }
      let code = table.code(for: bytes + field.start, field.end - field.start)
      return Int(code) == before && !Self.isText(bytes + field.start, field.end - field.start) ? -1 : code
    }
    if code < 0 {
      failsByEncoding = true
      return fail(field)
    }
    values.assumingMemoryBound(to: Int32.self)[row] = code
  }

  static func withoutDoubledQuotes(_ bytes: UnsafePointer<UInt8>, _ field: CSVField) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(field.end - field.start)
    var place = field.start
    while place < field.end {
      text.append(bytes[place])
      place += bytes[place] == 34 ? 2 : 1
    }
    return text
  }

  /// Whether bytes are UTF-8 without a NUL. Asked once for each different text.
  static func isText(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    var (union, hasNul) = (0 as UInt8, false)
    for place in 0..<count {
      union |= bytes[place]
      hasNul = hasNul || bytes[place] == 0
    }
    if hasNul { return false }
    return union < 128 || String(validating: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self) != nil
  }

  @inline(never)
  private mutating func classify(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
    hasValue = true
    if fits & Fits.int != 0, NumberParser.int(bytes, count) == nil { fits &= ~Fits.int }
    if fits & Fits.double != 0, NumberParser.double(bytes, count) == nil { fits &= ~Fits.double }
    if fits & Fits.bool != 0, NumberParser.bool(bytes, count) == nil { fits &= ~Fits.bool }
    if fits & Fits.date != 0, DateParser.ticks(bytes, count) == nil { fits &= ~Fits.date }
  }

  @inline(never)
  private mutating func fail(_ field: CSVField) {
    failedField = field.start
    failedEnd = field.end
  }

  @inline(never)
  private mutating func markMissing(_ row: Int) {
    guard kind != .classified else { return }
    switch kind {
    case .bool: values.assumingMemoryBound(to: Bool.self)[row] = false
    case .string: values.assumingMemoryBound(to: Int32.self)[row] = 0
    default: values.assumingMemoryBound(to: Int.self)[row] = 0
    }
    if validity == nil {
      validity = .allocate(capacity: capacity / 64 + 1)
      validity?.initialize(repeating: .max, count: capacity / 64 + 1)
    }
    validity?[row >> 6] &= ~(1 << UInt64(row & 63))
  }
}
