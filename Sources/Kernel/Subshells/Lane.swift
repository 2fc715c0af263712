import Synchronization

/// A thread that does one thing after another, started when there is first something to do.
final class Lane: Sendable {
  private let name: String
  private let queue = BlockingQueue<@Sendable () -> Void>()
  private let thread = Mutex<OwnedThread?>(nil)

  /// - Parameter name: the thread's, at most 15 bytes.
  init(named name: String) { self.name = name }

  /// Does the work after all that was given before.
  func perform(_ work: @escaping @Sendable () -> Void) {
    queue.append(work)
    thread.withLock { thread in
      if thread != nil { return }
      let queue = queue
      thread = OwnedThread(named: name) {
        while let work = queue.next() { work() }
      }
    }
  }

  /// Nothing more comes: the thread ends when all is done that was given before.
  func finish() { queue.finish() }

  /// Ends the thread after what it does just now.
  func close() { queue.close() }

  /// Waits for the thread's end, once there is to be one.
  func join(within milliseconds: Int) { thread.withLock { $0 }?.join(within: milliseconds) }
}
