extension CodeAtCursor {
  /// Where the identifier at the cursor begins with a backtick: the code without that and the one that may close it already,
  /// the cursor there, and what a completion replaces here. Half a name in backticks is no code that the compiler understands.
  var unescaped: (code: String, cursor: Int, replaced: Range<Int>)? {
    let backtick = UInt8(ascii: "`")
    let start = identifier.lowerBound
    let line = bytes[..<start].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    // After an even number of them, the last one has closed a name.
    guard start > 0, bytes[start - 1] == backtick, bytes[line..<start].count(where: { $0 == backtick }) % 2 == 1,
      !isOutsideCode
    else { return nil }
    let end = identifier.upperBound
    let isClosed = end < bytes.count && bytes[end] == backtick
    let code = text(0..<start - 1) + text(start..<end) + text((isClosed ? end + 1 : end)..<bytes.count)
    return (code, cursor - 1, start - 1..<(isClosed ? end + 1 : cursor))
  }
}

extension CompletionList {
  /// The list with its names in backticks.
  func escaped(replacing range: Range<Int>) -> CompletionList {
    let escaped = completions.compactMap { completion -> Completion? in
      if completion.kind == .keyword || completion.kind == .argument { return nil }
      var result = completion
      let name = completion.text.filter { $0 != "`" }.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      guard !name.isEmpty else { return nil }
      result.text = "`\(name)`" + completion.text.filter { $0 != "`" }.dropFirst(name.count)
      return result
    }
    return CompletionList(completions: escaped, replaced: range)
  }
}
