/// A cell's text after rewriting, with the way back to what the user wrote.
///
/// Rewriting never adds or removes a line break of the user's text, so lines stay what they are; columns and offsets
/// are mapped.
package struct RewrittenSource: Sendable {
  /// One replacement in the user's text.
  struct Edit: Sendable {
    var range: Range<Int>
    var replacement: [Piece]

    static func insert(_ text: String, at offset: Int) -> Edit {
      Edit(range: offset..<offset, replacement: [.generated(text)])
    }
    static func replace(_ range: Range<Int>, with text: String) -> Edit {
      Edit(range: range, replacement: [.generated(text)])
    }
  }

  /// A stretch of the rewritten text: ours, or the user's.
  enum Piece: Sendable {
    case generated(String)
    /// A range of the user's text, in UTF-8 offsets.
    case source(Range<Int>)
  }

  package private(set) var text: [UInt8] = []
  /// Where each stretch of the user's text came to lie, in the order of the rewritten text.
  private var stretches: [(rewritten: Int, source: Range<Int>)] = []

  /// Applies edits, which may touch but not overlap; of those at one place, the first given comes first.
  init(_ source: [UInt8], edits: [Edit]) {
    let ordered = edits.enumerated().sorted { first, second in
      (first.element.range.lowerBound, first.offset) < (second.element.range.lowerBound, second.offset)
    }
    var position = 0
    for (_, edit) in ordered {
      append(.source(position..<edit.range.lowerBound), of: source)
      for piece in edit.replacement { append(piece, of: source) }
      position = max(position, edit.range.upperBound)
    }
    append(.source(position..<source.count), of: source)
  }

  private mutating func append(_ piece: Piece, of source: [UInt8]) {
    switch piece {
    case .generated(let generated): text.append(contentsOf: generated.utf8)
    case .source(let range):
      guard !range.isEmpty else { return }
      stretches.append((text.count, range))
      text.append(contentsOf: source[range])
    }
  }

  /// The place in the user's text of a place in the rewritten text; for generated text, the place of what follows it.
  package func sourceOffset(of offset: Int) -> Int {
    var result = 0
    for (rewritten, source) in stretches {
      if offset < rewritten { return source.lowerBound }
      result = min(source.upperBound, source.lowerBound + offset - rewritten)
      if offset < rewritten + source.count { return result }
    }
    return result
  }

  /// Whether a place in the rewritten text is the user's own text.
  package func isSource(_ offset: Int) -> Bool {
    stretches.contains { $0.rewritten <= offset && offset < $0.rewritten + $0.source.count }
  }
}
