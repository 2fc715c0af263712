import JSON

/// One cell of a notebook.
package struct NotebookCell: Sendable, Equatable {
  /// What a cell holds.
  package enum Kind: String, Sendable {
    case code, markdown, raw
  }

  package var kind: Kind
  /// Unique in the notebook: 1 to 64 letters, digits, `-` and `_`.
  package var identifier: String
  package var source: String
  package var metadata: [String: JSONValue]
  /// Files that a Markdown or raw cell carries: name to MIME type to content.
  package var attachments: [String: [String: JSONValue]]
  /// What a code cell has shown.
  package var outputs: [NotebookOutput]
  /// The number a code cell had when it was last run.
  package var executionCount: Int?

  package init(
    kind: Kind, identifier: String = "", source: String, metadata: [String: JSONValue] = [:],
    attachments: [String: [String: JSONValue]] = [:], outputs: [NotebookOutput] = [], executionCount: Int? = nil
  ) {
    self.kind = kind
    self.identifier = identifier
    self.source = source
    self.metadata = metadata
    self.attachments = attachments
    self.outputs = outputs
    self.executionCount = executionCount
  }

  /// The words by which tools address the cell, such as `raises-exception`.
  package var tags: Set<String> { Set((metadata["tags"]?.array ?? []).compactMap(\.string)) }
}
