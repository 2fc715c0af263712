import Foundation

/// Writes rows as JSON objects.
struct JSONTableWriter {
  private let frame: DataFrame
  private let keys: [[UInt8]]
  /// For each column of text or categories, every different text as a JSON string.
  private let texts: [[[UInt8]]]
  private let dateTexts: [DateText?]

  /// - Throws: ``JSONTableError`` of kind `type` for NaN and infinities, which JSON does not have.
  init(_ frame: DataFrame) throws(JSONTableError) {
    for column in frame.columns {
      if let row = Self.notFinite(column) {
        throw JSONTableError(
          .type,
          "Row \(row) of '\(column.name)' is \(column.texts()[row] ?? ""), which JSON does not have. Drop or replace it first."
        )
      }
    }
    self.frame = frame
    keys = frame.columnNames.map { Self.string($0) + Array(": ".utf8) }
    texts = frame.columns.map { column in
      switch column.content {
      case .string(let texts): return texts.storage.pool.texts.map(Self.string)
      case .categorical(let names): return names.categories.map(Self.string)
      default: return []
      }
    }
    dateTexts = frame.columns.map { column in
      if case .date(let dates) = column.content { return DateText(dates) }
      return nil
    }
  }

  /// The first row with NaN or an infinity.
  private static func notFinite(_ column: AnyColumn) -> Int? {
    func first(_ isFinite: (Int) -> Bool) -> Int? { (0..<column.count).first { column.isPresent($0) && !isFinite($0) } }
    return switch column.content {
    case .double(let numbers): first { numbers.storage.values[$0].isFinite }
    case .float(let numbers): first { numbers.storage.values[$0].isFinite }
    case .doubleLists(let lists): first { lists.storage.values[$0].allSatisfy(\.isFinite) }
    case .tensor(let tensors): first { tensors.storage.values[$0].scalars.allSatisfy(\.isFinite) }
    default: nil
    }
  }

  /// A text as a JSON string.
  static func string(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = [34]
    for byte in text.utf8 {
      switch byte {
      case 34, 92: bytes += [92, byte]
      case 10: bytes += Array("\\n".utf8)
      case 0..<32: bytes += Array("\\u00".utf8) + (byte < 16 ? [48] : []) + Array(String(byte, radix: 16).utf8)
      default: bytes.append(byte)
      }
    }
    return bytes + [34]
  }

  /// All rows, with `separator` between them.
  func rows(separator: String) -> [UInt8] {
    let blocks = Parallel.blockCount(frame.rowCount)
    var written = [[UInt8]](repeating: [], count: blocks)
    written.withUnsafeMutableBufferPointer { written in
      guard let start = written.baseAddress else { return }
      Parallel.perform(blocks) { block in
        var bytes: [UInt8] = []
        for row in Parallel.block(block, of: frame.rowCount) {
          if row > 0 { bytes += separator.utf8 }
          append(&bytes, row)
        }
        start[block] = bytes
      }
    }
    return Array(written.joined())
  }

  private func append(_ bytes: inout [UInt8], _ row: Int) {
    bytes.append(UInt8(ascii: "{"))
    for (place, column) in frame.columns.enumerated() {
      if place > 0 { bytes += [UInt8(ascii: ","), 32] }
      bytes += keys[place]
      guard column.isPresent(row) else {
        bytes += Array("null".utf8)
        continue
      }
      switch column.content {
      case .string(let texts): bytes += self.texts[place][Int(texts.storage.codes[row])]
      case .int(let ints): bytes += ints.storage.values[row].description.utf8
      case .double(let doubles): bytes += doubles.storage.values[row].description.utf8
      case .categorical(let names): bytes += self.texts[place][Int(names.storage.texts.codes[row])]
      case .int32(let ints): bytes += ints.storage.values[row].description.utf8
      case .float(let floats): bytes += floats.storage.values[row].description.utf8
      case .doubleLists(let lists): bytes += NestedText.list(lists.storage.values[row]).utf8
      case .intLists(let lists): bytes += NestedText.list(lists.storage.values[row]).utf8
      case .textLists(let lists): bytes += NestedText.list(lists.storage.values[row]).utf8
      case .tensor(let tensors): bytes += NestedText.tensor(tensors.storage.values[row]).utf8
      case .bool(let bools): bytes += (bools.storage.values[row] ? "true" : "false").utf8
      case .date(let dates): bytes += "\"\(dateTexts[place]?.text(dates.storage.ticks[row]) ?? "")\"".utf8
      }
    }
    bytes.append(UInt8(ascii: "}"))
  }
}

extension DataFrame {
  /// The frame as JSON: an array with an object for each row. Missing values are `null`, dates ISO 8601.
  ///
  ///     try DataFrame(Column("a", [1, 2])).jsonText()      // [{"a": 1},\n{"a": 2}]
  /// - Throws: ``JSONTableError`` of kind `type` for NaN and infinities, which JSON does not have.
  public func jsonText() throws(JSONTableError) -> String {
    "[" + String(decoding: try JSONTableWriter(self).rows(separator: ",\n"), as: UTF8.self) + "]"
  }

  /// The frame with a JSON object for each row, each on a line.
  /// - Throws: ``JSONTableError`` of kind `type` for NaN and infinities, which JSON does not have.
  public func jsonLinesText() throws(JSONTableError) -> String {
    let text = String(decoding: try JSONTableWriter(self).rows(separator: "\n"), as: UTF8.self)
    return text.isEmpty ? "" : text + "\n"
  }

  /// Writes the frame to a JSON file, replacing the one that is there in one step.
  /// - Throws: ``JSONTableError``, of kind `unreadable` when the file cannot be written.
  public func writeJSON(to path: String) throws(JSONTableError) { try Self.write(try jsonText(), path) }

  /// Writes the frame to a file with a JSON object on each line, replacing the one that is there in one step.
  /// - Throws: ``JSONTableError``, of kind `unreadable` when the file cannot be written.
  public func writeJSONLines(to path: String) throws(JSONTableError) { try Self.write(try jsonLinesText(), path) }

  private static func write(_ text: String, _ path: String) throws(JSONTableError) {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw JSONTableError(.unreadable, "'\(path)' cannot be written: \(error.localizedDescription)")
    }
  }
}
