/// Gathers what is offered: no text twice, and no more than asked for.
struct CompletionCollector {
  private(set) var completions: [Completion] = []
  private let limit: Int
  /// What stands in the text before the offset and is replaced by every completion, since some replace it.
  private let replacedBefore: [UInt8]
  private var places: [String: Int] = [:]

  init(limit: Int, replacedBefore: [UInt8]) {
    self.limit = limit
    self.replacedBefore = replacedBefore
  }

  /// - Returns: whether there may be more.
  mutating func add(_ candidate: Candidate, isCalled: Bool) -> Bool {
    guard completions.count < limit else { return false }
    guard var completion = candidate.completion(isCalled: isCalled) else { return true }
    // What a completion does not replace itself, it brings back.
    let kept = replacedBefore.dropLast(candidate.erased)
    completion.text = String(decoding: kept, as: UTF8.self) + completion.text
    if let place = places[completion.text] {
      // Overloads and calls that leave arguments out are one entry: the one that tells most.
      if completions[place].kind == completion.kind, completions[place].label.count < completion.label.count {
        completions[place] = completion
      }
    } else {
      places[completion.text] = completions.count
      completions.append(completion)
    }
    return true
  }
}
