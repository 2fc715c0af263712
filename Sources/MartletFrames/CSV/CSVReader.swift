internal import CMartletRuntime
import Foundation

/// Reads a whole CSV text: its parts at the same time, each column as the type that was asked for or that fits.
struct CSVReader {
  private let text: CSVBytes
  private let format: CSVFormat
  private let names: [String]
  /// The types that were asked for, and those that the fields are read as to become them.
  private let asked: [ColumnType?]
  private let schema: [ColumnType?]
  private var parts: [CSVPart]

  init(_ text: CSVBytes, _ format: CSVFormat, hasHeader: Bool, schema: [String: ColumnType]) throws(CSVError) {
    self.text = text
    self.format = format
    let header = try CSVHeader(text, format, isThere: hasHeader)
    names = header.names
    if let unknown = schema.keys.sorted().first(where: { !header.names.contains($0) }) {
      let problem = FrameError.unknownColumn(unknown, in: header.names)
      throw CSVError(.header, "the schema does not fit: \(problem.description)")
    }
    asked = names.map { schema[$0] }
    self.schema = names.map { schema[$0]?.readAs }
    parts = names.isEmpty ? [] : CSVCutting.parts(text, from: header.rowsStart)
  }

  /// The columns.
  mutating func frame() throws(CSVError) -> DataFrame {
    defer { for part in parts.indices { parts[part].clear() } }
    var kinds = guessedKinds()
    var columns = [AnyColumn?](repeating: nil, count: names.count)
    while true {
      martlet_poll()
      try read(kinds)
      kinds = try takeColumns(kinds, &columns)
      if !kinds.contains(where: { $0 != .skipped }) { break }
    }
    let rowCount = parts.reduce(0) { $0 + $1.rowCount }
    return DataFrame(fitting: try asAsked(columns.compactMap { $0 }), rowCount: rowCount)
  }

  /// The columns as the types that were asked for.
  private func asAsked(_ columns: [AnyColumn]) throws(CSVError) -> [AnyColumn] {
    var columns = columns
    for place in columns.indices {
      guard let type = asked[place] else { continue }
      do throws(FrameError) { columns[place] = try columns[place].converted(to: type) } catch {
        let row = columns[place].firstRow(refusedBy: type)
        throw CSVError(
          error.kind == .parameter ? .header : .type, line: row.flatMap { line(ofRow: $0) },
          column: row == nil ? nil : place + 1, "column '\(names[place])' should hold \(type). \(error.description)")
      }
    }
    return columns
  }

  /// The line on which a row starts.
  private func line(ofRow wanted: Int) -> Int? {
    guard var place = parts.first?.start else { return nil }
    let separators = CSVSeparators(format.separator)
    var row = 0
    while place < text.count {
      if text.start[place] == 10 || text.start[place] == 13 {
        place += 1
        continue
      }
      if row == wanted { return text.line(of: place) }
      for number in names.indices {
        guard (try? CSVField.next(text.start, count: text.count, &place, separators: separators, number: number)) != nil
        else { return nil }
        if number < names.count - 1 { place += 1 }
      }
      row += 1
    }
    return nil
  }

  /// What the first rows of every part look like; a guess that later rows may refute.
  private mutating func guessedKinds() -> [CSVColumnBuilder.Kind] {
    guard schema.contains(where: { $0 == nil }) else { return schema.map { Self.kind(of: $0) } }
    let kinds = schema.map { $0 == nil ? CSVColumnBuilder.Kind.classified : .skipped }
    let (text, format) = (text, format)
    parts.withUnsafeMutableBufferPointer { parts in
      let start = parts.baseAddress!  // there is a part where there are columns
      Parallel.perform(parts.count) { start[$0].read(text, format, kinds: kinds, sample: $0 == 0 ? 1000 : 100) }
    }
    return names.indices.map { schema[$0] == nil ? classifiedKind($0) : Self.kind(of: schema[$0]) }
  }

