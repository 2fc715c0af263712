import CMartletRuntime
import Foundation
import MartletDisplay

/// Takes connections in, gives each a thread, and cuts off those whose time is over.
///
/// `@unchecked Sendable`: what changes is used under `lock` only.
final class Listener: @unchecked Sendable {
  let host: String
  let port: UInt16
  private let descriptor: Int32
  private let routes: ServerRoutes
  private let limits: ServerLimits
  private let start = martlet_nanoseconds()
  private let lock = Lock()
  private var connections: [ObjectIdentifier: Connection] = [:]
  private var isStopping = false
  private var hasEnded = false

  /// How often times are looked at.
  private static let period: Int32 = 200
  /// Enough for a model's recursion.
  private static let stackBytes = 4 << 20

  init(_ routes: ServerRoutes, port: Int, _ options: ServerOptions) throws(ServerError) {
    guard let number = UInt16(exactly: port) else {
      throw ServerError(.address, "Expected a port from 0 to 65535, 0 for any that is free; found \(port).")
    }
    var address = try Socket.address(options.host, number)
    Self.running.stop(number)
    descriptor = try Socket.open()
    let descriptor = descriptor
    Socket.set(descriptor, SOL_SOCKET, SO_REUSEADDR)
    let isBound = Socket.withAddress(&address) { pointer, length in
      bind(descriptor, pointer, length) == 0 && listen(descriptor, 128) == 0
        && getsockname(descriptor, pointer, &length) == 0
    }
    guard isBound else {
      let problem = Socket.problem("Port \(port) of \(options.host) cannot be listened on")
      close(descriptor)
      throw ServerError(.address, problem.description + " Port 0 takes one that is free.")
    }
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    self.port = UInt16(bigEndian: address.sin_port)
    self.routes = routes
    host = options.host
    limits = options.limits
    Self.running.add(self)
    Thread.detachNewThread { [self] in run() }
  }

  /// What was done so far.
  var counts: ServerStatistics {
    var counts = routes.counts
    lock { counts.connections = connections.count }
    counts.seconds = Double(martlet_nanoseconds() - start) / 1e9
    return counts
  }

  var isRunning: Bool { lock { !isStopping } }

  // MARK: The thread that listens

  private func run() {
    while isRunning {
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let found = poll(&waiting, 1, Self.period)
      if found > 0, isRunning { takeAll() }
      let now = martlet_nanoseconds()
      for connection in lock({ Array(connections.values) }) { connection.check(now) }
    }
    close(descriptor)
    lock { hasEnded = true }
    // Those that are still answering are watched to their end.
    while lock({ !connections.isEmpty }) {
      poll(nil, 0, Self.period)
      let now = martlet_nanoseconds()
      for connection in lock({ Array(connections.values) }) { connection.check(now) }
    }
  }

  private func takeAll() {
    while true {
      let client = accept(descriptor, nil, nil)
      guard client >= 0 else {
        // Out of files, most likely: others have to end first.
        if errno != EAGAIN, errno != ECONNABORTED, errno != EINTR { poll(nil, 0, Self.period) }
        return
      }
      // Processes that cells start are not to keep it open.
      _ = fcntl(client, F_SETFD, FD_CLOEXEC)
      Socket.set(client, Int32(IPPROTO_TCP), TCP_NODELAY)
      take(client)
    }
  }

  private func take(_ client: Int32) {
    let connection = Connection(client, routes, limits)
    let isTaken = lock {
      guard !isStopping, connections.count < limits.connections else { return false }
      connections[ObjectIdentifier(connection)] = connection
      return true
    }
    guard isTaken else {
      routes.count(503)
      let bytes = HTTPReply(HTTPProblem(503, "There are too many connections.")).bytes(keepsAlive: false)
      send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
      close(client)
      return
    }
    let thread = Thread { [self] in
      connection.serve { counts }
      lock { connections[ObjectIdentifier(connection)] = nil }
    }
    thread.stackSize = Self.stackBytes
    thread.start()
  }

  // MARK: The end

  /// Takes no more connections, and lets requests that are being answered be the last.
  func beginStop() {
    let open = lock {
      defer { isStopping = true }
      if !isStopping { shutdown(descriptor, Int32(SHUT_RDWR)) }
      return Array(connections.values)
    }
    for connection in open { connection.finish() }
    Self.running.remove(self)
  }

  /// Stops, waiting for running answers for so many seconds.
  func stop(within seconds: Double) {
    beginStop()
    let end = martlet_nanoseconds() + UInt64(max(seconds, 0) * 1e9)
    while lock({ !connections.isEmpty || !hasEnded }), martlet_nanoseconds() < end { pause() }
    for connection in lock({ Array(connections.values) }) { connection.end() }
    while lock({ !hasEnded }) { pause() }
  }

  private func pause() {
    martlet_poll()
    poll(nil, 0, 5)
  }

  // MARK: All of them

  private static let running = Running()

  /// The servers of this process by their ports: a cell that is run again takes the port over from itself.
  ///
  /// `@unchecked Sendable`: used under `lock` only.
  private final class Running: @unchecked Sendable {
    private let lock = Lock()
    private var listeners: [UInt16: Listener] = [:]

    func add(_ listener: Listener) { lock { listeners[listener.port] = listener } }
    func remove(_ listener: Listener) {
      lock { if listeners[listener.port] === listener { listeners[listener.port] = nil } }
    }
    func stop(_ port: UInt16) {
      guard port != 0, let old = lock({ listeners[port] }) else { return }
      old.stop(within: 1)
    }
  }
}
