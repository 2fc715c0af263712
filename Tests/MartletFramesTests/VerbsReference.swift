import MartletFrames

/// What pandas and polars make of one table; see Tests/Reference/make_frame_verbs.py.
struct VerbsReference: Decodable {
  struct Left: Decodable {
    let key: [String?]
    let number: [Int?]
    let value: [Double?]
    let row: [Int]
  }
  struct Right: Decodable {
    let key: [String?]
    let number: [Int?]
    let value: [Double?]
  }
  struct Resampled: Decodable {
    let starts: [String]
    let count: [Int]
    let sum: [Double]
    let mean: [Double?]
  }
  let left: Left
  let right: Right
  let joins, joinsOfTwo: [String: [String: [ReferenceValue]]]
  let sortedRows: [Int]
  let aggregated: [String: [ReferenceValue]]
  let full: [Double]
  let groups, when, shop, qcut: [String]
  let day, pivotDays: [Int]
  let rolling, windows, pivot: [String: [Double?]]
  let resampled: [String: Resampled]
  let parts, cross: [String: [Int]]
  let cut: [String?]
  let correlation: Double
  let csv, json, ndjson: String

  static func read() throws -> VerbsReference { try ReferenceFile.read("verbs") }

  func leftFrame() throws -> DataFrame {
    try DataFrame(
      Column("key", left.key), Column("number", left.number), Column("value", left.value), Column("row", left.row))
  }

  func rightFrame() throws -> DataFrame {
    try DataFrame(Column("key", right.key), Column("number", right.number), Column("value", right.value))
  }

  /// A row for each day: numbers without and with missing ones, groups and dates.
  func series() throws -> DataFrame {
    try DataFrame(
      Column("full", full), Column("value", left.value), Column("group", groups), Column("when", when),
      Column("day", day), Column("shop", shop)
    ).adding("when", text("when").asDate())
  }
}

/// A value of any type in reference data.
enum ReferenceValue: Decodable, Equatable {
  case number(Double)
  case text(String)
  case missing

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .missing
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else {
      self = .text(try container.decode(String.self))
    }
  }
}

extension AnyColumn {
  /// Whether the values are the expected ones, numbers to a relative error.
  func agrees(with expected: [ReferenceValue], within tolerance: Double = 1e-12) -> Bool {
    guard count == expected.count else { return false }
    let numbers = try? numbers()
    let texts = texts()
    return expected.indices.allSatisfy { row in
      switch expected[row] {
      case .missing: texts[row] == nil
      case .text(let text): texts[row] == text
      case .number(let number): numbers?[row].map { abs($0 - number) <= tolerance * max(1, abs(number)) } ?? false
      }
    }
  }

  /// Whether the numbers are the expected ones to a relative error, and missing where they are.
  func agrees(with expected: [Double?], within tolerance: Double = 1e-12) -> Bool {
    agrees(with: expected.map { $0.map { .number($0) } ?? .missing }, within: tolerance)
  }
}
