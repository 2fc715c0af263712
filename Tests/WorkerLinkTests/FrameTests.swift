import Testing
import WorkerLink

@Suite struct FrameTests {
  @Test func encodesLengthKindAndPayload() {
    #expect(Frame(kind: 2, payload: [7, 8, 9]).encoded == [3, 0, 0, 0, 2, 7, 8, 9])
    #expect(Frame(kind: 1, payload: []).encoded == [0, 0, 0, 0, 1])
  }

  @Test func cutsAStreamIntoFramesHoweverItArrives() throws {
    let frames = [Frame(kind: 1, payload: []), Frame(kind: 3, payload: Array(0...255)), Frame(kind: 5, payload: [1])]
    let bytes = frames.flatMap(\.encoded)
    for size in [1, 2, 3, 7, 64, bytes.count] {
      var assembler = FrameAssembler()
      var received: [Frame] = []
      for start in stride(from: 0, to: bytes.count, by: size) {
        assembler.append(bytes[start..<min(start + size, bytes.count)])
        while let frame = try assembler.next() { received.append(frame) }
      }
      #expect(received == frames)
    }
  }

  @Test func waitsForWhatIsMissing() throws {
    var assembler = FrameAssembler()
    assembler.append([4, 0, 0, 0, 2, 1, 2, 3])
    #expect(try assembler.next() == nil)
    assembler.append([4])
    #expect(try assembler.next() == Frame(kind: 2, payload: [1, 2, 3, 4]))
  }

  @Test func rejectsALengthThatCannotBeTrue() {
    var assembler = FrameAssembler()
    assembler.append([0xFF, 0xFF, 0xFF, 0xFF, 2])
    #expect(throws: FrameError.tooLong(0xFFFF_FFFF)) { try assembler.next() }
  }
}
