import Glibc
import Synchronization

/// A worker process: started here, asked by requests, heard through one handler.
///
/// A thread of its own reads the worker's standard output, standard error and link, and calls the handler in order:
/// before a message is told, everything that was written before it is.
package final class WorkerProcess: Sendable {
  private struct State {
    var isReaped = false
  }
  private let process: pid_t
  private let link: Int32
  private let output: Int32
  private let errorOutput: Int32
  /// Held while a request is sent, so that requests do not mix.
  private let sending = Mutex(())
  private let state = Mutex(State())

  /// Starts a worker.
  ///
  /// - Parameters:
  ///   - executable: the path of `martlet-worker`.
  ///   - libraries: what it loads at once, the toolkit first.
  ///   - workingDirectory: where its cells find relative paths; `nil` for this process's own.
  package init(executable: String, libraries: [String], workingDirectory: String?) throws(WorkerError) {
    var pipes = WorkerPipes()
    try pipes.open()
    defer { pipes.closeWorkerEnds() }
    do {
      process = try pipes.spawn(executable, libraries: libraries, workingDirectory: workingDirectory)
    } catch {
      pipes.closeOwnEnds()
      throw error
    }
    (link, output, errorOutput) = (pipes.link, pipes.output, pipes.errorOutput)
  }

  /// Starts to hear the worker. The handler is called on one thread, to the end, which is the event `ended`.
  package func start(_ handler: @escaping @Sendable (WorkerEvent) -> Void) {
    let (link, output, errorOutput) = (link, output, errorOutput)
    WorkerThread.start { [self] in
      var reader = WorkerReader(link: link, output: output, errorOutput: errorOutput, handler: handler)
      reader.readToEnd()
      handler(.ended(reap()))
    }
  }

  package func run(cell: UInt32, libraries: [String], path: String, entry: String) {
    send(.run(cell: cell, libraries: libraries, path: path, entry: entry))
  }

  package func interrupt(level: UInt8) { send(.interrupt(level: level)) }

  package func replyInput(_ reply: WorkerInputReply) { send(.inputReply(reply)) }

  package func inspect(identifier: UInt32, _ items: [InspectionItem]) {
    send(.inspect(identifier: identifier, items))
  }

  /// Asks for a change of directory or environment, or for none; the event `surroundings` answers.
  package func ask(_ change: WorkerSurroundings.Change?) { send(.surroundings(change)) }

  /// Has the worker end a group of processes should this process be killed, or no longer.
  package func lookAfter(group: pid_t, isThere: Bool) { send(.ward(group: group, isThere: isThere)) }

  /// The worker's process identifier.
  package var identifier: pid_t { process }

  /// Kills the worker and what its cells have started; `ended` follows.
  package func terminate() {
    state.withLock { state in
      if !state.isReaped { killGroup() }
    }
  }

  /// Processes that Foundation's `Process` starts are in groups of their own, so the group alone would not do.
  private func killGroup() {
    for descendant in ProcessFamily.descendants(of: process) { kill(descendant, SIGKILL) }
    kill(-process, SIGKILL)
    kill(process, SIGKILL)
  }

  func send(_ request: WorkerRequest) {
    let bytes = request.frame.encoded
    sending.withLock { _ in
      var sent = 0
      while sent < bytes.count {
        let count = bytes[sent...].withUnsafeBytes { Glibc.send(link, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        if count < 0 && errno == EINTR { continue }
        // A worker that is gone tells so by `ended`.
        if count <= 0 { return }
        sent += count
      }
    }
  }

  private func reap() -> ProcessEnd {
    // The streams can end before the process does: a cell may have closed them.
    var status: Int32 = 0
    killGroup()
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    state.withLock { $0.isReaped = true }
    sending.withLock { _ in _ = shutdown(link, Int32(SHUT_RDWR)) }
    close(output)
    close(errorOutput)
    return ProcessEnd(waitStatus: status)
  }

  deinit { close(link) }
}

/// No worker could be started.
package struct WorkerError: Error, CustomStringConvertible, Sendable {
  package let description: String

  init(_ operation: String, _ code: Int32) { description = "\(operation): \(String(cString: strerror(code)))." }
}

/// A thread that nobody waits for.
enum WorkerThread {
  private final class Work {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }

  static func start(_ body: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    let work = Unmanaged.passRetained(Work(body))
    let code = pthread_create(
      &thread, nil,
      { argument in
        // The argument is the retained work that was given to pthread_create.
        let work = Unmanaged<Work>.fromOpaque(argument!).takeRetainedValue()
        work.body()
        return nil
      }, work.toOpaque())
    precondition(code == 0, "no thread could be started")
    pthread_detach(thread)
  }
}
