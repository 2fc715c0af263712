internal import CMartletRuntime
import Foundation

/// Takes an ARFF text line by line: first the attributes, then a row a line.
struct ARFFReader {
  private struct Attribute {
    let name: String
    let type: ColumnType
    /// The values that a nominal attribute may have; empty for the others.
    let values: [String]
    var column = GrowingColumn()
  }

  private var attributes: [Attribute] = []
  private var hasData = false
  private var rowCount = 0

  mutating func read(_ line: Substring, _ number: Int) throws(ARFFError) {
    martlet_poll()
    var words = ARFFWords(line, number)
    guard let first = words.peek, first != "%" else { return }
    if hasData { return try first == "{" ? readSparse(&words) : readRow(&words) }
    guard first == "@" else {
      throw words.problem("a line before @data begins with @relation or @attribute; found '\(line.prefix(40))'.")
    }
    switch try words.bareWord().lowercased() {
    case "@relation": return
    case "@attribute": attributes.append(try attribute(&words))
    case "@data":
      guard !attributes.isEmpty else { throw words.problem("@data comes before any @attribute.") }
      hasData = true
    case let other: throw words.problem("'\(other)' is none of @relation, @attribute and @data.")
    }
  }

  private func attribute(_ words: inout ARFFWords) throws(ARFFError) -> Attribute {
    let name = try words.value() ?? "?"
    if words.peek == "{" {
      var values: [String] = []
      try words.skip("{")
      while words.peek != "}" {
        values.append(try words.value() ?? "?")
        if words.peek == "," { try words.skip(",") }
      }
      return Attribute(name: name, type: .string, values: values)
    }
    switch try words.bareWord().lowercased() {
    case "numeric", "real": return Attribute(name: name, type: .double, values: [])
    case "integer": return Attribute(name: name, type: .int, values: [])
    case "string": return Attribute(name: name, type: .string, values: [])
    case "date": return Attribute(name: name, type: .date, values: [])
    case let other:
      throw words.problem(
        "attribute '\(name)' has the type '\(other)'; expected numeric, real, integer, string, date or {values}.")
    }
  }

  private mutating func readRow(_ words: inout ARFFWords) throws(ARFFError) {
    for place in attributes.indices {
      if place > 0 {
        guard words.peek == "," || words.peek == "\t" else {
          throw words.problem("a row has \(attributes.count) values; found \(place).")
        }
        try words.skip(",")
      }
      try append(try words.value(), to: place, words)
    }
    guard words.peek == nil || words.peek == "%" || words.peek == "{" || words.peek == "," else {
      throw words.problem("a row has \(attributes.count) values; found more.")
    }
    // A weight in braces may follow; it is no value.
    if words.peek == "," {
      try words.skip(",")
      guard words.peek == "{" else { throw words.problem("a row has \(attributes.count) values; found more.") }
    }
    rowCount += 1
  }

  private mutating func readSparse(_ words: inout ARFFWords) throws(ARFFError) {
    var found = [String?](repeating: nil, count: attributes.count)
    var isGiven = [Bool](repeating: false, count: attributes.count)
    try words.skip("{")
    while words.peek != "}" {
      let index = try words.bareWord()
      guard let place = Int(index), attributes.indices.contains(place), !isGiven[place] else {
        throw words.problem(
          "a sparse row names each attribute once by its number below \(attributes.count); found '\(index)'.")
      }
      found[place] = try words.value()
      isGiven[place] = true
      if words.peek == "," { try words.skip(",") }
    }
    for place in attributes.indices {
      let usual = attributes[place].values.first ?? (attributes[place].type == .string ? "" : "0")
      try append(isGiven[place] ? found[place] : usual, to: place, words)
    }
    rowCount += 1
  }

  private mutating func append(_ text: String?, to place: Int, _ words: ARFFWords) throws(ARFFError) {
    guard let text else { return attributes[place].column.appendMissing() }
    let attribute = attributes[place]
    guard attribute.values.isEmpty || attribute.values.contains(text) else {
      throw words.problem(
        "'\(text)' is no value of '\(attribute.name)', which has \(attribute.values.joined(separator: ", ")).")
    }
    do throws(GrowingColumn.Mismatch) {
      switch attribute.type {
      case .double:
        guard let number = Double(text) else { throw .init(description: "'\(text)'") }
        try attributes[place].column.append(number)
      case .int:
        guard let number = Int(text) else { throw .init(description: "'\(text)'") }
        try attributes[place].column.append(number)
      default:
        var text = text
        let result = text.withUTF8 { bytes in
          Result { () throws(GrowingColumn.Mismatch) in
            // An empty text may have no address; nothing is read from it.
            try attributes[place].column.append(
              text: bytes.baseAddress ?? UnsafePointer(bitPattern: 1)!, bytes.count)
          }
        }
        try result.get()
      }
    } catch {
      throw words.problem("'\(attribute.name)' should hold \(attribute.type); found \(error.description).")
    }
  }

  /// The table, when all lines have been read.
  func frame() throws(ARFFError) -> DataFrame {
    guard hasData else { throw ARFFError(line: nil, message: "there is no @data line; this is not a whole ARFF file.") }
    var columns: [AnyColumn] = []
    for attribute in attributes {
      let column = attribute.column.column(
        attribute.name, expecting: attribute.type == .date ? .string : attribute.type)
      if attribute.type == .date {
        guard let dates = column.asDates().column else {
          throw ARFFError(
            line: nil,
            message: "'\(attribute.name)' holds dates that are not written by ISO 8601, as 2026-03-01T12:30:00.")
        }
        columns.append(dates)
      } else {
        columns.append(column)
      }
    }
    do throws(FrameError) { return try DataFrame(columns) } catch {
      throw ARFFError(line: nil, message: error.description)
    }
  }
}
