/// The order in which completions are offered.
///
/// What begins exactly as typed comes before what differs in case. Then comes what fits the place: the call's labels, values of the expected
/// type; then what is near: local names, the notebook's own, members of the type itself, inherited ones, the toolkit, the
/// library, and after them keywords and modules. Equals are in alphabetical order, cases of an enumeration as declared.
enum CompletionRanking {
  static func sort(_ candidates: inout [Candidate], prefix: String) {
    let keyed = candidates.map { (key: Key($0, prefix: prefix), candidate: $0) }
    candidates = keyed.sorted { $0.key < $1.key }.map(\.candidate)
  }

  private struct Key: Comparable {
    let group: Int
    let name: String
    let order: Int

    init(_ candidate: Candidate, prefix: String) {
      // A keyword of which something was typed is as likely as a name of the notebook: `le` is mostly `let`.
      let isTypedKeyword = candidate.nearness == .keyword && !prefix.isEmpty
      let nearness = isTypedKeyword ? Candidate.Nearness.local : candidate.nearness
      var group = nearness.rawValue + 2
      if candidate.isConvertible { group = min(group, Candidate.Nearness.expected.rawValue + 2) }
      if candidate.isDiscouraged { group += 20 }
      if !candidate.baseName.hasPrefix(prefix) { group += 40 }
      self.group = group
      name = candidate.nearness == .expected ? "" : candidate.baseName.lowercased()
      order = candidate.order
    }

    static func < (left: Key, right: Key) -> Bool {
      (left.group, left.name, left.order) < (right.group, right.name, right.order)
    }
  }
}
