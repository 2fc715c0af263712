import Glibc
import MartletDisplay
import Synchronization
import WorkerLink

/// Brings together the thread that waits for a cell and the worker's events, and tells events to the cell they belong
/// to.
///
/// Output that arrives when no cell runs belongs to the cell that ran last.
final class CellRun: Sendable {
  /// How the waiting ended.
  enum End: Sendable {
    case reported(CellReport)
    case workerEnded(ProcessEnd)
  }

  private struct State {
    var onEvent: (@Sendable (SessionEvent) -> Void)?
    var input: (any InputSource)?
    var isWaiting = false
    var end: End?
    var workerEnd: ProcessEnd?
  }
  private let state = Mutex(State())
  private let ended = Semaphore()

  /// Makes the next events those of a cell.
  func begin(input: (any InputSource)?, onEvent: @escaping @Sendable (SessionEvent) -> Void) {
    let isGone = state.withLock { state in
      state.onEvent = onEvent
      state.input = input
      state.isWaiting = true
      // The worker may have ended while the cell was compiled.
      state.end = state.workerEnd.map(End.workerEnded)
      return state.end != nil
    }
    if isGone { ended.signal() }
  }

  /// Blocks until the running cell has ended.
  func wait() -> End {
    ended.wait()
    let (end, input) = state.withLock { state in
      defer { (state.isWaiting, state.input) = (false, nil) }
      return (state.end, state.input)
    }
    input?.cancelRequest()
    // The semaphore is signalled only after an end was stored.
    return end!
  }

  /// How the worker ended, when it is gone.
  var workerEnd: ProcessEnd? { state.withLock { $0.workerEnd } }

  /// The input of the cell that runs now.
  var input: (any InputSource)? { state.withLock { $0.input } }

  /// Reports something to the cell that the worker's events belong to.
  func report(_ event: SessionEvent) {
    let onEvent = state.withLock { $0.onEvent }
    onEvent?(event)
  }

  func finish(_ end: End) {
    let isAwaited = state.withLock { state in
      if case .workerEnded(let how) = end { state.workerEnd = how }
      guard state.isWaiting, state.end == nil else { return false }
      state.end = end
      return true
    }
    if isAwaited { ended.signal() }
  }
}

/// A counting semaphore, without Dispatch.
final class Semaphore: Sendable {
  // POSIX semaphores are made to be used from any thread; the memory is owned by this object alone.
  private nonisolated(unsafe) let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

  init() { sem_init(semaphore, 0, 0) }
  deinit {
    sem_destroy(semaphore)
    semaphore.deallocate()
  }

  func signal() { sem_post(semaphore) }
  func wait() { while sem_wait(semaphore) != 0 && errno == EINTR {} }
}
