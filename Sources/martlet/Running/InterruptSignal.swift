import Dispatch
import Glibc

/// Turns Ctrl-C, and a request to end, into a call.
final class InterruptSignal {
  private let sources: [any DispatchSourceSignal]

  init(_ action: @escaping @Sendable () -> Void) {
    sources = [SIGINT, SIGTERM].map { number in
      // The default would end the process before the source is told.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInitiated))
      source.setEventHandler(handler: action)
      source.activate()
      return source
    }
  }

  /// Gives the signals back their usual meaning.
  func remove() {
    for source in sources { source.cancel() }
    signal(SIGINT, SIG_DFL)
    signal(SIGTERM, SIG_DFL)
  }
}
