import Foundation

extension DataFrame {
  /// Reads a CSV file.
  ///
  ///     let df = try DataFrame(csv: "titanic.csv", missing: ["", "NA"], schema: ["ticket": .string])
  ///
  /// Fields follow RFC 4180: quotes may hold separators, line breaks and doubled quotes. Each column gets the first of
  /// `Int`, `Double`, `Bool`, `Date` (ISO 8601, without an offset taken as UTC; also `2026/03/01` and dates with a
  /// month's name in English) and `String` that fits **all** of its values, whichever row they are in; numbers with leading
  /// zeros are text. Nothing is ever changed to fit. `03/04/2026` has two meanings and stays text unless the schema says
  /// which: `.date(format: "dd/MM/yyyy")`.
  ///
  /// - Parameters:
  ///   - path: the file, in UTF-8.
  ///   - separator: the ASCII character between fields.
  ///   - hasHeader: whether the first row holds the names; otherwise they are column1, column2, ….
  ///   - missing: unquoted texts that stand for a missing value. Add "NA" where the data use it; "NaN" is a number.
  ///   - schema: types for the columns whose type should not be guessed. Lists and tensors are read as JSON writes arrays:
  ///     `"[0.5, 1]"`.
  /// - Throws: ``CSVError`` with line and field.
  /// - Complexity: O(bytes), on all cores.
  public init(
    csv path: String, separator: Character = ",", hasHeader: Bool = true, missing: [String] = [""],
    schema: [String: ColumnType] = [:]
  ) throws(CSVError) {
    let format = try CSVFormat(separator: separator, missing: missing)
    try self.init(CSVBytes(file: path), format, hasHeader, schema)
  }

  /// Reads a CSV text; see ``init(csv:separator:hasHeader:missing:schema:)``.
  ///
  ///     try DataFrame(csvText: "city,warmth\nOslo,5.7\nRome,15.5")
  public init(
    csvText text: String, separator: Character = ",", hasHeader: Bool = true, missing: [String] = [""],
    schema: [String: ColumnType] = [:]
  ) throws(CSVError) {
    let format = try CSVFormat(separator: separator, missing: missing)
    try self.init(CSVBytes(text), format, hasHeader, schema)
  }

  /// Reads the bytes of a CSV text; see ``init(csv:separator:hasHeader:missing:schema:)``.
  public init(
    csvData data: Data, separator: Character = ",", hasHeader: Bool = true, missing: [String] = [""],
    schema: [String: ColumnType] = [:]
  ) throws(CSVError) {
    let format = try CSVFormat(separator: separator, missing: missing)
    try self.init(CSVBytes(data), format, hasHeader, schema)
  }

  private init(
    _ bytes: CSVBytes, _ format: CSVFormat, _ hasHeader: Bool, _ schema: [String: ColumnType]
  ) throws(CSVError) {
    var reader = try CSVReader(bytes, format, hasHeader: hasHeader, schema: schema)
    self = try reader.frame()
  }
}
