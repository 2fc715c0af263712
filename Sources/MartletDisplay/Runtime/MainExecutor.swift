import CMartletRuntime

/// The main actor's executor in a worker: hands jobs to the worker's own queue for the main thread.
///
/// The system's executor runs them inside of the main dispatch queue, which no longer works once a job has trapped in
/// it.
private final class MainExecutor: SerialExecutor {
  private let enqueue: @convention(c) (UnsafeMutableRawPointer) -> Void

  init(enqueue: @escaping @convention(c) (UnsafeMutableRawPointer) -> Void) { self.enqueue = enqueue }

  func enqueue(_ job: consuming ExecutorJob) {
    // A job is one pointer, which the C side gives back to the runtime.
    enqueue(unsafeBitCast(UnownedJob(job), to: UnsafeMutableRawPointer.self))
  }

  func checkIsolated() {
    guard martlet_is_main_thread() != 0 else {
      fatalError("Incorrect actor executor assumption: not on the main thread.")
    }
  }
}

/// Makes the executor, once, and writes its two words. It lives as long as the process.
@_cdecl("martlet_make_main_executor")
public func _martletMakeMainExecutor(
  _ enqueue: @escaping @convention(c) (UnsafeMutableRawPointer) -> Void, _ result: UnsafeMutableRawPointer
) {
  let executor = Unmanaged.passRetained(MainExecutor(enqueue: enqueue)).takeUnretainedValue()
  result.storeBytes(of: UnownedSerialExecutor(ordinary: executor), as: UnownedSerialExecutor.self)
}
