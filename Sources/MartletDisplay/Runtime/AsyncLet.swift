// A cell's top-level `async let`: the operation runs at once, and whoever uses the name waits for its value.
//
// Two types, one for each kind of operation, because a getter with a generic `throws(Failure)` crashes the 6.3
// compiler in callers.

/// The value of an `async let` whose operation cannot fail.
///
/// `@unchecked Sendable`: it only hands out what its Task has produced, once that is done.
public struct _MartletAsyncLet<Value>: @unchecked Sendable {
  private let task: Task<Carried<Value>, Never>

  fileprivate init(_ body: Carried<() async -> Value>) {
    task = Task.detached { Carried(await body.content()) }
  }

  /// The value, once it is there.
  public var value: Value {
    get async { await task.value.content }
  }
}

/// The value of an `async let` whose operation can fail.
///
/// `@unchecked Sendable`: it only hands out what its Task has produced, once that is done.
public struct _MartletThrowingAsyncLet<Value>: @unchecked Sendable {
  private let task: Task<Carried<Value>, any Error>

  fileprivate init(_ body: Carried<() async throws -> Value>) {
    task = Task.detached { Carried(try await body.content()) }
  }

  /// The value, or the error that the operation threw.
  public var value: Value {
    get async throws { try await task.value.content }
  }
}

/// Carries something over to a Task and back; a cell waits for it and never uses it at the same time.
private struct Carried<Content>: @unchecked Sendable {
  let content: Content
  init(_ content: Content) { self.content = content }
}

/// Starts the right-hand side of a top-level `async let`.
public func _martletAsyncLet<Value>(_ body: @escaping () async -> Value) -> _MartletAsyncLet<Value> {
  _MartletAsyncLet(Carried(body))
}

/// Starts the right-hand side of a top-level `async let` that can fail.
@_disfavoredOverload
public func _martletAsyncLet<Value>(_ body: @escaping () async throws -> Value) -> _MartletThrowingAsyncLet<Value> {
  _MartletThrowingAsyncLet(Carried(body))
}

// A Task does not tell from outside whether it is done, and its value can only be awaited.

extension _MartletAsyncLet: IndirectVariable {
  static var valueType: Any.Type { Value.self }
  var existingValue: Any? { nil }
  var absence: String { "(async let: await it to see its value)" }
}

extension _MartletThrowingAsyncLet: IndirectVariable {
  static var valueType: Any.Type { Value.self }
  var existingValue: Any? { nil }
  var absence: String { "(async let: await it to see its value)" }
}
