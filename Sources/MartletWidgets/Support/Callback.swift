import CMartletRuntime

/// User code on its way to the one thread on which callbacks run, one after the other.
final class Callback {
  private let body: () -> Void
  private let failed: (String) -> Void

  private init(_ body: @escaping () -> Void, failed: @escaping (String) -> Void) {
    self.body = body
    self.failed = failed
  }

  /// Has user code run after the callbacks before it. What it prints is shown where the caller's output is.
  ///
  /// - Parameter failed: called with the reason when the code traps.
  static func start(_ body: @escaping () -> Void, failed: @escaping (String) -> Void = { _ in }) {
    // Balanced in whichever of the two functions is called to its end.
    let callback = Unmanaged.passRetained(Callback(body, failed: failed)).toOpaque()
    martlet_call_back(
      { context in
        let callback = Unmanaged<Callback>.fromOpaque(context!)  // the pointer that was given
        callback.takeUnretainedValue().body()
        callback.release()
      },
      { context, message in
        // The pointer that was given, and a text of the worker's.
        let callback = Unmanaged<Callback>.fromOpaque(context!).takeRetainedValue()
        callback.failed(message.map { String(cString: $0) } ?? "")
      }, callback)
  }

  /// Runs user code among the callbacks, and waits for its end.
  static func run(_ body: @escaping () -> Void) {
    if martlet_is_callback() != 0 { return body() }
    // Released by the last who uses it: an interrupted cell does not wait for the callback.
    let done = Unmanaged.passRetained(Done())
    start {
      body()
      done.takeUnretainedValue().signal()
    } failed: { _ in
      done.takeUnretainedValue().signal()
    }
    if !done.takeUnretainedValue().wait() { martlet_end_interrupted_cell() }
    done.release()
  }

  private final class Done {
    private let event = martlet_event_create()
    deinit { martlet_event_destroy(event) }
    func signal() { martlet_event_signal(event) }
    func wait() -> Bool { martlet_event_wait(event) == 0 }
  }
}
