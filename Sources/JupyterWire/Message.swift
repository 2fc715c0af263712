import JSON

/// One Jupyter message.
package struct Message: Sendable, Hashable {
  /// Where it came from, or where it goes: the frames before the delimiter. On iopub, the topic.
  package var identities: [[UInt8]]
  /// What it is, and who sent it when.
  package var header: MessageHeader
  /// The header of the message that caused this one, byte for byte; `{}` where there is none.
  package var parentHeader: [UInt8]
  /// What is said about the content; an object.
  package var metadata: JSONValue
  /// What is said; an object whose members the type decides.
  package var content: JSONValue
  /// Binary attachments, which are not signed.
  package var buffers: [[UInt8]]

  /// A message; by default one that nothing caused and that says nothing.
  package init(
    identities: [[UInt8]] = [], header: MessageHeader, parentHeader: [UInt8] = Message.noParent,
    metadata: JSONValue = [:], content: JSONValue = [:], buffers: [[UInt8]] = []
  ) {
    self.identities = identities
    self.header = header
    self.parentHeader = parentHeader
    self.metadata = metadata
    self.content = content
    self.buffers = buffers
  }

  /// The parent of a message that nothing caused.
  package static let noParent = Array("{}".utf8)

  /// A message that answers this one: same identities, this one's header as parent.
  package func reply(_ type: String, session: String, metadata: JSONValue = [:], content: JSONValue) -> Message {
    Message(
      identities: identities, header: MessageHeader(type: type, session: session), parentHeader: header.encoded,
      metadata: metadata, content: content)
  }
}
