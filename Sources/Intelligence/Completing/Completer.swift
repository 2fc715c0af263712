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
  private let sourceKit: SourceKit
  private let kinds: KindTable

  init(sourceKit: SourceKit) {
    self.sourceKit = sourceKit
    kinds = KindTable(sourceKit: sourceKit)
  }

  /// Reads what the context imports, so that the next completion finds it in memory.
  func prepare(_ request: HelperRequest) { _ = ask(at: request.text.utf8.count, request) { _ in true } }

  /// The completions, best first, and how many bytes before the offset they replace too.
  func completions(_ query: CompletionQuery, _ request: HelperRequest) -> ([Completion], replacedBefore: Int) {
    let prefix = Array(query.prefix.utf8)
    let found = ask(at: query.offset, request) { answer in
      answer["results"].map { results in
        let candidates = results.elements.enumerated().compactMap {
          Candidate($0.element, order: $0.offset, prefix: prefix, kinds: kinds)
        }
        let replacedBefore = candidates.map(\.erased).max() ?? 0
        let replaced = request.text.utf8.dropFirst(query.offset - replacedBefore).prefix(replacedBefore)
        var collector = CompletionCollector(limit: query.limit, replacedBefore: Array(replaced))
        CompletionRanking(candidates, prefix: query.prefix).visit { collector.add($0, isCalled: query.isCalled) }
        return (collector.completions, replacedBefore)
      }
    }
    return found ?? ([], 0)
  }

  private func ask<Result>(
    at offset: Int, _ request: HelperRequest, read: (SourceKitValue) -> Result?
  ) -> Result? {
    let question = SourceKitRequest("codecomplete", sourceKit: sourceKit)
    question.set("sourcefile", SourceFile.name)
    question.set("name", SourceFile.name)
    question.set("sourcetext", request.text)
    question.set("offset", offset)
    question.set("compilerargs", request.compilerArguments + [SourceFile.name])
    return sourceKit.send(question, read: read)
  }
}

/// The file that SourceKit believes to see; its text comes with each request.
enum SourceFile {
  static let name = "/martlet/cell.swift"
}
