import JupyterWire

/// Frames, one a line, and connection files. No key is set, so that everything behind the signature is reached, too.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzMessages(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
  _ = try? ConnectionFile(parsing: bytes)
  let frames = bytes.split(separator: 0x0a, omittingEmptySubsequences: false).map(Array.init)
  let codec = MessageCodec(signer: MessageSigner(key: []))
  guard let message = try? codec.decode(frames) else { return 0 }
  let written = codec.encode(message)
  guard let again = try? codec.decode(written), again == message else {
    fatalError("encoded and decoded it is another")
  }
  // Signed, it is accepted once, and never after a change.
  let signing = MessageCodec(signer: MessageSigner(key: [1, 2, 3]))
  let signed = signing.encode(message)
  guard (try? signing.decode(signed)) != nil else { fatalError("its own signature is refused") }
  guard (try? signing.decode(signed)) == nil else { fatalError("a replay is accepted") }
  var changed = signed
  changed[message.identities.count + 2].append(0x20)
  guard (try? signing.decode(changed)) == nil else { fatalError("a changed message is accepted") }
  return 0
}
