/// Starts the reading thread in two steps: it launches the worker, and listens once somebody is ready to be told.
///
/// `@unchecked Sendable`: each field is written by one side before it signals the other.
final class ReaderStart: @unchecked Sendable {
  private let configuration: WorkerConfiguration
  private let isLaunched = Semaphore()
  private let mayListen = Semaphore()
  private var result: Result<LaunchedWorker, LinkError>?
  private var handler: (@Sendable (WorkerEvent) -> Void)?
  private var reap: (@Sendable () -> ProcessEnd)?

  init(_ configuration: WorkerConfiguration) { self.configuration = configuration }

  /// Starts the thread and, on it, the worker; `nil` where there is no thread to be had.
  func launch() throws(LinkError) -> LaunchedWorker? {
    guard startThread({ [self] in run() }) else { return nil }
    isLaunched.wait()
    return try result?.get()
  }

  /// Lets the thread read, until the worker has gone.
  func listen(handler: @escaping @Sendable (WorkerEvent) -> Void, reap: @escaping @Sendable () -> ProcessEnd) {
    self.handler = handler
    self.reap = reap
    mayListen.signal()
  }

  private func run() {
    do throws(LinkError) {
      let worker = try launchWorker(configuration)
      result = .success(worker)
      isLaunched.signal()
      mayListen.wait()
      guard let handler, let reap else { return }
      var reader = WorkerReader(worker, handler: handler)
      reader.readUntilEnd()
      handler(.ended(reap()))
    } catch {
      result = .failure(error)
      isLaunched.signal()
    }
  }
}
