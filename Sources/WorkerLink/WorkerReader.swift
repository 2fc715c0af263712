import Glibc

/// Reads a worker's streams and link, and tells what they say in the order in which it was said.
struct WorkerReader {
  let link: Int32
  let output: Int32
  let errorOutput: Int32
  let handler: @Sendable (WorkerEvent) -> Void

  private static let chunk = 1 << 16

  /// Reads until the link is closed, which is when the worker ends.
  func readToEnd() {
    var streams = [
      Stream(descriptor: output, name: .standardOutput), Stream(descriptor: errorOutput, name: .standardError),
    ]
    var assembler = FrameAssembler()
    while true {
      var waited = ([link] + streams.filter { !$0.isClosed }.map(\.descriptor)).map {
        pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
      }
      if poll(&waited, nfds_t(waited.count), -1) < 0 {
        if errno == EINTR { continue }
        return
      }
      let hasMessages = waited[0].revents != 0
      let messages = hasMessages ? receive() : []
      // What was written before a message was sent is in the pipes by now.
      for index in streams.indices { drain(&streams[index]) }
      guard let messages else { break }
      assembler.append(messages)
      guard tell(&assembler) else { break }
    }
    for index in streams.indices {
      drain(&streams[index])
      emit(streams[index].characters.finish(), from: streams[index])
    }
  }

  private struct Stream {
    let descriptor: Int32
    let name: WorkerStream
    var characters = CharacterStream()
    var isClosed = false
  }

  /// The bytes that are there on the link; `nil` when it is closed.
  private func receive() -> [UInt8]? {
    let bytes = [UInt8](unsafeUninitializedCapacity: Self.chunk) { buffer, count in
      count = max(0, recv(link, buffer.baseAddress, buffer.count, 0))
    }
    return bytes.isEmpty ? nil : bytes
  }

  /// Tells what a stream holds, up to more than a pipe's capacity, so that one that never stops does not keep messages waiting.
  private func drain(_ stream: inout Stream) {
    for _ in 0..<4 where !stream.isClosed {
      var error: Int32 = 0
      var isEnd = false
      let bytes = [UInt8](unsafeUninitializedCapacity: Self.chunk) { buffer, count in
        let got = read(stream.descriptor, buffer.baseAddress, buffer.count)
        error = got < 0 ? errno : 0
        isEnd = got == 0
        count = max(0, got)
      }
      if isEnd { stream.isClosed = true }
      if bytes.isEmpty {
        if error == EINTR { continue }
        return
      }
      emit(stream.characters.decode(bytes), from: stream)
      if bytes.count < Self.chunk { return }
    }
  }

  private func emit(_ text: String, from stream: Stream) {
    if !text.isEmpty { handler(.output(stream.name, text)) }
  }

  /// Tells the whole messages that have arrived; false when the link speaks nonsense and is given up.
  private func tell(_ assembler: inout FrameAssembler) -> Bool {
    do {
      while let frame = try assembler.next() {
        do {
          if let event = try WorkerEvent(frame) { handler(event) }
        } catch {
          handler(.backgroundFailure(error.description))
        }
      }
      return true
    } catch {
      handler(.backgroundFailure(error.description))
      return false
    }
  }
}
