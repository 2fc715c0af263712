/// The names of the columns, and where the rows start.
struct CSVHeader {
  let names: [String]
  /// Where the first row of values starts.
  let rowsStart: Int

  init(_ text: CSVBytes, _ format: CSVFormat, isThere: Bool) throws(CSVError) {
    var place = 0
    // A byte order mark says only that the text is UTF-8.
    if text.count >= 3, text.start[0] == 0xEF, text.start[1] == 0xBB, text.start[2] == 0xBF { place = 3 }
    while place < text.count, text.start[place] == 10 || text.start[place] == 13 { place += 1 }
    let start = place
    guard place < text.count else {
      names = []
      rowsStart = text.count
      return
    }
    var fields: [CSVField] = []
    let bytes = UnsafePointer(text.start)
    let separators = CSVSeparators(format.separator)
    do throws(CSVField.Problem) {
      while true {
        fields.append(
          try CSVField.next(bytes, count: text.count, &place, separators: separators, number: fields.count + 1))
        guard place < text.count, bytes[place] == format.separator else { break }
        place += 1
      }
    } catch {
      throw error.error(in: text)
    }
    guard isThere else {
      names = fields.indices.map { "column\($0 + 1)" }
      rowsStart = start
      return
    }
    rowsStart = min(text.count, place + 1)
    names = try Self.names(fields, text)
  }

  private static func names(_ fields: [CSVField], _ text: CSVBytes) throws(CSVError) -> [String] {
    var names: [String] = []
    var known: Set<String> = []
    for (place, field) in fields.enumerated() {
      let bytes = UnsafePointer(text.start)
      guard CSVColumnBuilder.isText(bytes + field.start, field.end - field.start) else {
        throw CSVReader.encodingProblem(bytes, field, number: place + 1).error(in: text)
      }
      let name = String(decoding: CSVColumnBuilder.withoutDoubledQuotes(bytes, field), as: UTF8.self)
      if !known.insert(name).inserted {
        throw CSVError(
          .header, line: text.line(of: field.start), column: place + 1, "a second column is named '\(name)'.")
      }
      names.append(name)
    }
    return names
  }
}
