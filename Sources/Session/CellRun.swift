import Glibc
import MartletDisplay
import Synchronization
import WorkerLink

/// Brings together the thread that waits for a cell and the worker's events, and tells events to the cell they belong
/// to.
///
/// Output of unknown origin belongs to the cell that was started last. Work that a cell leaves behind goes on to be shown
/// with that cell, for as long as the cell is among the last ones.
final class CellRun: Sendable {
  /// How the waiting ended.
  enum End: Sendable {
    case reported(CellReport)
    case workerEnded(ProcessEnd)

    /// What the cell used as it ran.
    var usage: CellUsage? { if case .reported(let report) = self { report.usage } else { nil } }
  }

  private struct State {
    var listeners = CellListeners()
    var input: (any InputSource)?
    var isWaiting = false
    var runningCell: UInt32?
    var end: End?
    var workerEnd: ProcessEnd?
  }
  private let state = Mutex(State())
  private let ended = Semaphore()

  /// Prepares for a cell, whose events come once it has started.
  func begin(cell: UInt32, input: (any InputSource)?, onEvent: @escaping @Sendable (SessionEvent) -> Void) {
    let isGone = state.withLock { state in
      state.listeners.add(cell, onEvent)
      state.input = input
      state.isWaiting = true
      state.runningCell = cell
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
      defer { (state.isWaiting, state.input, state.runningCell) = (false, nil, nil) }
      return (state.end, state.input)
    }
    input?.cancelRequest()
    // The semaphore is signalled only after an end was stored.
    return end!
  }

  /// How the worker ended, when it is gone.
  var workerEnd: ProcessEnd? { state.withLock { $0.workerEnd } }

  /// The cell that runs now.
  var runningCell: UInt32? { state.withLock { $0.runningCell } }

  /// The input of the cell that runs now.
  var input: (any InputSource)? { state.withLock { $0.input } }

  /// Makes the events that name no cell those of a cell.
  func start(cell: UInt32) { state.withLock { $0.listeners.newest = cell } }

  /// Reports something to the cell that it belongs to: to the one started last where that is not known.
  func report(_ event: SessionEvent, cell: UInt32? = nil) {
    let listener = state.withLock { $0.listeners.find(cell) }
    listener?(event)
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
