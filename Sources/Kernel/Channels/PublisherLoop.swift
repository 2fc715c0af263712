import JSON
import JupyterWire
import ZeroMQ

/// What the thread of the iopub channel does: sends what is published, and welcomes who subscribes.
final class PublisherLoop {
  /// How long a frontend that does not read holds up the others before it loses messages.
  private static let patience = 2000

  private let socket: Socket
  private let publisher: Publisher
  private let settings: ChannelSettings
  /// Some frontend reads nothing: it is not waited for until it does.
  private var isStalled = false

  static func start(_ publisher: Publisher, settings: ChannelSettings) throws(ZeroMQError) -> OwnedThread {
    let socket = try settings.socket(.extendedPublish, for: .iopub, longestPart: 65_536) {
      socket throws(ZeroMQError) in
      try socket.reportEverySubscription()
      try socket.setWaitsForSlowSubscribers(true)
      try socket.setSendLimit(messages: 10_000)
      try socket.setTimeout(milliseconds: patience)
    }
    let loop = PublisherLoop(socket: socket, publisher: publisher, settings: settings)
    return OwnedThread(named: "martlet-iopub") { loop.run() }
  }

  private init(socket: Socket, publisher: Publisher, settings: ChannelSettings) {
    self.socket = socket
    self.publisher = publisher
    self.settings = settings
  }

  /// Runs until the context is shut down.
  private func run() {
    defer {
      publisher.close()
      socket.close()
    }
    do {
      var next: ContinuousClock.Instant?
      while true {
        let ready = try Poll.wait(
          socket, orDescriptor: publisher.wakeUp.descriptor, timeout: next.map(Self.milliseconds(until:)))
        if ready.socket { try welcome() }
        publisher.wakeUp.clear()
        let due = publisher.takeDue()
        for publication in due.publications { try send(publication) }
        next = due.next
      }
    } catch {
      if !error.isTermination { settings.log("The iopub channel has ended. \(error)") }
    }
  }

  private static func milliseconds(until instant: ContinuousClock.Instant) -> Int {
    let left = ContinuousClock.now.duration(to: instant).components
    // Rounded up, lest a wait of less than a millisecond become none at all, many times over.
    return max(0, Int(left.seconds) * 1000 + Int(left.attoseconds / 1_000_000_000_000_000) + 1)
  }

  private func send(_ publication: PublicationOrder.Publication) throws(ZeroMQError) {
    switch publication {
    case .message(let message): try send(message)
    case .text(let text):
      let content: JSONValue = ["name": .string(text.stream.rawValue), "text": .string(text.text)]
      let topic = Array("stream.\(text.stream.rawValue)".utf8)
      let header = MessageHeader(type: "stream", session: publisher.session)
      try send(Message(identities: [topic], header: header, parentHeader: text.parentHeader, content: content))
    case .marker(let continuation): continuation()
    }
  }

  private func send(_ message: Message) throws(ZeroMQError) {
    let frames = settings.codec.encode(message)
    if try socket.send(frames, wait: !isStalled) {
      isStalled = false
      return
    }
    if !isStalled { settings.log("A frontend does not read what is published; it loses messages until it does.") }
    isStalled = true
    try socket.setWaitsForSlowSubscribers(false)
    try socket.send(frames)
    try socket.setWaitsForSlowSubscribers(true)
  }

  /// Tells new subscribers that from now on they miss nothing. A subscription is the byte 1, then the topic.
  private func welcome() throws(ZeroMQError) {
    while let frames = try socket.receive(wait: false) {
      guard frames.count == 1, frames[0].first == 1 else { continue }
      let topic = Array(frames[0].dropFirst())
      let content: JSONValue = ["subscription": .string(String(decoding: topic, as: UTF8.self))]
      let header = MessageHeader(type: "iopub_welcome", session: publisher.session)
      try send(Message(identities: [topic], header: header, content: content))
    }
  }
}
