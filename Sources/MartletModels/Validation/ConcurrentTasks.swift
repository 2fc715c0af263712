import CMartletRuntime
import Dispatch
import MartletNumerics
import Synchronization

/// Runs independent fits at the same time. Results come in order, whatever the number of threads.
///
/// The work is done by threads of its own while the caller waits and notices interrupts; what an interrupt leaves behind
/// ends with the fits that were under way. Inside a task everything else runs on that task's thread alone, and the seeds
/// that it is not given come from one drawn for it beforehand: which thread is first does not matter.
enum ConcurrentTasks {
  /// - Parameter label: what the tasks are, for the bar that is shown when they take long.
  /// - Throws: the error of the first task that has failed, in order.
  static func map<Value: Sendable>(
    _ count: Int, showing label: String, _ body: @escaping @Sendable (Int) throws(FitError) -> Value
  ) throws(FitError) -> [Value] {
    let threads = min(Parallel.threadLimit, count)
    let seeds = (0..<count).map { _ in Random.nextSeed() }
    let progress = FitProgress.begin(label, of: count)
    @Sendable func outcome(_ task: Int) -> Result<Value, FitError> {
      defer { progress?.advance() }
      return withRandomSeed(seeds[task]) { Result { () throws(FitError) in try body(task) } }
    }
    guard threads > 1 else {
      var values: [Value] = []
      for task in 0..<count {
        martlet_poll()
        values.append(try outcome(task).get())
      }
      return values
    }
    let run = TaskRun<Value>(count)
    let group = DispatchGroup()
    for _ in 0..<threads {
      DispatchQueue.global().async(group: group) {
        Parallel.$threadLimit.withValue(1) {
          FitProgress.$isPart.withValue(true) {
            while let task = run.next() { run.finish(task, outcome(task)) }
          }
        }
      }
    }
    while group.wait(timeout: .now() + .milliseconds(20)) == .timedOut {
      // The interrupt does not come back here: the tasks that have not begun must not begin.
      if martlet_wants_interrupt() != 0 { run.stop() }
      martlet_poll()
    }
    return try run.values()
  }
}

/// Which tasks have begun, and what has come of them.
private final class TaskRun<Value: Sendable>: Sendable {
  private struct State {
    var begun = 0
    var isStopped = false
    var results: [Result<Value, FitError>?]
  }
  private let state: Mutex<State>

  init(_ count: Int) { state = Mutex(State(results: [Result<Value, FitError>?](repeating: nil, count: count))) }

  func next() -> Int? {
    state.withLock { state in
      guard !state.isStopped, state.begun < state.results.count else { return nil }
      defer { state.begun += 1 }
      return state.begun
    }
  }

  func finish(_ task: Int, _ result: Result<Value, FitError>) {
    state.withLock { state in
      state.results[task] = result
      if case .failure = result { state.isStopped = true }
    }
  }

  func stop() { state.withLock { $0.isStopped = true } }

  func values() throws(FitError) -> [Value] {
    var values: [Value] = []
    // Tasks begin in order, so a missing result comes after the failure that has stopped the run.
    for result in state.withLock({ $0.results }) {
      guard let result else { break }
      values.append(try result.get())
    }
    return values
  }
}
