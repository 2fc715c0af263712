import JSON

/// One of a process's two output streams.
package enum OutputStream: String, Sendable {
  case standardOutput = "stdout"
  case standardError = "stderr"
}

/// A value in the formats in which it can be shown: MIME type to content, binary content in base64.
package struct DisplayOutput: Sendable, Hashable {
  package var data: [String: JSONValue]
  package var metadata: [String: JSONValue]
  /// What later updates refer to.
  package var identifier: String?

  package init(data: [String: JSONValue], metadata: [String: JSONValue] = [:], identifier: String? = nil) {
    self.data = data
    self.metadata = metadata
    self.identifier = identifier
  }

  /// Plain text and nothing else.
  package init(text: String) { self.init(data: ["text/plain": .string(text)]) }

  /// What a terminal shows.
  package var plainText: String { data["text/plain"]?.string ?? "" }
}

/// What a running cell shows, in the order in which it shows it.
package enum SessionEvent: Sendable {
  case stream(OutputStream, String)
  case display(DisplayOutput)
  case updateDisplay(DisplayOutput)
  /// The value of the last expression.
  case result(DisplayOutput)
  case clearOutput(wait: Bool)
  /// Something to read at leisure, such as help: beside the notebook where a frontend has a pager, else below the cell.
  case page(DisplayOutput)
  /// Text for the next cell: in a notebook a new cell, or this one with `replace`; in a terminal the next prompt.
  /// Where nobody types, it is left out.
  case setNextInput(String, replace: Bool)
}
