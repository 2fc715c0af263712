import Glibc

/// A worker process, and the thread that listens to it.
///
/// Events arrive one after the other, on that thread, in the order in which they happened in the worker: what a cell has
/// printed before it displays something comes before that display. The handler should be quick; while it runs, nothing is
/// read, and a worker that prints much waits.
///
/// `@unchecked Sendable`: `state` is only touched with `lock` held; the rest never changes.
package final class WorkerProcess: @unchecked Sendable {
  private struct State {
    var link: Int32
    var process: pid_t
    /// Whether the process may still be signalled: its number has not been given back to the system.
    var isAlive = true
  }

  private let lock = Lock()
  private var state: State

  /// Starts a worker.
  ///
  /// - Parameters:
  ///   - configuration: what to start.
  ///   - handler: called with every event; the last one is `ended`.
  /// - Throws: `LinkError.cannotStart`.
  package init(
    _ configuration: WorkerConfiguration, handler: @escaping @Sendable (WorkerEvent) -> Void
  ) throws(LinkError) {
    let start = ReaderStart(configuration)
    guard let worker = try start.launch() else { throw .cannotStart("pthread_create", code: EAGAIN) }
    state = State(link: worker.link, process: worker.process)
    start.listen(handler: handler) { [self] in reap() }
  }

  /// The process identifier, which is also that of its process group.
  package var processIdentifier: Int32 { lock.withLock { state.process } }

  /// Runs a compiled cell after those that were asked for before; ends with `finished`.
  ///
  /// - Parameters:
  ///   - cell: a number that comes back in the cell's events.
  ///   - libraries: paths of libraries to load first.
  ///   - path: the cell's own library.
  ///   - entry: the name of its entry function, `int (int, char **)`.
  package func run(cell: UInt32, libraries: [String], path: String, entry: String) {
    send(.run(cell: cell, libraries: libraries, path: path, entry: entry))
  }

  /// Asks the running cell to end; does nothing where none runs.
  package func interrupt(level: InterruptLevel) { send(.interrupt(level)) }

  /// Answers an `inputRequest`.
  package func replyInput(_ reply: InputReply) { send(.inputReply(reply)) }

  /// Kills the worker and what its cells have started; `ended` follows.
  package func terminate() {
    lock.withLock {
      guard state.isAlive else { return }
      kill(-state.process, SIGKILL)
      kill(state.process, SIGKILL)
    }
  }

  private func send(_ request: WorkerRequest) {
    let frame = request.frame()
    lock.withLock {
      guard state.isAlive else { return }
      var sent = 0
      while sent < frame.count {
        let count = frame.withUnsafeBytes {
          Glibc.send(state.link, $0.baseAddress! + sent, frame.count - sent, Int32(MSG_NOSIGNAL))
        }
        if count < 0 && errno == EINTR { continue }
        // The worker has gone; the reader will notice and say so.
        guard count > 0 else { return }
        sent += count
      }
    }
  }

  /// Waits for the process, whose end of the link is closed.
  private func reap() -> ProcessEnd {
    let process = processIdentifier
    kill(-process, SIGKILL)
    kill(process, SIGKILL)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    lock.withLock {
      state.isAlive = false
      close(state.link)
    }
    return ProcessEnd(waitStatus: status)
  }
}
