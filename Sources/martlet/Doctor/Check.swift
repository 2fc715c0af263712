/// Something that Martlet needs, and whether it is there.
package struct Check: Sendable, Equatable {
  /// What was looked at.
  package var name: String
  /// What was found.
  package var finding: String
  /// What to do about it; `nil` when all is well.
  package var remedy: String?

  package init(_ name: String, _ finding: String, remedy: String? = nil) {
    self.name = name
    self.finding = finding
    self.remedy = remedy
  }

  /// The check as lines of text.
  package var text: String {
    guard let remedy else { return "✓ \(name): \(finding)\n" }
    return "✗ \(name): \(finding)\n  \(remedy)\n"
  }
}
