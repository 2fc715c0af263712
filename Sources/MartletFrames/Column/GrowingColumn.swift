/// A column that grows value by value, and whose type only its values tell.
struct GrowingColumn {
  /// A value of another type than those before.
  struct Mismatch: Error {
    let description: String
    /// What was wrong with the text already, where that is the cause.
    var problem: JSONTableError?

    init(description: String) { self.description = description }

    init(problem: JSONTableError) {
      description = problem.message
      self.problem = problem
    }
  }

  private(set) var type: ColumnType?
  private var ints: [Int] = []
  private var doubles: [Double] = []
  private var bools: [Bool] = []
  private var codes: [Int32] = []
  private let texts = TextTable()
  private var isPresent: [Bool] = []

  /// A column whose first rows have no value.
  init(missing count: Int = 0) { isPresent = [Bool](repeating: false, count: count) }

  var count: Int { isPresent.count }

  mutating func append(_ value: Int) throws(Mismatch) {
    if type == .double {
      guard Int(exactly: Double(value)) == value else {
        throw mismatch("the whole number \(value), too long for a Double")
      }
      doubles.append(Double(value))
    } else {
      try begin(.int, "the number \(value)")
      ints.append(value)
    }
    isPresent.append(true)
  }

  mutating func append(_ value: Double) throws(Mismatch) {
    if type == .int {
      // Whole numbers and fractions in one column are all numbers; those before have to survive that.
      guard ints.allSatisfy({ Int(exactly: Double($0)) == $0 }) else { throw mismatch("the fraction \(value)") }
      doubles = ints.map(Double.init)
      ints = []
      type = .double
    }
    try begin(.double, "the number \(value)")
    doubles.append(value)
    isPresent.append(true)
  }

  mutating func append(_ value: Bool) throws(Mismatch) {
    try begin(.bool, "\(value)")
    bools.append(value)
    isPresent.append(true)
  }

  mutating func append(text bytes: UnsafePointer<UInt8>, _ count: Int) throws(Mismatch) {
    if type != .string { try begin(.string, "the text '\(Self.shown(bytes, count))'") }
    let known = texts.count
    let code = texts.code(for: bytes, count)
    if Int(code) == known, !CSVColumnBuilder.isText(bytes, count) {
      throw Mismatch(description: "bytes that are not text in UTF-8, or hold a NUL")
    }
    codes.append(code)
    isPresent.append(true)
  }

  mutating func appendMissing() {
    appendBlank()
    isPresent.append(false)
  }

  private static func shown(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> String {
    String(decoding: UnsafeBufferPointer(start: bytes, count: min(count, 40)), as: UTF8.self)
  }

  private func mismatch(_ found: String) -> Mismatch {
    Mismatch(description: "\(found), where the values before are \(type?.description ?? "missing")")
  }

  /// The first value decides the type; the missing ones before it get their places.
  private mutating func begin(_ wanted: ColumnType, _ found: String) throws(Mismatch) {
    if type == wanted { return }
    guard type == nil else { throw mismatch(found) }
    type = wanted
    for _ in isPresent { appendBlank() }
  }

  private mutating func appendBlank() {
    switch type {
    case .int?: ints.append(0)
    case .double?: doubles.append(0)
    case .bool?: bools.append(false)
    case .string?: codes.append(0)
    default: break
    }
  }

  /// The column; of the type that was expected where no value tells another.
  func column(_ name: String, expecting: ColumnType = .string) -> AnyColumn {
    let validity = ValidityBitmap(isPresent)
    switch type {
    case .int?: return .ints(name, ints, validity)
    case .double?: return .doubles(name, doubles, validity)
    case .bool?: return .bools(name, bools, validity)
    case .string?: return .texts(name, codes, texts.pool(), validity)
    default: return .allMissing(name, expecting, count: count)
    }
  }
}

extension AnyColumn {
  /// A column of texts as dates, if every one is a date by ISO 8601; else the first row whose text is none.
  func asDates() -> (column: AnyColumn?, wrongRow: Int?) {
    guard case .string(let texts) = content else { return (type == .date ? self : nil, nil) }
    let ticks = texts.storage.pool.texts.map { DateParser.ticks($0) }
    if let wrong = texts.indices.first(where: { texts.validity[$0] && ticks[Int(texts.storage.codes[$0])] == nil }) {
      return (nil, wrong)
    }
    return (.ticks(name, texts.storage.codes.map { ticks.isEmpty ? 0 : ticks[Int($0)] ?? 0 }, validity), nil)
  }
}
