import CMartletRuntime

/// What an asynchronous operation of a cell starts from and ends with.
///
/// `@unchecked Sendable`: one Task writes `outcome` before it signals the event, and one thread reads it after waiting.
private final class Operation<Value: ~Copyable, Failure: Error>: @unchecked Sendable {
  private let body: () async throws(Failure) -> Value
  private var outcome: Result<Value, Failure>?
  let event = Event()

  init(_ body: @escaping () async throws(Failure) -> Value) { self.body = body }

  func run() async {
    do throws(Failure) {
      outcome = .success(try await body())
    } catch {
      outcome = .failure(error)
    }
    event.signal()
  }

  /// The result, which can be taken once.
  func take() throws(Failure) -> Value {
    guard let outcome = outcome.take() else { fatalError("The operation has not ended.") }
    return try outcome.get()
  }
}

/// For how many milliseconds a cancelled operation may go on to clean up before the interrupted cell ends without it.
private let timeToCleanUp: Int32 = 50

/// Runs an asynchronous operation and blocks the calling thread until it is done: a cell's top-level `await`.
///
/// An interrupt cancels the operation and ends the cell.
@inline(never)
public func _martletAwait<Value: ~Copyable, Failure: Error>(
  _ body: @escaping () async throws(Failure) -> Value
) throws(Failure) -> Value {
  let operation = Operation(body)
  let task = Task.detached { await operation.run() }
  if !operation.event.wait() {
    task.cancel()
    operation.event.wait(milliseconds: timeToCleanUp)
    martlet_end_interrupted_cell()
    _ = operation.event.wait()
  }
  return try operation.take()
}
