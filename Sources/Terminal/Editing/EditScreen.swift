/// Draws a prompt and the text being typed, and knows where on the terminal they are.
package struct EditScreen {
  /// The row of the cursor below the first row of what is drawn.
  private var cursorRow = 0

  package init() {}

  /// What to send to a terminal of `width` columns so that it shows the buffer, over what was drawn before.
  ///
  /// - Parameter below: lines to be shown under it, each of less than `width` columns.
  package mutating func drawing(
    _ buffer: EditBuffer, prompt: Prompt, width: Int, below: [String] = []
  ) -> String {
    var text = backToStart
    var (row, column) = (0, 0)
    var cursor = (row: 0, column: 0)
    var line = 0
    text += prompt.shown(line: 0)
    column = ColumnWidth.of(prompt.first)
    for index in 0...buffer.characters.count {
      if index == buffer.cursor { cursor = (row, column) }
      guard index < buffer.characters.count else { break }
      let character = buffer.characters[index]
      if character == "\n" {
        line += 1
        text += "\r\n" + prompt.shown(line: line)
        (row, column) = (row + 1, ColumnWidth.of(prompt.further))
        continue
      }
      let columns = ColumnWidth.of(character)
      if column + columns > width {
        text += "\r\n"
        (row, column) = (row + 1, 0)
        if index == buffer.cursor { cursor = (row, column) }
      }
      text.append(character)
      column += columns
    }
    // Terminals stay in the last column until something more comes; a full row needs its break at once.
    if column >= width {
      text += "\r\n"
      (row, column) = (row + 1, 0)
      if buffer.isAtEnd { cursor = (row, column) }
    }
    for line in below {
      text += "\r\n" + line
      row += 1
    }
    if row > cursor.row { text += "\u{1B}[\(row - cursor.row)A" }
    text += "\r" + (cursor.column > 0 ? "\u{1B}[\(cursor.column)C" : "")
    cursorRow = cursor.row
    return text
  }

  /// What leaves the drawn text as it stands and goes on below it.
  package mutating func leaving(_ buffer: EditBuffer, prompt: Prompt, width: Int) -> String {
    var end = buffer
    end.moveToEnd()
    defer { cursorRow = 0 }
    return drawing(end, prompt: prompt, width: width) + "\r\n"
  }

  /// What clears the terminal, so that the next drawing is at its top.
  package mutating func clearing() -> String {
    cursorRow = 0
    return "\u{1B}[H\u{1B}[2J"
  }

  private var backToStart: String { (cursorRow > 0 ? "\u{1B}[\(cursorRow)A" : "") + "\r\u{1B}[J" }
}
