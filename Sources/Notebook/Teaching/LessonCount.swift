import JSON
import Session

/// What the cells of a notebook have shown: pictures, and claims that hold.
package struct LessonCount: Sendable, Equatable {
  /// The format in which the toolkit's `check` shows a claim.
  package static let claimFormat = "application/vnd.martlet.check+json"
  private static let pictureFormats = ["image/svg+xml", "image/png"]

  package private(set) var figures = 0
  package private(set) var checks = 0

  package init(of document: NotebookDocument) {
    for output in document.cells.flatMap(\.outputs) {
      guard case .display(let shown) = output else {
        if case .result(let shown, _) = output { count(shown) }
        continue
      }
      count(shown)
    }
  }

  private mutating func count(_ shown: DisplayOutput) {
    if Self.pictureFormats.contains(where: { shown.data[$0] != nil }) { figures += 1 }
    if shown.data[Self.claimFormat]?.object?["holds"]?.bool == true { checks += 1 }
  }

  /// What the front matter promises and the cells have not shown, one sentence each.
  package func broken(_ promised: FrontMatter?) -> [String] {
    let pairs = [("figures", promised?.figures, figures), ("checks that hold", promised?.checks, checks)]
    return pairs.compactMap { name, expected, found in
      guard let expected, expected != found else { return nil }
      return "The front matter promises \(expected) \(name); the cells have shown \(found)."
    }
  }
}
