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

  /// No completions: the empty range at the cursor is replaced by nothing.
  static func complete(_ request: Message, _ kernel: KernelServices) throws(RequestError) -> Answer {
    let cursor = try cursor(of: request)
    return .ok(["matches": [], "cursor_start": .integer(cursor), "cursor_end": .integer(cursor), "metadata": [:]])
  }

  static func inspect(_ request: Message, _ kernel: KernelServices) throws(RequestError) -> Answer {
    _ = try cursor(of: request)
    return .ok(["found": false, "data": [:], "metadata": [:]])
  }

  static func history(_ request: Message, _ kernel: KernelServices) -> Answer { .ok(["history": []]) }

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
