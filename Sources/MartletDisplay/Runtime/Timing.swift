import CMartletRuntime
import Glibc

// What `%timeit` calls. The session compiles the statement as a closure, so that no loop around it can be taken apart by
// the optimiser, and chooses how the result is shown.

/// Runs a statement many times: the number of loops of each run, then the nanoseconds of each run.
///
/// - Parameters:
///   - loops: how often the statement runs in a row; 0 for as often as makes 0.2 seconds.
///   - prepare: what comes before each run; returns the statement.
public func _martletTimings(loops: Int, runs: Int, _ prepare: () throws -> (() throws -> Void)) throws -> [Int] {
  var count = LoopCount(loops)
  while !count.isFixed { count.learn(try nanoseconds(of: count.value, prepare())) }
  return [count.value] + (try (0..<runs).map { _ in try nanoseconds(of: count.value, prepare()) })
}

/// The same for a statement that waits.
public func _martletAwaitedTimings(
  loops: Int, runs: Int, _ prepare: () async throws -> (() async throws -> Void)
) async throws -> [Int] {
  var count = LoopCount(loops)
  while !count.isFixed { count.learn(try await nanoseconds(of: count.value, awaiting: prepare())) }
  var result = [count.value]
  for _ in 0..<runs { result.append(try await nanoseconds(of: count.value, awaiting: prepare())) }
  return result
}

/// Takes a value for used, whatever is done with it: the optimiser does not see what happens to it. Compiled into the
/// cell, so that it costs what storing the value costs.
@_alwaysEmitIntoClient
@inline(__always)
public func _martletKeep<T: ~Copyable>(_ value: borrowing T) { withUnsafePointer(to: value) { martlet_keep($0) } }

/// How often a statement runs in a row: 1, 2, 5, 10, … until that takes long enough to be measured well.
private struct LoopCount {
  /// Shorter runs say more of the clock and of chance.
  private static let longEnough = 200_000_000

  private(set) var value: Int
  private(set) var isFixed: Bool

  init(_ given: Int) { (value, isFixed) = (max(1, given), given > 0) }

  mutating func learn(_ nanoseconds: Int) {
    if nanoseconds >= Self.longEnough {
      isFixed = true
    } else {
      let leading = Int("\(value)".prefix(1)) ?? 1
      value = leading == 2 ? value / 2 * 5 : value * 2
    }
  }
}

/// Loops between two looks at whether an interrupt is wanted.
private let stretch = 1024

@inline(never)
private func nanoseconds(of loops: Int, _ body: () throws -> Void) throws -> Int {
  let start = now()
  var left = loops
  while left > 0 {
    martlet_poll()
    let count = min(left, stretch)
    for _ in 0..<count { try body() }
    left -= count
  }
  return now() - start
}

@inline(never)
private func nanoseconds(of loops: Int, awaiting body: () async throws -> Void) async throws -> Int {
  let start = now()
  for _ in 0..<loops {
    try Task.checkCancellation()
    try await body()
  }
  return now() - start
}

private func now() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return time.tv_sec * 1_000_000_000 + time.tv_nsec
}
