/// What is to be completed.
struct CompletionQuery {
  /// Where the identifier begins, in the request's text.
  var offset: Int
  /// What of it stands before the cursor.
  var prefix: String
  /// Whether an opening parenthesis follows.
  var isCalled: Bool
  var limit: Int
}

/// Asks SourceKit for completions. In the helper process only.
struct Completer {
  let sourceKit: SourceKit

  /// Reads what the context imports, so that the next completion finds it in memory.
  func prepare(_ request: HelperRequest) {
    _ = candidates(at: request.text.utf8.count, request)
  }

  /// The completions, best first, and how many bytes before the offset they replace too.
  func completions(_ query: CompletionQuery, _ request: HelperRequest) -> ([Completion], replacedBefore: Int) {
    var candidates = candidates(at: query.offset, request).filter { $0.matches(query.prefix) }
    CompletionRanking.sort(&candidates, prefix: query.prefix)
    let replacedBefore = candidates.map(\.erased).max() ?? 0
    let text = request.text.utf8
    var seen: [String: Int] = [:]
    var result: [Completion] = []
    for candidate in candidates {
      guard var completion = candidate.completion(isCalled: query.isCalled) else { continue }
      // Replaced with the others' range, a completion brings back what it does not replace itself.
      let kept = text.dropFirst(query.offset - replacedBefore).prefix(replacedBefore - candidate.erased)
      completion.text = String(decoding: kept, as: UTF8.self) + completion.text
      if let index = seen[completion.text] {
        // Overloads and calls that leave arguments out are one entry: the one that tells most.
        if result[index].kind == completion.kind, result[index].label.count < completion.label.count {
          result[index] = completion
        }
      } else if result.count < query.limit {
        seen[completion.text] = result.count
        result.append(completion)
      }
    }
    return (result, replacedBefore)
  }

  private func candidates(at offset: Int, _ request: HelperRequest) -> [Candidate] {
    let question = SourceKitRequest("codecomplete", sourceKit: sourceKit)
    question.set("sourcefile", SourceFile.name)
    question.set("name", SourceFile.name)
    question.set("sourcetext", request.text)
    question.set("offset", offset)
    question.set("compilerargs", request.compilerArguments + [SourceFile.name])
    let found: [Candidate]? = sourceKit.send(question) { answer in
      guard let results = answer["results"] else { return nil }
      return results.elements.enumerated().compactMap { Candidate($0.element, order: $0.offset) }
    }
    return found ?? []
  }
}

/// The file that SourceKit believes to see; its text comes with each request.
enum SourceFile {
  static let name = "/martlet/cell.swift"
}
