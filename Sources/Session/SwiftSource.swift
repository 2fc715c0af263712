/// Swift to be compiled for a cell: the cell's text, or a part of it with what a command puts around it.
///
/// What is left out of the text is spaces, so that every line, column and offset is the user's own.
struct SwiftSource: Sendable {
  /// Text that a command adds.
  struct Insertion: Sendable {
    /// Where, in UTF-8 offsets of the cell's text.
    var offset: Int
    var text: String
  }

  /// What is compiled.
  let code: String
  /// The cell as the user wrote it.
  let shown: String
  /// In the order of their places.
  private let insertions: [Insertion]

  /// A whole cell of Swift.
  init(_ code: String) { (self.code, shown, insertions) = (code, code, []) }

  /// A part of a cell.
  ///
  /// - Parameters:
  ///   - isLast: whether the value of its last expression is shown.
  ///   - insertions: those at one place in the order in which they are to stand.
  init(_ text: CellText, part: Range<Int>, isLast: Bool = true, insertions: [Insertion] = []) {
    var insertions = insertions
    // On a line of its own, since a comment may stand at the end of the part.
    if !isLast { insertions.append(Insertion(offset: part.upperBound, text: "\n;")) }
    let sorted = insertions.enumerated().sorted { ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset) }
    self.insertions = sorted.map(\.element)
    shown = String(decoding: text.bytes, as: UTF8.self)
    var code: [UInt8] = []
    var position = 0
    let blanked = text.blanked(keeping: part)
    for insertion in self.insertions {
      code += blanked[position..<insertion.offset]
      code += insertion.text.utf8
      position = insertion.offset
    }
    self.code = String(decoding: code + blanked[position...], as: UTF8.self)
  }

  /// The place in the cell's text of a place in what is compiled.
  func shownOffset(of offset: Int) -> Int {
    var added = 0
    for insertion in insertions {
      let start = insertion.offset + added
      if offset < start { break }
      if offset < start + insertion.text.utf8.count { return insertion.offset }
      added += insertion.text.utf8.count
    }
    return offset - added
  }
}