  /// The first of Int, Double, Bool and Date that fits all values seen, or String; unknown while no value was seen.
  private func classifiedKind(_ column: Int) -> CSVColumnBuilder.Kind {
    let builders = parts.map { $0.builders[column] }
    guard builders.contains(where: \.hasValue) else { return .classified }
    let fits = builders.reduce(CSVColumnBuilder.Fits.all) { $0 & $1.fits }
    if fits & CSVColumnBuilder.Fits.int != 0 { return .int }
    if fits & CSVColumnBuilder.Fits.double != 0 { return .double }
    if fits & CSVColumnBuilder.Fits.bool != 0 { return .bool }
    return fits & CSVColumnBuilder.Fits.date != 0 ? .date : .string
  }

  private static func kind(of type: ColumnType?) -> CSVColumnBuilder.Kind {
    switch type {
    case .int?: .int
    case .double?: .double
    case .bool?: .bool
    case .date?: .date
    default: .string
    }
  }

  /// Reads all parts, and those again whose start was guessed wrongly.
  private mutating func read(_ kinds: [CSVColumnBuilder.Kind]) throws(CSVError) {
    let (text, format) = (text, format)
    parts.withUnsafeMutableBufferPointer { parts in
      guard let start = parts.baseAddress else { return }
      Parallel.perform(parts.count) { start[$0].read(text, format, kinds: kinds) }
    }
    for part in parts.indices {
      if part > 0, parts[part].start != parts[part - 1].stopped {
        parts[part].start = parts[part - 1].stopped
        parts[part].read(text, format, kinds: kinds)
      }
      if let problem = parts[part].problem { throw problem.error(in: text) }
    }
    let rowCount = parts.reduce(0) { $0 + $1.rowCount }
    guard rowCount < Int(Int32.max) else {
      throw CSVError(.fieldCount, "\(rowCount) rows; a frame holds at most 2,147,483,646. Read the file in pieces.")
    }
  }

  /// Puts the columns together that fitted, and tells what to read the others as.
  private func takeColumns(
    _ kinds: [CSVColumnBuilder.Kind], _ columns: inout [AnyColumn?]
  ) throws(CSVError) -> [CSVColumnBuilder.Kind] {
    var next = kinds.map { _ in CSVColumnBuilder.Kind.skipped }
    var fitting: [Int] = []
    for column in kinds.indices where kinds[column] != .skipped {
      if kinds[column] == .classified {
        // No value anywhere: a column of missing texts.
        next[column] = classifiedKind(column)
        if next[column] == .classified { next[column] = .string }
      } else if let failed = parts.lazy.map({ $0.builders[column] }).first(where: { $0.failedField >= 0 }) {
        let field = CSVField(start: failed.failedField, end: failed.failedEnd, isQuoted: false, hasDoubledQuotes: false)
        if failed.failsByEncoding {
          throw Self.encodingProblem(text.start, field, number: column + 1).error(in: text)
        }
        if let wanted = schema[column] { throw typeError(wanted, field, column) }
        next[column] = kinds[column] == .int ? .double : .string
      } else {
        fitting.append(column)
      }
    }
    let (parts, names) = (parts, names)
    columns.withUnsafeMutableBufferPointer { columns in
      let start = columns.baseAddress!  // there are columns, or nothing would have been read
      Parallel.perform(fitting.count) { place in
        let column = fitting[place]
        start[column] = CSVAssembly.column(names[column], column, parts, kind: kinds[column])
      }
    }
    return next
  }

  private func typeError(_ wanted: ColumnType, _ field: CSVField, _ column: Int) -> CSVError {
    let bytes = UnsafeBufferPointer(start: text.start + field.start, count: min(field.end - field.start, 40))
    let expected = wanted == .bool ? "true or false" : wanted == .date ? "a date such as 2026-03-01" : "of \(wanted)"
    return CSVError(
      .type, line: text.line(of: field.start), column: column + 1,
      "column '\(names[column])' should hold \(expected); found '\(String(decoding: bytes, as: UTF8.self))'.")
  }

  static func encodingProblem(
    _ bytes: UnsafePointer<UInt8>, _ field: CSVField, number: Int
  ) -> CSVField.Problem {
    let hasNul = (field.start..<field.end).contains { bytes[$0] == 0 }
    return CSVField.Problem(
      kind: .encoding, position: field.start, field: number,
      message: hasNul
        ? "found a NUL byte; this is not a text in UTF-8. Is it UTF-16, or binary?"
        : "the bytes are not UTF-8. Save the file as UTF-8 first.")
  }
}
