import Foundation

/// Writes frames as CSV texts.
struct CSVWriter {
  private let frame: DataFrame
  private let separator: UInt8
  /// For each column of text or categories, every different text as it is written; quoted where it would otherwise read back as something
  /// else.
  private let texts: [[[UInt8]]]
  private let dateTexts: [DateText?]
  private let isForPostgres: Bool

  /// - Parameter isForPostgres: whether a missing value alone in its row is written as nothing, as COPY reads it.
  init(_ frame: DataFrame, separator: UInt8, isForPostgres: Bool = false) {
    self.frame = frame
    self.separator = separator
    self.isForPostgres = isForPostgres
    texts = frame.columns.map { column in
      switch column.content {
      case .string(let texts): return texts.storage.pool.texts.map { Self.quoted($0, separator) }
      case .categorical(let names): return names.categories.map { Self.quoted($0, separator) }
      default: return []
      }
    }
    dateTexts = frame.columns.map { column in
      if case .date(let dates) = column.content { return DateText(dates) }
      return nil
    }
  }

  /// Whether a line break, a separator or a quote is in a text, or it would be taken for a missing value.
  private static func quoted(_ text: String, _ separator: UInt8) -> [UInt8] {
    let bytes = Array(text.utf8)
    // "\." alone on a line would end what PostgreSQL reads.
    let isSpecial =
      bytes.isEmpty || bytes == [92, 46] || bytes.contains { $0 == 34 || $0 == 10 || $0 == 13 || $0 == separator }
    guard isSpecial || bytes.starts(with: [0xEF, 0xBB, 0xBF]) else { return bytes }
    return [34] + bytes.flatMap { $0 == 34 ? [34, 34] : [$0] } + [34]
  }

  var header: [UInt8] {
    let names = frame.columnNames.map { Self.quoted($0, separator) }
    return Array(names.joined(separator: [separator])) + [10]
  }

  /// The whole text, blocks of rows written at the same time.
  var bytes: [UInt8] {
    let blocks = Parallel.blockCount(frame.rowCount)
    var written = [[UInt8]](repeating: [], count: blocks)
    written.withUnsafeMutableBufferPointer { written in
      guard let start = written.baseAddress else { return }
      Parallel.perform(blocks) { start[$0] = rows(Parallel.block($0, of: frame.rowCount)) }
    }
    return header + written.joined()
  }

  /// The lines of some rows.
  func rows(_ range: Range<Int>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count * frame.columns.count * 8)
    for row in range {
      let start = bytes.count
      for column in frame.columns.indices {
        if column > 0 { bytes.append(separator) }
        if frame.columns[column].isPresent(row) { append(&bytes, column, row) }
      }
      // One column's missing value would be an empty line, which is no row.
      if bytes.count == start && !isForPostgres { bytes += [34, 34] }
      bytes.append(10)
    }
    return bytes
  }

  private func append(_ bytes: inout [UInt8], _ column: Int, _ row: Int) {
    switch frame.columns[column].content {
    case .string(let texts): bytes += self.texts[column][Int(texts.storage.codes[row])]
    case .int(let ints): bytes += ints.storage.values[row].description.utf8
    case .double(let doubles): bytes += infinityNamed(doubles.storage.values[row])
    case .categorical(let names): bytes += self.texts[column][Int(names.storage.texts.codes[row])]
    case .int32(let ints): bytes += ints.storage.values[row].description.utf8
    case .float(let floats): bytes += infinityNamed(floats.storage.values[row])
    case .doubleLists(let lists): bytes += Self.quoted(NestedText.list(lists.storage.values[row]), separator)
    case .intLists(let lists): bytes += Self.quoted(NestedText.list(lists.storage.values[row]), separator)
    case .textLists(let lists): bytes += Self.quoted(NestedText.list(lists.storage.values[row]), separator)
    case .tensor(let tensors): bytes += Self.quoted(NestedText.tensor(tensors.storage.values[row]), separator)
    case .bool(let bools): bytes += (bools.storage.values[row] ? "true" : "false").utf8
    case .date(let dates): bytes += (dateTexts[column]?.text(dates.storage.ticks[row]) ?? "").utf8
    }
  }

  /// PostgreSQL has a name of its own for infinity.
  private func infinityNamed<Value: BinaryFloatingPoint & CustomStringConvertible>(_ value: Value) -> String.UTF8View {
    (isForPostgres && value.isInfinite ? (value < 0 ? "-Infinity" : "Infinity") : value.description).utf8
  }
}

extension DataFrame {
  /// The frame as a CSV text, which reads back as the same frame. Missing values are empty, empty texts quoted.
  ///
  ///     try DataFrame(Column("a", [1, 2])).csvText()      // "a\n1\n2\n"
  ///
  /// Stops the cell when the separator is not one ASCII character, or is a quote or line break.
  public func csvText(separator: Character = ",") -> String {
    String(decoding: CSVWriter(self, separator: Self.checked(separator)).bytes, as: UTF8.self)
  }

  /// Writes the frame to a CSV file, replacing the one that is there in one step.
  /// - Throws: what Foundation throws when the file cannot be written.
  public func writeCSV(to path: String, separator: Character = ",") throws {
    let bytes = CSVWriter(self, separator: Self.checked(separator)).bytes
    try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
  }

  private static func checked(_ separator: Character) -> UInt8 {
    guard let byte = separator.asciiValue, ![0, 10, 13, 34].contains(byte) else {
      fatalError("A separator is one ASCII character and no quote or line break; found '\(separator)'.")
    }
    return byte
  }
}
