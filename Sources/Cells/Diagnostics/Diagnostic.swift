/// What the compiler says of a cell, in the user's own coordinates.
package struct Diagnostic: Sendable, Equatable, Codable {
  package enum Severity: Sendable, Equatable, Codable { case note, warning, error }

  /// A replacement that the compiler proposes.
  package struct FixIt: Sendable, Equatable, Codable {
    /// The range to replace, in UTF-8 offsets of the cell's text.
    package var range: Range<Int>
    package var replacement: String

    package init(range: Range<Int>, replacement: String) { (self.range, self.replacement) = (range, replacement) }

    /// The replacement in one line, as people write it: `default: …` for `default:\n<#code#>\n`.
    ///
    /// An editor's placeholder, `<#words#>` or `<#T##words##type#>`, becomes `<words>`; `code` stands for anything.
    package var shownReplacement: String {
      var shown = ""
      var rest = replacement[...]
      while let start = rest.firstRange(of: "<#"), let end = rest[start.upperBound...].firstRange(of: "#>") {
        let parts = rest[start.upperBound..<end.lowerBound].split(separator: "##")
        let words = parts.first == "T" && parts.count > 1 ? parts[1] : parts.first ?? "code"
        shown += rest[..<start.lowerBound] + (words == "code" ? "…" : "<\(words)>")
        rest = rest[end.upperBound...]
      }
      shown += rest
      guard shown.contains(where: \.isNewline) else { return shown }
      return shown.split(whereSeparator: \.isNewline).map { $0.trimmingPrefix(while: \.isWhitespace) }
        .joined(separator: " ")
    }
  }

  package var severity: Severity
  package var message: String
  /// Where it points to: a UTF-8 offset in the cell's text; `nil` when it points elsewhere or nowhere.
  package var offset: Int?
  /// Where a note points to when that is another cell: `In[2]:3`.
  package var elsewhere: String?
  package var fixIts: [FixIt] = []
  package var notes: [Diagnostic] = []

  /// Whether something may not have been found because the cell that declares it was not imported or not opened.
  ///
  /// - Parameter isSomewhere: whether an earlier cell may have a name. A misspelt one is in none of them.
  func mentionsWhatIsMissing(isSomewhere: (String) -> Bool) -> Bool {
    guard severity == .error else { return false }
    if message.contains("cannot find"), let name = message.split(separator: "'").dropFirst().first {
      return isSomewhere(String(name))
    }
    return ["inaccessible due to", "cannot find", "has no member", "does not conform", "not a known"].contains {
      message.contains($0)
    }
  }

  /// Whether the message speaks of something that the rewriter brought in.
  var mentionsGeneratedNames: Bool { severity == .error && message.contains("_martlet") }
}
