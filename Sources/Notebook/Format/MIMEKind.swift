/// What a MIME type says of how its content is stored.
enum MIMEKind {
  /// Whether the content is a JSON value rather than text.
  static func isJSON(_ type: String) -> Bool {
    type == "application/json" || (type.hasPrefix("application/") && type.hasSuffix("+json"))
  }

  /// Whether the content is bytes in base64.
  static func isBinary(_ type: String) -> Bool {
    if type == "application/pdf" || type == "application/octet-stream" { return true }
    return ["image/", "audio/", "video/"].contains { type.hasPrefix($0) } && type != "image/svg+xml"
  }
}
