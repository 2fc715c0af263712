import Foundation

/// The helper process: answers questions from its socket until that is closed. SourceKit may crash in it, and nothing is lost.
package enum IntelligenceHelper {
  /// The socket's descriptor, where the service puts it.
  static let descriptor: Int32 = 3

  /// Serves to the end.
  ///
  /// - Parameter arguments: the path of the toolchain's `libsourcekitdInProc.so`.
  /// - Returns: the process's exit code.
  package static func run(_ arguments: [String]) -> Int32 {
    // An interrupt is meant for cells.
    signal(SIGINT, SIG_IGN)
    signal(SIGPIPE, SIG_IGN)
    endWithTheKernel()
    guard arguments.count == 1, let sourceKit = try? SourceKit(library: arguments[0]) else { return 2 }
    let completer = Completer(sourceKit: sourceKit)
    let inspector = Inspector(sourceKit: sourceKit)
    var revision = 0
    while let start = read(4), let length = HelperFrame.length(start), length <= HelperFrame.maximumLength,
      let payload = read(length), let request = HelperFrame.decode(HelperRequest.self, from: payload)
    {
      if request.revision != revision {
        sourceKit.forgetFiles()
        revision = request.revision
      }
      var reply = answer(request, completer, inspector)
      reply.memory = residentMemory
      guard write(HelperFrame.encode(reply)) else { break }
    }
    // Not `exit`: SourceKit's threads still run.
    _exit(0)
  }

  /// Ends the process when the other end of the socket is closed, even while SourceKit works or hangs.
  private static func endWithTheKernel() {
    Thread.detachNewThread {
      var events = pollfd(fd: descriptor, events: 0, revents: 0)
      while poll(&events, 1, -1) <= 0 {}
      _exit(0)
    }
  }

  private static func answer(_ request: HelperRequest, _ completer: Completer, _ inspector: Inspector) -> HelperReply {
    var reply = HelperReply(identifier: request.identifier)
    switch request.question {
    case .prepare:
      completer.prepare(request)
      inspector.prepare(request)
    case .complete(let offset, let prefix, let isCalled, let limit):
      let query = CompletionQuery(offset: offset, prefix: prefix, isCalled: isCalled, limit: limit)
      (reply.completions, reply.replacedBefore) = completer.completions(query, request)
    case .inspect(let offsets):
      reply.inspection = inspector.inspection(at: offsets, request)
    }
    return reply
  }

  private static func read(_ count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let result = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress! + done, count - done) }
      if result < 0 && errno == EINTR { continue }
      if result <= 0 { return nil }
      done += result
    }
    return bytes
  }

  private static func write(_ bytes: [UInt8]) -> Bool {
    var done = 0
    while done < bytes.count {
      let result = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + done, bytes.count - done) }
      if result < 0 && errno == EINTR { continue }
      if result <= 0 { return false }
      done += result
    }
    return true
  }

  /// The memory of this process in bytes; 0 when it cannot be found out.
  private static var residentMemory: Int {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
    let fields = text.split(separator: " ")
    return fields.count > 1 ? (Int(fields[1]) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE))) : 0
  }
}
