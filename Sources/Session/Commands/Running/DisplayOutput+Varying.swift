import JSON

extension DisplayOutput {
  /// Metadata that says: the content is different in every run, as a measured time is.
  static let varying: [String: JSONValue] = ["martlet": ["varies": true]]

  /// Whether the content is different in every run, so that comparing it with a stored one means nothing.
  package var varies: Bool { metadata["martlet"]?["varies"]?.bool == true }
}
