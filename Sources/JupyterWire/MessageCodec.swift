import JSON

/// Turns frames into messages and back: `[identities…] <IDS|MSG> signature header parent metadata content [buffers…]`.
///
/// Nothing in a message is looked at before its signature is right.
package struct MessageCodec: Sendable {
  /// The frame between the identities and the signature.
  package static let delimiter = Array("<IDS|MSG>".utf8)

  private let signer: MessageSigner
  private let replays: ReplayGuard

  /// A codec for all channels of one kernel, which have their memory of old messages in common.
  package init(signer: MessageSigner, replays: ReplayGuard = ReplayGuard()) {
    self.signer = signer
    self.replays = replays
  }

  /// Reads a message.
  ///
  /// - Throws: ``WireError`` when the frames are no message, are not signed with the key, or were decoded before.
  package func decode(_ frames: [[UInt8]]) throws(WireError) -> Message {
    guard let delimiter = frames.firstIndex(of: Self.delimiter) else { throw .noDelimiter }
    let parts = frames[(delimiter + 1)...]
    guard parts.count >= 5 else { throw .tooFewFrames(parts.count) }
    let first = parts.startIndex
    try check(signature: parts[first], of: Array(parts[(first + 1)..<(first + 5)]))
    return Message(
      identities: Array(frames[..<delimiter]),
      header: try MessageHeader(parsing: parts[first + 1]),
      parentHeader: parts[first + 2],
      metadata: try object(parts[first + 3], named: "metadata"),
      content: try object(parts[first + 4], named: "content"),
      buffers: Array(parts[(first + 5)...]))
  }

  /// The frames of a message, signed.
  package func encode(_ message: Message) -> [[UInt8]] {
    let parts = [
      message.header.encoded, message.parentHeader, message.metadata.serializedBytes(),
      message.content.serializedBytes(),
    ]
    return message.identities + [Self.delimiter, signer.signature(of: parts)] + parts + message.buffers
  }

  private func check(signature: [UInt8], of parts: [[UInt8]]) throws(WireError) {
    guard signer.isSigning else { return }
    guard signer.verifies(signature, of: parts) else { throw .badSignature }
    guard replays.admits(signature) else { throw .replayed }
  }

  private func object(_ bytes: [UInt8], named part: String) throws(WireError) -> JSONValue {
    let value: JSONValue
    do { value = try JSONValue(parsing: bytes) } catch { throw .badPart(part, error.description) }
    guard value.object != nil else { throw .badPart(part, "it is not a JSON object.") }
    return value
  }
}
