import JSON
import Session

extension NotebookField {
  /// One of a code cell's stored outputs.
  func output() throws(NotebookError) -> NotebookOutput {
    let type = try required("output_type")
    switch try type.string() {
    case "stream":
      return .stream(name: try required("name").string(), text: try required("text").text())
    case "display_data": return .display(try display())
    case "execute_result":
      return .result(try display(), executionCount: try optional("execution_count")?.integer())
    case "error": return try error()
    case let other:
      let allowed = ["stream", "display_data", "execute_result", "error"]
      throw NotebookError(.unknownValue(found: other, allowed: allowed), at: type.place)
    }
  }

  /// MIME type to content; text that is stored in lines is joined.
  func bundle() throws(NotebookError) -> [String: JSONValue] {
    var bundle: [String: JSONValue] = [:]
    for (type, content) in try members() {
      bundle[type] = MIMEKind.isJSON(type) ? content.value : .string(try content.text())
    }
    return bundle
  }

  private func display() throws(NotebookError) -> DisplayOutput {
    DisplayOutput(data: try required("data").bundle(), metadata: try optional("metadata")?.object() ?? [:])
  }

  private func error() throws(NotebookError) -> NotebookOutput {
    var traceback: [String] = []
    for line in try optional("traceback")?.elements() ?? [] { traceback.append(try line.string()) }
    return .error(name: try required("ename").string(), message: try required("evalue").string(), traceback: traceback)
  }
}
