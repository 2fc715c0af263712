import WorkerLink

/// Bytes on the link between worker and session, to which a cell can write whatever it likes; they come in pieces whose length
/// the first byte gives.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzWorkerLink(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let start, count > 1 else { return 0 }
  let bytes = UnsafeBufferPointer(start: start + 1, count: count - 1)
  let step = max(1, Int(start[0]))
  var assembler = FrameAssembler()
  var characters = CharacterStream()
  var text = ""
  for place in stride(from: 0, to: bytes.count, by: step) {
    let piece = Array(bytes[place..<min(place + step, bytes.count)])
    text += characters.decode(piece)
    assembler.append(piece)
    do { while let frame = try assembler.next() { _ = try? WorkerEvent(frame) } } catch { break }
  }
  text += characters.finish()
  if text.isEmpty { fatalError("text is lost") }
  return 0
}
