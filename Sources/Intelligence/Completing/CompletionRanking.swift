/// The order in which completions are offered.
///
/// What begins exactly as typed comes before what differs in case. Then comes what fits the place: the call's labels, values
/// of the expected type; then what is near, as ``Nearness`` orders it. Equals are in alphabetical order, cases of an
/// enumeration as declared.
struct CompletionRanking {
  private var groups: [Int: [Candidate]] = [:]

  init(_ candidates: some Sequence<Candidate>, prefix: String) {
    for candidate in candidates { groups[Self.group(of: candidate, prefix: prefix), default: []].append(candidate) }
  }

  /// Hands the candidates on, best first, until there are enough. Only groups that are reached are sorted.
  func visit(_ body: (Candidate) -> Bool) {
    for (_, candidates) in groups.sorted(by: { $0.key < $1.key }) {
      for candidate in Self.sorted(candidates) where !body(candidate) { return }
    }
  }

  private static func group(of candidate: Candidate, prefix: String) -> Int {
    var group = candidate.nearness.rawValue
    if candidate.isConvertible { group = min(group, Nearness.expected.rawValue) }
    if candidate.isDiscouraged { group += 20 }
    if !candidate.baseName.hasPrefix(prefix) { group += 40 }
    return group
  }

  private static func sorted(_ candidates: [Candidate]) -> [Candidate] {
    let keyed = candidates.map { candidate in
      (name: candidate.nearness == .expected ? "" : sortingName(candidate), candidate: candidate)
    }
    return keyed.sorted { left, right in
      // Of what was declared twice, the newest is the one that is meant.
      (left.name, right.candidate.cell, left.candidate.order) < (right.name, left.candidate.cell, right.candidate.order)
    }.map(\.candidate)
  }

  /// Names with an underscore in front come last.
  private static func sortingName(_ candidate: Candidate) -> String {
    let name = candidate.baseName.lowercased()
    return name.hasPrefix("_") ? "~\(name)" : name
  }
}
