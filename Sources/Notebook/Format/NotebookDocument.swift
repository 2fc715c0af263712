import JSON

/// A notebook file's content: nbformat 4, whatever its minor version was.
///
/// Metadata is kept as it was found, what Martlet does not know included. Members that the format does not define
/// elsewhere are not kept: a file that had them would not be valid.
package struct NotebookDocument: Sendable, Equatable {
  /// The cells, in order.
  package var cells: [NotebookCell]
  /// The notebook's own metadata.
  package var metadata: [String: JSONValue]

  package init(cells: [NotebookCell] = [], metadata: [String: JSONValue] = [:]) {
    self.cells = cells
    self.metadata = metadata
  }

  /// The title that its metadata or its first heading gives it.
  package var title: String? {
    if let title = metadata["title"]?.string, !title.isEmpty { return title }
    for cell in cells where cell.kind == .markdown {
      for line in cell.source.split(whereSeparator: \.isNewline) where line.hasPrefix("#") {
        let text = line.drop { $0 == "#" }
        if text.first == " " { return String(text.dropFirst()) }
      }
    }
    return nil
  }
}
