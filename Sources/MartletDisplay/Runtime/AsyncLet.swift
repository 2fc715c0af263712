/// A cell's top-level `async let`: the operation runs at once, and whoever uses the name waits for its value.
///
/// `@unchecked Sendable`: it only hands out what its Task has produced, once that is done.
public struct _MartletAsyncLet<Value, Failure: Error>: @unchecked Sendable {
  private struct Outcome: @unchecked Sendable { let result: Result<Value, Failure> }
  private struct Body: @unchecked Sendable { let run: () async throws(Failure) -> Value }

  private let task: Task<Outcome, Never>

  fileprivate init(_ body: @escaping () async throws(Failure) -> Value) {
    let body = Body(run: body)
    task = Task.detached {
      do throws(Failure) {
        return Outcome(result: .success(try await body.run()))
      } catch {
        return Outcome(result: .failure(error))
      }
    }
  }

  /// The value, or the error that the operation threw.
  public var value: Value {
    get async throws(Failure) { try await task.value.result.get() }
  }
}

/// Starts the right-hand side of a top-level `async let`.
public func _martletAsyncLet<Value, Failure: Error>(
  _ body: @escaping () async throws(Failure) -> Value
) -> _MartletAsyncLet<Value, Failure> {
  _MartletAsyncLet(body)
}
