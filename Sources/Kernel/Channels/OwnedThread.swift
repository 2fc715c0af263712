import Dispatch
import Glibc

import class Foundation.Thread

/// A thread that runs one closure and takes over what the closure captures, sockets included.
final class OwnedThread: Sendable {
  private let ended = DispatchSemaphore(value: 0)

  /// - Parameter name: what debuggers and `ps` show, at most 15 bytes.
  init(named name: String, _ body: sending @escaping () -> Void) {
    let start = Start(name: name, body: body, ended: ended)
    var thread = pthread_t()
    // The thread takes the one reference that is passed to it.
    let status = pthread_create(
      &thread, nil,
      { argument in
        Unmanaged<Start>.fromOpaque(argument!).takeRetainedValue().run()
        return nil
      }, Unmanaged.passRetained(start).toOpaque())
    guard status == 0 else { fatalError("martlet kernel: the system has no thread left for \(name) (see `ulimit -u`)") }
    pthread_detach(thread)
  }

  /// Waits for the end; `false` when it did not come in time.
  @discardableResult
  func join(within milliseconds: Int) -> Bool {
    guard ended.wait(timeout: .now() + .milliseconds(milliseconds)) == .success else { return false }
    ended.signal()
    return true
  }

  private final class Start {
    let name: String
    var body: (() -> Void)?
    let ended: DispatchSemaphore

    init(name: String, body: @escaping () -> Void, ended: DispatchSemaphore) {
      self.name = name
      self.body = body
      self.ended = ended
    }

    func run() {
      Thread.current.name = name
      body?()
      // What the closure held is gone before anybody who waits goes on.
      body = nil
      ended.signal()
    }
  }
}
