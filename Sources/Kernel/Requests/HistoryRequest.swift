import JSON
import JupyterWire
import Session

/// Questions about the cells of this session and of earlier ones, answered as IPython's kernel does.
enum HistoryRequest {
  static func answer(_ request: Message, _ kernel: KernelServices) -> Answer {
    let isWithOutput = request.content["output"]?.bool ?? false
    let entries = query(request.content).map(kernel.evaluator.history) ?? []
    return .ok(["history": .array(entries.map { row($0, isWithOutput: isWithOutput) })])
  }

  /// What is asked for; `nil` for a kind of question that nobody knows, whose answer is empty.
  ///
  /// `raw` makes no difference: cells are kept as they were typed.
  static func query(_ content: JSONValue) -> HistoryQuery? {
    switch content["hist_access_type"]?.string {
    case "range":
      return .range(
        session: content["session"]?.integer ?? 0, start: content["start"]?.integer ?? 0,
        stop: content["stop"]?.integer)
    case "tail": return .tail(content["n"]?.integer ?? 10)
    case "search":
      return .search(
        pattern: content["pattern"]?.string ?? "*", count: content["n"]?.integer,
        unique: content["unique"]?.bool ?? false)
    default: return nil
    }
  }

  private static func row(_ entry: HistoryEntry, isWithOutput: Bool) -> JSONValue {
    let source = JSONValue.string(entry.source)
    let output: JSONValue = entry.output.map { .string($0) } ?? .null
    return [
      .integer(entry.session), .integer(entry.line), isWithOutput ? [source, output] : source,
    ]
  }
}
