import Glibc

/// Reads a worker's streams and link, and tells what they say in the order in which it was said.
///
/// Before it sends a message the worker waits until what it had printed has been read. So the link comes first whenever
/// there is something on it: what is in the pipes then was printed after the message.
struct WorkerReader {
  /// Milliseconds between two reads of a stream that does not stop, so that a million lines are not a million events.
  private static let readPause = 2
  /// Text is told after this many milliseconds at the latest, or when there is this much of it.
  private static let longestDelay = 10
  private static let largeText = 1 << 18
  private static let chunk = 1 << 16

  private let link: Int32
  private let handler: @Sendable (WorkerEvent) -> Void
  private var streams: [Stream]
  private var assembler = FrameAssembler()
  /// Times in milliseconds: before when streams are left alone, and since when text waits to be told.
  private var nextRead = 0
  private var waitsSince: Int?

  private struct Stream {
    let descriptor: Int32
    let name: WorkerStream
    var characters = CharacterStream()
    var text = ""
    var isClosed = false
  }

  init(link: Int32, output: Int32, errorOutput: Int32, handler: @escaping @Sendable (WorkerEvent) -> Void) {
    self.link = link
    self.handler = handler
    streams = [
      Stream(descriptor: output, name: .standardOutput), Stream(descriptor: errorOutput, name: .standardError),
    ]
  }

  /// Reads until the link is closed, which is when the worker ends.
  mutating func readToEnd() {
    while step() {}
    drain()
    tellText(isComplete: true)
  }

  // MARK: Waiting

  /// Waits for something and deals with it; false at the end of the link.
  private mutating func step() -> Bool {
    let now = Self.milliseconds()
    if let waitsSince, now - waitsSince >= Self.longestDelay { tellText(isComplete: false) }
    let isPausing = now < nextRead
    var waited = [pollfd(fd: link, events: Int16(POLLIN), revents: 0)]
    // The system leaves negative descriptors out.
    waited += streams.map {
      pollfd(fd: isPausing || $0.isClosed ? -1 : $0.descriptor, events: Int16(POLLIN), revents: 0)
    }
    guard poll(&waited, nfds_t(waited.count), timeout(now: now, isPausing: isPausing)) > 0 else { return true }
    if waited[0].revents != 0 { return readLink() }
    for index in streams.indices where waited[index + 1].revents != 0 { _ = readStream(index) }
    return true
  }

  /// Milliseconds until there is something to do even if nothing arrives; -1 where there is not.
  private func timeout(now: Int, isPausing: Bool) -> Int32 {
    let untilTelling = waitsSince.map { max(0, $0 + Self.longestDelay - now) }
    let untilReading = isPausing ? max(1, nextRead - now) : nil
    return Int32([untilTelling, untilReading].compactMap { $0 }.min() ?? -1)
  }

  private static func milliseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }

  // MARK: The link

  private mutating func readLink() -> Bool {
    var count = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: Self.chunk) { buffer, initialized in
      count = recv(link, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT))
      initialized = max(0, count)
    }
    if count < 0 && (errno == EINTR || errno == EAGAIN) { return true }
    guard count > 0 else { return false }
    assembler.append(bytes)
    return tellMessages()
  }

  /// Tells the whole messages that have arrived; false when the link speaks nonsense and is given up.
  private mutating func tellMessages() -> Bool {
    do {
      while let frame = try assembler.next() {
        do {
          if let event = try WorkerEvent(frame) { tell(event) }
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

  private mutating func tell(_ event: WorkerEvent) {
    switch event {
    case .started:
      // All that was printed before has been read, and what is in the pipes now is the new cell's.
      tellText(isComplete: true)
    case .finished:
      drain()
      tellText(isComplete: true)
    default: tellText(isComplete: false)
    }
    handler(event)
  }

  // MARK: The streams

  /// Reads what is in the pipes, and not much more: what a cell has started may write for ever.
  private mutating func drain() {
    let mostReads = 16
    for index in streams.indices {
      for _ in 0..<mostReads { guard readStream(index) else { break } }
    }
  }

  /// Reads once; false when there was nothing.
  private mutating func readStream(_ index: Int) -> Bool {
    guard !streams[index].isClosed else { return false }
    var count = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: Self.chunk) { buffer, initialized in
      count = read(streams[index].descriptor, buffer.baseAddress, buffer.count)
      initialized = max(0, count)
    }
    if count == 0 { streams[index].isClosed = true }
    guard count > 0 else { return false }
    keep(bytes, from: index)
    return true
  }

  private mutating func keep(_ bytes: [UInt8], from index: Int) {
    // Text of the other stream came first.
    for other in streams.indices where other != index { tellText(of: other) }
    streams[index].text += streams[index].characters.decode(bytes)
    let now = Self.milliseconds()
    nextRead = bytes.count < Self.chunk ? now + Self.readPause : now
    if waitsSince == nil { waitsSince = now }
    if streams[index].text.utf8.count >= Self.largeText { tellText(isComplete: false) }
  }

  /// Tells the text that has come together; `isComplete` when nothing more will come of the last character.
  private mutating func tellText(isComplete: Bool) {
    waitsSince = nil
    for index in streams.indices {
      if isComplete { streams[index].text += streams[index].characters.finish() }
      tellText(of: index)
    }
  }

  private mutating func tellText(of index: Int) {
    guard !streams[index].text.isEmpty else { return }
    handler(.output(streams[index].name, streams[index].text))
    streams[index].text = ""
  }
}
