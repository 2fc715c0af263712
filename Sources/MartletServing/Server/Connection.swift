import CMartletRuntime
import Foundation
import MartletDisplay

/// A client's connection, served by a thread of its own that waits where it has to.
///
/// How long it may wait is watched from outside: ``check(_:)`` cuts it off when its time is over. So slow clients, dead ones
/// and a model that never answers are all ended in the same way.
///
/// `@unchecked Sendable`: what two threads use is used under `lock` only.
final class Connection: @unchecked Sendable {
  private enum Phase {
    /// Waiting for a request's first byte.
    case idle
    case reading
    case answering
    case writing
    /// Nothing is to be sent any more.
    case ended
  }

  private let descriptor: Int32
  private let routes: ServerRoutes
  private let limits: ServerLimits
  private let lock = Lock()
  private var phase = Phase.idle
  private var deadline: UInt64
  private var isClosing = false

  init(_ descriptor: Int32, _ routes: ServerRoutes, _ limits: ServerLimits) {
    self.descriptor = descriptor
    self.routes = routes
    self.limits = limits
    deadline = Self.time(after: limits.idleSeconds)
  }

  private static func time(after seconds: Double) -> UInt64 { martlet_nanoseconds() + UInt64(max(seconds, 0) * 1e9) }

  // MARK: Its own thread

  /// Answers requests until the connection ends.
  func serve(counts: () -> ServerStatistics) {
    var chunk = [UInt8](repeating: 0, count: 16 << 10)
    let descriptor = descriptor
    var reader = RequestReader(limits: limits) {
      let count = recv(descriptor, &chunk, chunk.count, 0)
      return chunk[..<max(count, 0)]
    }
    while enter(.idle, limits.idleSeconds), reader.waitForBytes(), enter(.reading, limits.transferSeconds) {
      do throws(HTTPProblem) {
        let request = try reader.next { _ = write(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)) }
        guard enter(.answering, limits.answerSeconds) else { break }
        let reply = routes.reply(to: request, counts: counts)
        let keepsAlive = request.head.keepsAlive && !lock { isClosing }
        let bytes = reply.bytes(keepsAlive: keepsAlive, hasBody: request.head.method != "HEAD")
        guard enter(.writing, limits.transferSeconds) else { break }
        routes.count(reply.status)
        if !write(bytes) || !keepsAlive { break }
      } catch {
        guard enter(.writing, limits.transferSeconds) else { break }
        routes.count(error.status)
        if write(HTTPReply(error).bytes(keepsAlive: false)) { drain(&chunk) }
        break
      }
    }
    lock { phase = .ended }
    close(descriptor)
  }

  /// Goes on to the next phase; false when the connection was cut off.
  private func enter(_ next: Phase, _ seconds: Double) -> Bool {
    lock {
      guard phase != .ended else { return false }
      phase = next
      deadline = Self.time(after: seconds)
      return !(isClosing && next == .idle)
    }
  }

  private func write(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      if count <= 0 { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// Reads away what a refused client still sends, a little of it, for closing at once would take our answer from it.
  private func drain(_ chunk: inout [UInt8]) {
    shutdown(descriptor, Int32(SHUT_WR))
    var left = 1 << 20
    while left > 0, enter(.writing, 1) {
      let count = recv(descriptor, &chunk, chunk.count, 0)
      if count <= 0 { break }
      left -= count
    }
  }

  // MARK: From outside

  /// Cuts the connection off when its time is over.
  func check(_ now: UInt64) {
    lock {
      guard now > deadline, phase != .ended else { return }
      if phase == .reading { refuse(HTTPProblem(408, "The request did not come within \(limits.transferSeconds) s.")) }
      if phase == .answering {
        refuse(HTTPProblem(503, "The model did not answer within \(limits.answerSeconds) s."))
      }
      cut()
    }
  }

  /// Lets a request that is being answered be the last.
  func finish() {
    lock {
      isClosing = true
      if phase == .idle { cut() }
    }
  }

  /// Ends the connection at once.
  func end() { lock { if phase != .ended { cut() } } }

  /// Its thread wakes, finds nothing more to read, and closes.
  private func cut() {
    phase = .ended
    shutdown(descriptor, Int32(SHUT_RDWR))
  }

  /// Only while the connection's own thread does not write; what does not fit into the buffer is lost.
  private func refuse(_ problem: HTTPProblem) {
    routes.count(problem.status)
    let bytes = HTTPReply(problem).bytes(keepsAlive: false)
    _ = bytes.withUnsafeBytes {
      send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
    }
  }
}
