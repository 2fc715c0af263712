import JupyterWire
import Session

// The order in which a frontend sees things on iopub is decided in this file and nowhere else.
//
// 1. There is one queue. Whoever publishes first is seen first, whichever thread it is on.
// 2. `busy` is the first and `idle` the last message of a request; what it shows comes in between, and its reply is
// sent
//    before `idle` is published (`Publisher.whileBusy`).
// 3. Text that a cell writes is held back for at most `longestDelay`, to be sent together with the text that follows.
//    Anything else that is published sends it first, so text never changes places with a picture, an error or `idle`.
// 4. What background work shows after its cell has ended keeps that cell as its parent, and comes after its `idle`.
// 5. Nobody who waits in the queue is dropped; a cell that writes faster than frontends read has to wait
//    (`Publisher.waitForRoom`). Only a frontend that reads nothing for a while loses messages (`PublisherLoop.send`).

/// What waits to be published.
struct PublicationOrder {
  enum Publication: Sendable {
    case message(Message)
    case text(Text)
    /// To be called once all before it is sent.
    case marker(@Sendable () -> Void)
  }

  /// Text on one stream by one cell.
  struct Text: Sendable {
    let stream: OutputStream
    let parentHeader: [UInt8]
    var text: String
    /// When it is sent at the latest.
    let due: ContinuousClock.Instant
  }

  /// How long text may wait for more text.
  static let longestDelay = Duration.milliseconds(20)
  /// Text of this many bytes waits no longer.
  static let longestText = 65_536

  /// Whoever publishes for a cell waits while more than this waits to be sent.
  static let most = (textBytes: 8 << 20, publications: 1000)

  private var waiting: [Publication] = []
  /// How much text waits.
  private(set) var textBytes = 0

  /// A cell that goes on showing things has to wait until some are sent.
  var isFull: Bool { textBytes > Self.most.textBytes || waiting.count > Self.most.publications }

  mutating func append(_ publication: Publication) { waiting.append(publication) }

  mutating func append(_ text: String, on stream: OutputStream, parentHeader: [UInt8], now: ContinuousClock.Instant) {
    textBytes += text.utf8.count
    if case .text(var last)? = waiting.last, last.stream == stream, last.parentHeader == parentHeader,
      last.text.utf8.count < Self.longestText
    {
      // Taken out first, so that the text is appended to in place.
      waiting.removeLast()
      last.text += text
      waiting.append(.text(last))
    } else {
      let due = now + Self.longestDelay
      waiting.append(.text(Text(stream: stream, parentHeader: parentHeader, text: text, due: due)))
    }
  }

  /// When there is something to send: `nil` for not before something else is published.
  var due: ContinuousClock.Instant? {
    guard waiting.count == 1, case .text(let text) = waiting[0], text.text.utf8.count < Self.longestText else {
      // In the past, whatever the time is.
      return waiting.isEmpty ? nil : .now
    }
    return text.due
  }

  /// What is to be sent now, in order.
  mutating func takeDue(now: ContinuousClock.Instant) -> [Publication] {
    guard let last = waiting.last else { return [] }
    var held: [Publication] = []
    if case .text(let text) = last, text.due > now, text.text.utf8.count < Self.longestText {
      held = [waiting.removeLast()]
      textBytes = text.text.utf8.count
    } else {
      textBytes = 0
    }
    defer { waiting = held }
    return waiting
  }
}

extension Publisher {
  /// Publishes `busy`, does the work of a request, its reply included, and publishes `idle`.
  func whileBusy<Outcome>(with request: Message, _ work: () throws -> Outcome) rethrows -> Outcome {
    publish("status", ["execution_state": "busy"], parent: request)
    defer { publish("status", ["execution_state": "idle"], parent: request) }
    return try work()
  }

  /// Publishes `busy` for a request whose work goes on elsewhere; `idle` is published by the function that is returned.
  func beginBusy(with request: Message) -> @Sendable () -> Void {
    publish("status", ["execution_state": "busy"], parent: request)
    return { [self] in publish("status", ["execution_state": "idle"], parent: request) }
  }
}
