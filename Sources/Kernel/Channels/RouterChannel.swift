import JupyterWire
import ZeroMQ

/// A channel on which a frontend asks and the kernel answers: shell, control and stdin.
final class RouterChannel: Sendable {
  /// Called on the channel's thread, for one message after the other; answers go to the mailbox.
  typealias Handler = @Sendable (_ message: Message, _ mailbox: Mailbox) -> Void

  let mailbox = Mailbox()
  let thread: OwnedThread

  init(_ channel: ConnectionFile.Channel, settings: ChannelSettings, handler: @escaping Handler) throws(ZeroMQError) {
    let socket = try settings.socket(.router, for: channel) { socket throws(ZeroMQError) in try socket.setHandover() }
    let loop = RouterLoop(socket: socket, channel: channel, mailbox: mailbox, settings: settings, handler: handler)
    thread = OwnedThread(named: "martlet-\(channel)") { loop.run() }
  }
}

/// What the thread of a ``RouterChannel`` does.
private final class RouterLoop {
  /// How many messages are handled before the mailbox has its turn again.
  private static let longestTurn = 64

  let socket: Socket
  let channel: ConnectionFile.Channel
  let mailbox: Mailbox
  let settings: ChannelSettings
  let handler: RouterChannel.Handler
  private var memory = MemoryReturn()

  init(
    socket: Socket, channel: ConnectionFile.Channel, mailbox: Mailbox, settings: ChannelSettings,
    handler: @escaping RouterChannel.Handler
  ) {
    self.socket = socket
    self.channel = channel
    self.mailbox = mailbox
    self.settings = settings
    self.handler = handler
  }

  /// Runs until the context is shut down.
  func run() {
    defer { socket.close() }
    do {
      while true {
        let ready = try Poll.wait(socket, orDescriptor: mailbox.wakeUp.descriptor)
        if ready.descriptor { try obey(mailbox.take()) }
        if ready.socket { try receive(atMost: Self.longestTurn) }
      }
    } catch {
      if !error.isTermination { settings.log("The \(channel) channel has ended. \(error)") }
    }
  }

  private func obey(_ orders: [Mailbox.Order]) throws(ZeroMQError) {
    for order in orders {
      switch order {
      case .send(let message): try send(message)
      case .whenDrained(let continuation):
        try receive(atMost: 100 * Self.longestTurn)
        continuation()
      }
    }
  }

  private func send(_ message: Message) throws(ZeroMQError) {
    // A ROUTER never waits: what nobody is there to receive is dropped.
    try socket.send(settings.codec.encode(message))
  }

  private func receive(atMost count: Int) throws(ZeroMQError) {
    for _ in 0..<count {
      do {
        guard let frames = try socket.receive(wait: false, limits: ChannelSettings.limits) else {
          return memory.giveBack()
        }
        memory.count(frames)
        handle(frames)
      } catch {
        guard error.isTooLong else { throw error }
        settings.log("Dropped a message on the \(channel) channel. \(error)")
      }
    }
  }

  private func handle(_ frames: [[UInt8]]) {
    do { handler(try settings.codec.decode(frames), mailbox) } catch {
      settings.log("Dropped a message on the \(channel) channel. \(error)")
    }
  }
}
