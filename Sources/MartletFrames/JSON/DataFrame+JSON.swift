import Foundation

extension DataFrame {
  /// Reads a JSON file: an array of objects (a row each), or an object of arrays (a column each).
  ///
  ///     let df = try DataFrame(json: "people.json", schema: ["born": .date])
  ///
  /// Numbers are `Int` where all of a column's are whole, else `Double`; truth values are `Bool`, strings `String`. `null`
  /// and keys that a row does not have are missing values. A column of several types is an error, never turned into text.
  /// - Parameters:
  ///   - path: the file, in UTF-8.
  ///   - schema: types for some columns; `.date` reads strings by ISO 8601, `.string` keeps numbers as they are written.
  ///   - nested: what to do with objects and arrays inside a row.
  /// - Throws: ``JSONTableError`` with line and byte.
  public init(
    json path: String, schema: [String: ColumnType] = [:], nested: JSONNesting = .refuse
  ) throws(JSONTableError) {
    self = try Self.read(try Self.bytes(path), schema, nested) { reader throws(JSONTableError) in try reader.document()
    }
  }

  /// Reads a JSON text; see ``init(json:schema:nested:)``.
  ///
  ///     try DataFrame(jsonText: #"[{"city": "Oslo", "warmth": 5.7}, {"city": "Rome"}]"#)
  public init(
    jsonText text: String, schema: [String: ColumnType] = [:], nested: JSONNesting = .refuse
  ) throws(JSONTableError) {
    self = try Self.read(Array(text.utf8), schema, nested) { reader throws(JSONTableError) in try reader.document() }
  }

  /// Reads a file with a JSON object on each line.
  /// - Throws: ``JSONTableError`` with line and byte.
  public init(
    jsonLines path: String, schema: [String: ColumnType] = [:], nested: JSONNesting = .refuse
  ) throws(JSONTableError) {
    self = try Self.read(try Self.bytes(path), schema, nested) { reader throws(JSONTableError) in try reader.lines() }
  }

  /// Reads a text with a JSON object on each line.
  ///
  ///     try DataFrame(jsonLinesText: "{\"x\": 1}\n{\"x\": 2}")
  public init(
    jsonLinesText text: String, schema: [String: ColumnType] = [:], nested: JSONNesting = .refuse
  ) throws(JSONTableError) {
    self = try Self.read(Array(text.utf8), schema, nested) { reader throws(JSONTableError) in try reader.lines() }
  }

  private static func bytes(_ path: String) throws(JSONTableError) -> [UInt8] {
    do {
      return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw JSONTableError(.unreadable, "'\(path)' cannot be read: \(error.localizedDescription)")
    }
  }

  private static func read(
    _ bytes: [UInt8], _ schema: [String: ColumnType], _ nested: JSONNesting,
    _ body: (inout JSONTableReader) throws(JSONTableError) -> DataFrame
  ) throws(JSONTableError) -> DataFrame {
    try bytes.withUnsafeBufferPointer { bytes throws(JSONTableError) in
      var reader = JSONTableReader(bytes, schema, nested)
      return try body(&reader)
    }
  }
}
