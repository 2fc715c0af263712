import CMartletRuntime

/// A lock that no interrupt of a cell leaves locked.
///
/// No code of users runs under it, for a trap there would be the end of the worker.
///
/// `@unchecked Sendable`: the C lock behind it is made to be used from several threads.
package final class Lock: @unchecked Sendable {
  private let lock = martlet_lock_create()

  package init() {}

  deinit { martlet_lock_destroy(lock) }

  package func callAsFunction<Result>(_ body: () throws -> Result) rethrows -> Result {
    martlet_lock_enter(lock)
    defer { martlet_lock_leave(lock) }
    return try body()
  }
}
