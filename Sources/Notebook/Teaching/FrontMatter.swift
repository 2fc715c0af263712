import JSON

/// What a tutorial says of itself: the notebook's metadata under `martlet`.
///
///     "martlet": {"id": "20", "minutes": 20, "before": ["07", "15"], "data": ["diabetes"], "figures": 8, "checks": 12}
///
/// Everything in it may be missing; what is of the wrong type counts as missing.
package struct FrontMatter: Sendable, Equatable {
  /// Its number in the course.
  package var identifier: String?
  /// The heading under which a gallery lists it; its folder's name where it names none.
  package var group: String?
  /// How long a reader takes.
  package var minutes: Int?
  /// The numbers of the tutorials to read before.
  package var before: [String]
  /// The names of the data sets that it uses.
  package var data: [String]
  /// How many pictures its cells draw.
  package var figures: Int?
  /// How many claims its cells check.
  package var checks: Int?

  /// The front matter of a notebook; `nil` when it has none.
  package init?(of document: NotebookDocument) {
    guard let fields = document.metadata["martlet"]?.object else { return nil }
    identifier = fields["id"]?.string
    group = fields["group"]?.string
    minutes = fields["minutes"]?.integer
    before = (fields["before"]?.array ?? []).compactMap(\.string)
    data = (fields["data"]?.array ?? []).compactMap(\.string)
    figures = fields["figures"]?.integer
    checks = fields["checks"]?.integer
  }
}
