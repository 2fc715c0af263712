import CMartletRuntime

/// Something that happens once, shared by the thread that waits for it and the Task that brings it about.
///
/// `@unchecked Sendable`: the C event behind it is a semaphore, made to be used from several threads.
final class Event: @unchecked Sendable {
  private let event = martlet_event_create()

  deinit { martlet_event_destroy(event) }

  func signal() { martlet_event_signal(event) }

  /// Waits; returns `false` when an interrupt came first.
  func wait() -> Bool { martlet_event_wait(event) == 0 }

  func wait(milliseconds: Int32) { _ = martlet_event_wait_briefly(event, milliseconds) }
}
