import Foundation

extension DataFrame {
  /// Reads a CSV file.
  ///
  ///     let df = try DataFrame(csv: "titanic.csv", missing: ["", "NA"], schema: ["ticket": .string])
  ///
  /// Fields follow RFC 4180: quotes may hold separators, line breaks and doubled quotes. Each column gets the first of
  /// `Int`, `Double`, `Bool` and `String` that fits all of its values; numbers with leading zeros are text.
  ///
  /// - Parameters:
  ///   - path: the file, in UTF-8.
  ///   - separator: the ASCII character between fields.
  ///   - hasHeader: whether the first row holds the names; otherwise they are column1, column2, ….
  ///   - missing: unquoted texts that stand for a missing value. Add "NA" where the data use it; "NaN" is a number.
  ///   - schema: types for the columns whose type should not be guessed.
  /// - Throws: ``CSVError`` with line and field.
  public init(
    csv path: String, separator: Character = ",", hasHeader: Bool = true, missing: [String] = [""],
    schema: [String: ColumnType] = [:]
  ) throws(CSVError) {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw CSVError(.unreadable, "'\(path)' cannot be read: \(error.localizedDescription)")
    }
    try self.init(csvData: data, separator: separator, hasHeader: hasHeader, missing: missing, schema: schema)
  }

  /// Reads a CSV text; see ``init(csv:separator:hasHeader:missing:schema:)``.
  ///
  ///     try DataFrame(csvText: "city,warmth\nOslo,5.7\nRome,15.5")
  public init(
    csvText text: String, separator: Character = ",", hasHeader: Bool = true, missing: [String] = [""],
    schema: [String: ColumnType] = [:]
  ) throws(CSVError) {
    try self.init(
      csvData: Data(text.utf8), separator: separator, hasHeader: hasHeader, missing: missing, schema: schema)
  }

  /// Reads the bytes of a CSV text; see ``init(csv:separator:hasHeader:missing:schema:)``.
  public init(
    csvData data: Data, separator: Character = ",", hasHeader: Bool = true, missing: [String] = [""],
    schema: [String: ColumnType] = [:]
  ) throws(CSVError) {
    guard let byte = separator.asciiValue, ![0, 10, 13, 34].contains(byte) else {
      throw CSVError(.header, "the separator is one ASCII character and no quote or line break; found '\(separator)'.")
    }
    let bytes = [UInt8](data)
    let columns: Result<([AnyColumn], Int), CSVError> = bytes.withUnsafeBufferPointer { bytes in
      do throws(CSVError) {
        let table = try CSVTable(bytes: bytes, separator: byte, hasHeader: hasHeader, missing: missing)
        if let unknown = schema.keys.sorted().first(where: { !table.names.contains($0) }) {
          let problem = FrameError.unknownColumn(unknown, in: table.names)
          throw CSVError(.header, "the schema does not fit: \(problem.description)")
        }
        var columns: [AnyColumn] = []
        for place in table.names.indices {
          columns.append(try table.column(place, as: schema[table.names[place]]))
        }
        return .success((columns, table.records.count))
      } catch {
        return .failure(error)
      }
    }
    let (read, rowCount) = try columns.get()
    self.init(fitting: read, rowCount: rowCount)
  }

  /// The frame as a CSV text, which reads back as the same frame. Missing values are empty, empty texts quoted.
  ///
  ///     try DataFrame(Column("a", [1, 2])).csvText()      // "a\n1\n2\n"
  public func csvText(separator: Character = ",") -> String {
    let texts = columns.map { column in
      column.texts().map { $0.map { quoted($0, separator, column.type) } ?? "" }
    }
    var lines = [columns.map { quoted($0.name, separator, .string) }.joined(separator: String(separator))]
    for row in 0..<rowCount { lines.append(texts.map { $0[row] }.joined(separator: String(separator))) }
    // One column's missing value would be an empty line, which is no row.
    if columns.count == 1 { lines = lines.map { $0.isEmpty ? "\"\"" : $0 } }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Writes the frame to a CSV file, replacing the one that is there in one step.
  /// - Throws: what Foundation throws when the file cannot be written.
  public func writeCSV(to path: String, separator: Character = ",") throws {
    try Data(csvText(separator: separator).utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
  }

  /// Quotes a text that would otherwise read back as something else.
  private func quoted(_ text: String, _ separator: Character, _ type: ColumnType) -> String {
    let needsQuotes =
      type == .string
      && (text.isEmpty || text.unicodeScalars.contains { "\"\n\r".unicodeScalars.contains($0) }
        || text.contains(separator)
        || text.hasPrefix("\u{FEFF}"))
    return needsQuotes ? "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : text
  }
}
