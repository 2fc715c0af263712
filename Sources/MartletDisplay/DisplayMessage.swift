/// What a cell asks to be shown, as it travels from the worker to the session.
///
/// The only thing that both halves of Martlet know: cells encode it, the session decodes it.
/// Layout: one byte of kind; then for `clearOutput` one byte, else the display's identifier, the number of
/// representations, each as type, one byte (0 text, 1 bytes, 2 JSON) and content, the number of metadata entries, each
/// as key and JSON. Numbers are 32-bit little-endian; strings and bytes are preceded by their length.
public enum _DisplayMessage: Sendable {
  /// The value of a cell's last expression.
  case result(DisplayBundle)
  /// Something shown on the way; an identifier lets it be updated later.
  case display(DisplayBundle, identifier: String?)
  /// New content for what was shown under an identifier.
  case update(DisplayBundle, identifier: String)
  /// Removes the cell's output; with `wait`, only when the next output arrives.
  case clearOutput(wait: Bool)

  /// The message as bytes.
  public func encoded() -> [UInt8] {
    var writer = Writer()
    switch self {
    case .result(let bundle): writer.put(0, bundle, identifier: "")
    case .display(let bundle, let identifier): writer.put(1, bundle, identifier: identifier ?? "")
    case .update(let bundle, let identifier): writer.put(2, bundle, identifier: identifier)
    case .clearOutput(let wait): writer.bytes = [3, wait ? 1 : 0]
    }
    return writer.bytes
  }

  /// Reads a message; `nil` when the bytes are not one, since a cell can write anything.
  public init?(decoding bytes: some Collection<UInt8>) {
    var reader = Reader(bytes: Array(bytes))
    guard let kind = reader.byte() else { return nil }
    if kind == 3 {
      guard let wait = reader.byte() else { return nil }
      self = .clearOutput(wait: wait != 0)
      return
    }
    guard let identifier = reader.string(), let bundle = reader.bundle() else { return nil }
    switch kind {
    case 0: self = .result(bundle)
    case 1: self = .display(bundle, identifier: identifier.isEmpty ? nil : identifier)
    case 2: self = .update(bundle, identifier: identifier)
    default: return nil
    }
  }

  private struct Writer {
    var bytes: [UInt8] = []

    mutating func put(_ count: Int) {
      for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: count >> shift)) }
    }
    mutating func put(_ content: some Collection<UInt8>) {
      put(content.count)
      bytes.append(contentsOf: content)
    }
    mutating func put(_ kind: UInt8, _ bundle: DisplayBundle, identifier: String) {
      bytes.append(kind)
      put(identifier.utf8)
      put(bundle.representations.count)
      for (type, payload) in bundle.representations {
        put(type.rawValue.utf8)
        switch payload {
        case .text(let text):
          bytes.append(0)
          put(text.utf8)
        case .data(let data):
          bytes.append(1)
          put(data)
        case .json(let json):
          bytes.append(2)
          put(json.utf8)
        }
      }
      put(bundle.metadata.count)
      for (key, json) in bundle.metadata {
        put(key.utf8)
        put(json.utf8)
      }
    }
  }

  private struct Reader {
    var bytes: [UInt8]
    var position = 0

    mutating func byte() -> UInt8? {
      guard position < bytes.count else { return nil }
      defer { position += 1 }
      return bytes[position]
    }
    mutating func count() -> Int? {
      var value = 0
      for shift in [0, 8, 16, 24] {
        guard let byte = byte() else { return nil }
        value |= Int(byte) << shift
      }
      return value
    }
    mutating func content() -> ArraySlice<UInt8>? {
      guard let count = count(), count <= bytes.count - position else { return nil }
      defer { position += count }
      return bytes[position..<position + count]
    }
    mutating func string() -> String? { content().map { String(decoding: $0, as: UTF8.self) } }

    mutating func bundle() -> DisplayBundle? {
      var bundle = DisplayBundle([])
      guard let representations = count() else { return nil }
      for _ in 0..<representations {
        guard let type = string(), let kind = byte(), let content = content() else { return nil }
        let payload: DisplayBundle.Payload
        switch kind {
        case 0: payload = .text(String(decoding: content, as: UTF8.self))
        case 1: payload = .data(Array(content))
        case 2: payload = .json(String(decoding: content, as: UTF8.self))
        default: return nil
        }
        bundle.representations.append((type: MIMEType(rawValue: type), payload: payload))
      }
      guard let entries = count() else { return nil }
      for _ in 0..<entries {
        guard let key = string(), let json = string() else { return nil }
        bundle.metadata.append((key: key, json: json))
      }
      return bundle
    }
  }
}
