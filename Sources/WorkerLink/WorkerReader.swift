import Glibc

/// Reads a worker's two output streams and its link, and hands on what arrives in the order in which it happened.
///
/// Before the worker sends a message, it waits until we have read what it had printed. So the link is read first
/// whenever there is something on it: what is in the pipes then was printed after the message.
struct WorkerReader {
  /// Milliseconds between two reads of a stream that never stops, so that a million small lines are not a million events.
  private static let readPause = 2
  /// Text is handed on after this many milliseconds at the latest, or when there is this much of it.
  private static let longestDelay = 10
  private static let largeText = 256 << 10
  private static let chunkSize = 256 << 10

  private let link: Int32
  private var streams: [OutputStream]
  private let handler: @Sendable (WorkerEvent) -> Void
  private var frames = FrameBuffer()
  private var chunk = [UInt8](repeating: 0, count: chunkSize)
  private var nextRead = 0
  private var firstPending: Int?

  private struct OutputStream {
    let kind: WorkerEvent.Stream
    var descriptor: Int32
    var decoder = StreamDecoder()
  }

  init(_ worker: LaunchedWorker, handler: @escaping @Sendable (WorkerEvent) -> Void) {
    link = worker.link
    streams = [
      OutputStream(kind: .standardOutput, descriptor: worker.output),
      OutputStream(kind: .standardError, descriptor: worker.error),
    ]
    self.handler = handler
  }

  /// Returns when the link has been closed at the other end, after everything that was sent before.
  mutating func readUntilEnd() {
    while step() {}
    drainStreams()
    deliverAll(includingIncomplete: true)
    for stream in streams where stream.descriptor >= 0 { close(stream.descriptor) }
  }

  // MARK: Waiting

  private mutating func step() -> Bool {
    let now = milliseconds()
    if let firstPending, now - firstPending >= Self.longestDelay { deliverAll(includingIncomplete: false) }
    let pauses = now < nextRead
    var descriptors = [pollfd(fd: link, events: Int16(POLLIN), revents: 0)]
    // A negative descriptor is left out by the system.
    descriptors += streams.map { pollfd(fd: pauses ? -1 : $0.descriptor, events: Int16(POLLIN), revents: 0) }
    let count = poll(&descriptors, nfds_t(descriptors.count), Int32(timeout(now: now, pauses: pauses)))
    guard count > 0 else { return true }
    if descriptors[0].revents != 0 { return readLink() }
    for index in streams.indices where descriptors[index + 1].revents != 0 { readStream(index) }
    return true
  }

  /// Milliseconds until something is to be done even if nothing arrives; -1 where there is nothing.
  private func timeout(now: Int, pauses: Bool) -> Int {
    let untilDelivery = firstPending.map { max(0, $0 + Self.longestDelay - now) }
    let untilRead = pauses ? max(1, nextRead - now) : nil
    return [untilDelivery, untilRead].compactMap { $0 }.min() ?? -1
  }

  private func milliseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }

  // MARK: The link

  private mutating func readLink() -> Bool {
    let count = recv(link, &chunk, chunk.count, Int32(MSG_DONTWAIT))
    if count < 0 && (errno == EAGAIN || errno == EINTR) { return true }
    guard count > 0 else { return false }
    frames.append(chunk[..<count])
    do throws(LinkError) {
      while let frame = try frames.next() { deliver(frame.kind, frame.payload) }
      return true
    } catch {
      // Whatever follows cannot be understood: the worker is of no more use.
      return false
    }
  }

  private mutating func deliver(_ kind: UInt8, _ payload: ArraySlice<UInt8>) {
    guard let event = WorkerEvent(kind: kind, payload: payload) else { return }
    if case .finished = event {
      drainStreams()
      deliverAll(includingIncomplete: true)
    } else {
      deliverAll(includingIncomplete: false)
    }
    handler(event)
  }

  // MARK: The streams

  /// Reads once; returns whether there was something.
  @discardableResult
  private mutating func readStream(_ index: Int) -> Bool {
    let count = read(streams[index].descriptor, &chunk, chunk.count)
    if count < 0 && (errno == EAGAIN || errno == EINTR) { return false }
    guard count > 0 else {
      close(streams[index].descriptor)
      streams[index].descriptor = -1
      return false
    }
    // Text of the other stream came first.
    for other in streams.indices where other != index { deliverStream(other, includingIncomplete: false) }
    streams[index].decoder.append(chunk[..<count])
    let now = milliseconds()
    nextRead = now + Self.readPause
    if firstPending == nil { firstPending = now }
    if streams[index].decoder.count >= Self.largeText { deliverAll(includingIncomplete: false) }
    return true
  }

  /// Reads what is in the pipes, and no more than they can hold: processes that a cell has started may write for ever.
  private mutating func drainStreams() {
    let mostReads = 8
    for index in streams.indices {
      for _ in 0..<mostReads where streams[index].descriptor >= 0 {
        guard readStream(index) else { break }
      }
    }
  }

  private mutating func deliverAll(includingIncomplete: Bool) {
    firstPending = nil
    for index in streams.indices { deliverStream(index, includingIncomplete: includingIncomplete) }
  }

  private mutating func deliverStream(_ index: Int, includingIncomplete: Bool) {
    let text = includingIncomplete ? streams[index].decoder.takeAll() : streams[index].decoder.take()
    if let text { handler(.output(streams[index].kind, text)) }
  }
}
