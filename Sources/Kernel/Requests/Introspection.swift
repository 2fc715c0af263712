import Intelligence
import JSON
import JupyterWire

/// Questions about code that are answered without running it.
enum Introspection {
  static func isComplete(_ request: Message, _ kernel: KernelServices) throws(RequestError) -> Answer {
    guard let completeness = kernel.evaluator.completeness(of: try code(of: request)) else {
      return Answer(content: ["status": "unknown"])
    }
    return switch completeness {
    case .complete: Answer(content: ["status": "complete"])
    case .incomplete(let indent): Answer(content: ["status": "incomplete", "indent": .string(indent)])
    case .invalid: Answer(content: ["status": "invalid"])
    }
  }

  static func complete(_ request: Message, _ kernel: KernelServices) throws(RequestError) -> Answer {
    let found = kernel.evaluator.complete(try code(of: request), at: try cursor(of: request))
    let (start, end) = (JSONValue.integer(found.replaced.lowerBound), JSONValue.integer(found.replaced.upperBound))
    let details = found.completions.map { completion -> JSONValue in
      [
        "text": .string(completion.text), "type": .string(completion.kind.word),
        "signature": .string(completion.signature), "start": start, "end": end,
      ]
    }
    return .ok([
      "matches": .array(found.completions.map { .string($0.text) }), "cursor_start": start, "cursor_end": end,
      // What frontends show of each match; they use it only when it is as long as the list of matches.
      "metadata": ["_jupyter_types_experimental": .array(details)],
    ])
  }

  static func inspect(_ request: Message, _ kernel: KernelServices) throws(RequestError) -> Answer {
    let isDetailed = request.content["detail_level"]?.integer == 1
    var found = kernel.evaluator.inspect(try code(of: request), at: try cursor(of: request))
    if isDetailed { found = found?.withSource }
    let data: JSONValue =
      found.map { ["text/plain": .string($0.plainText), "text/markdown": .string($0.markdown)] } ?? [:]
    return .ok(["found": .bool(found != nil), "data": data, "metadata": [:]])
  }

  private static func code(of request: Message) throws(RequestError) -> String {
    guard let code = request.content["code"]?.string else { throw RequestError("'code' is not text.") }
    return code
  }

  /// The cursor in Unicode code points from the start, within the code; its end where the request does not say.
  private static func cursor(of request: Message) throws(RequestError) -> Int {
    let end = try code(of: request).unicodeScalars.count
    return min(max(request.content["cursor_pos"]?.integer ?? end, 0), end)
  }
}

extension Completion.Kind {
  /// The kind as frontends show it.
  fileprivate var word: String {
    switch self {
    case .enumCase: "case"
    case .initializer: "constructor"
    default: rawValue
    }
  }
}
