/// A type of the standard library whose description would name the modules of what it contains.
protocol PlainTextContainer {
  func writePlainText(to writer: inout PlainTextWriter)
}

extension Optional: PlainTextContainer {
  func writePlainText(to writer: inout PlainTextWriter) {
    guard let value = self else { return writer.write("nil") }
    writer.write("Optional(")
    writer.write(value, nested: true)
    writer.write(")")
  }
}

extension Array: PlainTextContainer {
  func writePlainText(to writer: inout PlainTextWriter) { writer.writeElements(of: self) }
}

extension ArraySlice: PlainTextContainer {
  func writePlainText(to writer: inout PlainTextWriter) { writer.writeElements(of: self) }
}

extension ContiguousArray: PlainTextContainer {
  func writePlainText(to writer: inout PlainTextWriter) { writer.writeElements(of: self) }
}

extension Set: PlainTextContainer {
  func writePlainText(to writer: inout PlainTextWriter) { writer.writeElements(of: self) }
}

extension Dictionary: PlainTextContainer {
  func writePlainText(to writer: inout PlainTextWriter) {
    writer.writePairs(of: lazy.map { ($0.key, $0.value) })
  }
}

extension KeyValuePairs: PlainTextContainer {
  func writePlainText(to writer: inout PlainTextWriter) {
    writer.writePairs(of: lazy.map { ($0.key, $0.value) })
  }
}

extension PlainTextWriter {
  /// Writes `[a, b, c]`.
  mutating func writeElements(of elements: some Sequence) {
    write("[")
    var separator = ""
    for element in elements {
      if isFull { break }
      write(separator)
      write(element, nested: true)
      separator = ", "
    }
    write("]")
  }

  /// Writes `["a": 1, "b": 2]`, and `[:]` for none.
  mutating func writePairs(of pairs: some Sequence<(some Any, some Any)>) {
    write("[")
    var separator = ""
    for (key, value) in pairs {
      if isFull { break }
      write(separator)
      write(key, nested: true)
      write(": ")
      write(value, nested: true)
      separator = ", "
    }
    write(separator.isEmpty ? ":]" : "]")
  }
}
