import Glibc
import Synchronization
import WorkerLink

/// Reads a process's two streams and tells what they say, in whole characters, as it comes.
final class ShellReader: Sendable {
  /// Something that happens once and wakes who waits for a descriptor.
  final class Signal: Sendable {
    let descriptor: Int32
    private let other: Int32

    init() {
      var ends: [Int32] = [-1, -1]
      _ = pipe(&ends)
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      (descriptor, other) = (ends[0], ends[1])
    }

    deinit {
      close(descriptor)
      close(other)
    }

    func raise() {
      var byte: UInt8 = 0
      _ = write(other, &byte, 1)
    }
  }

  private struct Stream {
    let descriptor: Int32
    let name: OutputStream
    var characters = CharacterStream()
    var isOpen = true
  }

  private static let chunk = 1 << 16
  /// How much is read at most after the end: something that was left behind may write for ever.
  private static let lastChunks = 256

  private let handler: ShellProcess.Handler
  private let onEnd: @Sendable () -> Void
  private let streams: Mutex<[Stream]>

  /// - Parameter onEnd: called when both streams have ended.
  init(
    output: Int32, errors: Int32, handler: @escaping ShellProcess.Handler, onEnd: @escaping @Sendable () -> Void
  ) {
    self.handler = handler
    self.onEnd = onEnd
    streams = Mutex([
      Stream(descriptor: output, name: .standardOutput), Stream(descriptor: errors, name: .standardError),
    ])
  }

  /// Reads until the process has ended and all that it wrote is read. What others, whom it has started, write later is
  /// read on a thread of its own.
  func read(until ended: Signal) {
    streams.withLock { streams in
      while true {
        var waited = [pollfd(fd: ended.descriptor, events: Int16(POLLIN), revents: 0)]
        waited += streams.map { pollfd(fd: $0.isOpen ? $0.descriptor : -1, events: Int16(POLLIN), revents: 0) }
        guard poll(&waited, nfds_t(waited.count), -1) > 0 else { continue }
        // The error stream first where both have something: its lines are short and say what happened.
        for index in streams.indices.reversed() where waited[index + 1].revents != 0 { _ = step(&streams[index]) }
        if waited[0].revents != 0 { break }
      }
      for index in streams.indices.reversed() {
        for _ in 0..<Self.lastChunks { guard step(&streams[index]) else { break } }
      }
    }
    if streams.withLock({ $0.contains(where: \.isOpen) }) {
      JoinableThread { self.readRest() }.detach()
    } else {
      onEnd()
    }
  }

  private func readRest() {
    streams.withLock { streams in
      while streams.contains(where: \.isOpen) {
        var waited = streams.map { pollfd(fd: $0.isOpen ? $0.descriptor : -1, events: Int16(POLLIN), revents: 0) }
        guard poll(&waited, nfds_t(waited.count), -1) > 0 else { continue }
        for index in streams.indices where waited[index].revents != 0 { _ = step(&streams[index]) }
      }
    }
    onEnd()
  }

  /// Reads once; false when there was nothing.
  private func step(_ stream: inout Stream) -> Bool {
    guard stream.isOpen else { return false }
    var count = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: Self.chunk) { buffer, initialized in
      count = Glibc.read(stream.descriptor, buffer.baseAddress, buffer.count)
      initialized = max(0, count)
    }
    if count < 0 && (errno == EAGAIN || errno == EINTR) { return false }
    if count <= 0 {
      // A terminal whose other end is closed gives an error instead of an end.
      stream.isOpen = false
      close(stream.descriptor)
    }
    let text = count > 0 ? stream.characters.decode(bytes) : stream.characters.finish()
    if !text.isEmpty { handler(stream.name, text) }
    return count > 0
  }
}
