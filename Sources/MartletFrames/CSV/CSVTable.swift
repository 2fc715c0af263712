import MartletNumerics

/// The fields of a whole CSV text, in rows of equal length, before their types are known.
struct CSVTable {
  let bytes: UnsafeBufferPointer<UInt8>
  let names: [String]
  let records: [CSVScanner.Record]
  let missing: Set<String>

  init(
    bytes: UnsafeBufferPointer<UInt8>, separator: UInt8, hasHeader: Bool, missing: [String]
  ) throws(CSVError) {
    var scanner = CSVScanner(bytes: bytes, separator: separator)
    var records: [CSVScanner.Record] = []
    var names: [String]?
    while let record = try scanner.next() {
      if names == nil {
        names = try Self.names(record, bytes, hasHeader)
        if hasHeader { continue }
      }
      let expected = names?.count ?? 0
      guard record.fields.count == expected else {
        throw CSVError(
          .fieldCount, line: record.line, column: nil,
          "\(record.fields.count) fields where \(hasHeader ? "the header" : "the first row") has \(expected).")
      }
      records.append(record)
    }
    self.bytes = bytes
    self.names = names ?? []
    self.records = records
    self.missing = Set(missing)
  }

  private static func names(
    _ record: CSVScanner.Record, _ bytes: UnsafeBufferPointer<UInt8>, _ hasHeader: Bool
  ) throws(CSVError) -> [String] {
    guard hasHeader else { return record.fields.indices.map { "column\($0 + 1)" } }
    var names: [String] = []
    var known: Set<String> = []
    for (place, field) in record.fields.enumerated() {
      let name = try text(field, bytes, line: record.line, place)
      if !known.insert(name).inserted {
        throw CSVError(.header, line: record.line, column: place + 1, "a second column is named '\(name)'.")
      }
      names.append(name)
    }
    return names
  }

  static func text(
    _ field: CSVScanner.Field, _ bytes: UnsafeBufferPointer<UInt8>, line: Int, _ column: Int
  ) throws(CSVError) -> String {
    guard let text = String(validating: bytes[field.range], as: UTF8.self) else {
      throw CSVError(
        .encoding, line: line, column: column + 1, "the bytes are not UTF-8. Save the file as UTF-8 first.")
    }
    return field.hasDoubledQuotes ? text.replacingOccurrences(of: "\"\"", with: "\"") : text
  }

  /// The texts of a column; `nil` where the value is missing. A quoted field is there, even an empty one.
  private func texts(_ column: Int) throws(CSVError) -> [String?] {
    var texts: [String?] = []
    texts.reserveCapacity(records.count)
    for record in records {
      let field = record.fields[column]
      let text = try Self.text(field, bytes, line: record.line, column)
      texts.append(!field.isQuoted && missing.contains(text) ? nil : text)
    }
    return texts
  }

  /// The column with the first of Int, Double, Bool and String that fits every value, or with the type asked for.
  func column(_ place: Int, as wanted: ColumnType?) throws(CSVError) -> AnyColumn {
    let name = names[place]
    let texts = try texts(place)
    let isAllMissing = !texts.contains { $0 != nil }
    switch wanted {
    case .int?: return AnyColumn(Column(name, try parsed(texts, place, "an Int", CSVValue.int)))
    case .double?: return AnyColumn(Column(name, try parsed(texts, place, "a Double", CSVValue.double)))
    case .bool?: return AnyColumn(Column(name, try parsed(texts, place, "true or false", CSVValue.bool)))
    case .string?: return AnyColumn(Column(name, texts))
    default: break
    }
    if isAllMissing { return AnyColumn(Column(name, texts)) }
    if let values = Self.fitting(texts, CSVValue.int) { return AnyColumn(Column(name, values)) }
    if let values = Self.fitting(texts, CSVValue.double) { return AnyColumn(Column(name, values)) }
    if let values = Self.fitting(texts, CSVValue.bool) { return AnyColumn(Column(name, values)) }
    return AnyColumn(Column(name, texts))
  }

  private static func fitting<Value>(_ texts: [String?], _ parse: (String) -> Value?) -> [Value?]? {
    var values: [Value?] = []
    values.reserveCapacity(texts.count)
    for text in texts {
      guard let text else {
        values.append(nil)
        continue
      }
      guard let value = parse(text) else { return nil }
      values.append(value)
    }
    return values
  }

  private func parsed<Value>(
    _ texts: [String?], _ place: Int, _ wanted: String, _ parse: (String) -> Value?
  ) throws(CSVError) -> [Value?] {
    if let values = Self.fitting(texts, parse) { return values }
    let row = texts.firstIndex { $0.map { parse($0) == nil } ?? false } ?? 0
    throw CSVError(
      .type, line: records[row].line, column: place + 1,
      "column '\(names[place])' should hold \(wanted); found '\((texts[row] ?? "").prefix(40))'.")
  }
}

/// What a text means as a value.
enum CSVValue {
  static func int(_ text: String) -> Int? {
    // "007" is a label, not seven; "+1" and "-0" are rarely meant as whole numbers either.
    guard let value = Int(text), String(value) == text else { return nil }
    return value
  }

  static func double(_ text: String) -> Double? {
    switch text {
    case "NaN", "nan": return .nan
    case "inf", "Inf", "Infinity": return .infinity
    case "-inf", "-Inf", "-Infinity": return -.infinity
    default: break
    }
    guard let first = text.utf8.first(where: { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "+") }),
      UInt8(ascii: "0")...UInt8(ascii: "9") ~= first || first == UInt8(ascii: "."),
      !text.utf8.contains(where: { $0 == UInt8(ascii: "x") || $0 == UInt8(ascii: "X") }), !isPadded(text)
    else { return nil }
    return Double(text)
  }

  static func bool(_ text: String) -> Bool? {
    switch text {
    case "true", "True", "TRUE": true
    case "false", "False", "FALSE": false
    default: nil
    }
  }

  /// Whether a number starts with a zero that a number would not have.
  private static func isPadded(_ text: String) -> Bool {
    let digits = text.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    guard digits.count > 1, digits.first == UInt8(ascii: "0"), let second = digits.dropFirst().first else {
      return false
    }
    return UInt8(ascii: "0")...UInt8(ascii: "9") ~= second
  }
}
