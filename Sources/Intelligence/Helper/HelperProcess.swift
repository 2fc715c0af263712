import Foundation
import Glibc

/// One life of the helper process, with the socket to it. Not for use from two threads at once.
final class HelperProcess {
  /// How an exchange ended.
  enum Outcome {
    case reply(HelperReply)
    /// Not all could be done in time; a late answer is dropped when it comes.
    case late
    /// The process is gone.
    case ended(hadRequest: Bool)
  }

  let identifier: pid_t
  private let socket: Int32
  private var outgoing: [UInt8] = []
  private var incoming: [UInt8] = []
  /// What was asked and not answered yet, with the time of asking.
  private var unanswered: [Int: ContinuousClock.Instant] = [:]
  /// Whether it has ever answered.
  private(set) var hasAnswered = false

  /// - Returns: `nil` when the process could not be started.
  init?(executable: String, arguments: [String]) {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { return nil }
    guard let process = Self.spawn(executable, arguments, socket: ends[1]) else {
      close(ends[0])
      close(ends[1])
      return nil
    }
    close(ends[1])
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    (identifier, socket) = (process, ends[0])
  }

  /// Since when the process has been working on what it was asked; `nil` when it is idle.
  var busySince: ContinuousClock.Instant? {
    // Answers for which nobody waited may have come.
    while receive() == .something {}
    _ = takeReply(to: 0)
    return unanswered.values.min()
  }

  /// Ends the process.
  func end() {
    kill(identifier, SIGKILL)
    close(socket)
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0 && errno == EINTR {}
  }

  /// Sends a request and waits for its answer.
  ///
  /// - Parameter waitsForReply: otherwise the request is sent, and its answer dropped when it comes.
  func exchange(_ request: HelperRequest, waitsForReply: Bool, until deadline: ContinuousClock.Instant) -> Outcome {
    let isPending = !outgoing.isEmpty
    outgoing += HelperFrame.encode(request)
    unanswered[request.identifier] = .now
    var sent = 0
    while true {
      if let reply = takeReply(to: request.identifier) { return .reply(reply) }
      if outgoing.isEmpty, !waitsForReply { return .late }
      let remaining = ContinuousClock.now.duration(to: deadline)
      guard remaining > .zero else { return .late }
      var events = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
      if !outgoing.isEmpty { events.events |= Int16(POLLOUT) }
      // A little more than what is left, so that a rest below a millisecond does not spin.
      let count = poll(&events, 1, Int32(remaining / .milliseconds(1)) + 1)
      if count < 0, errno != EINTR { return .ended(hadRequest: true) }
      guard count > 0 else { continue }
      if Int32(events.revents) & POLLOUT != 0 { sent += sendSome() }
      if Int32(events.revents) & (POLLIN | POLLHUP | POLLERR) != 0, receive() == .end {
        return .ended(hadRequest: isPending || sent > 0)
      }
    }
  }

  private func sendSome() -> Int {
    let count = outgoing.withUnsafeBytes { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    // An error shows at the next receiving too.
    guard count > 0 else { return 0 }
    outgoing.removeFirst(count)
    return count
  }

  private enum Received { case something, nothing, end }

  private func receive() -> Received {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = recv(socket, &buffer, buffer.count, 0)
    if count > 0 {
      incoming += buffer[..<count]
      return .something
    }
    return count < 0 && (errno == EAGAIN || errno == EINTR) ? .nothing : .end
  }

  /// Takes the replies that have come; those to earlier requests are too late and dropped.
  private func takeReply(to identifier: Int) -> HelperReply? {
    while let length = HelperFrame.length(incoming) {
      guard length <= HelperFrame.maximumLength else {
        // No frames any more: nothing can be believed, and the process is as good as stuck.
        incoming.removeAll()
        kill(self.identifier, SIGKILL)
        return nil
      }
      guard incoming.count >= 4 + length else { return nil }
      let reply = HelperFrame.decode(HelperReply.self, from: incoming[4..<4 + length])
      incoming.removeFirst(4 + length)
      guard let reply else { continue }
      hasAnswered = true
      unanswered[reply.identifier] = nil
      if reply.identifier == identifier { return reply }
    }
    return nil
  }

  private static func spawn(_ executable: String, _ arguments: [String], socket: Int32) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    // SourceKit logs what it does not like, which is every half-typed line.
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, socket, IntelligenceHelper.descriptor)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A group of its own: frontends interrupt the kernel's whole group.
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawnattr_setpgroup(&attributes, 0)
    var argv: [UnsafeMutablePointer<CChar>?] = ([executable] + arguments).map { strdup($0) } + [nil]
    defer { for argument in argv { free(argument) } }
    var process: pid_t = 0
    return posix_spawn(&process, executable, &actions, &attributes, &argv, environ) == 0 ? process : nil
  }
}
