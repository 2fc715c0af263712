import Foundation

/// The place of the helper process, used by one thread at a time.
final class HelperSlot: @unchecked Sendable {
  // Everything but the lock is only used with the lock held.
  private let lock = NSLock()
  private(set) var process: HelperProcess?
  private var requests = 0
  /// How many helpers in a row have ended without any answer, and when the last one was started.
  private var failures = 0
  private var lastStart: ContinuousClock.Instant?

  /// Calls a function with the slot to itself; `nil` when others use it until the deadline.
  @discardableResult
  func withLock<Result>(
    until deadline: ContinuousClock.Instant, _ body: (HelperSlot) -> Result
  ) -> Result? {
    let remaining = ContinuousClock.now.duration(to: deadline) / .seconds(1)
    guard lock.lock(before: Date(timeIntervalSinceNow: remaining)) else { return nil }
    defer { lock.unlock() }
    return body(self)
  }

  /// The helper, started if need be; `nil` when it cannot be started, or has failed too often in a short time.
  func living(_ executable: String, _ arguments: [String], patience: Duration) -> HelperProcess? {
    if let since = process?.busySince, since.duration(to: .now) > patience { end() }
    if let process { return process }
    if failures >= 3, let lastStart, lastStart.duration(to: .now) < .seconds(10) { return nil }
    lastStart = .now
    process = HelperProcess(executable: executable, arguments: arguments)
    if process == nil { failures += 1 }
    return process
  }

  func request(_ question: HelperRequest.Question, code: String, _ context: CompletionContext) -> HelperRequest {
    requests += 1
    return HelperRequest(
      identifier: requests, question: question, header: context.header, code: code,
      compilerArguments: context.compilerArguments, revision: context.revision)
  }

  /// Puts another process, which is ready, into the place of one; not if that is no longer there.
  func replace(_ identifier: pid_t, by successor: HelperProcess) -> Bool {
    guard let process, process.identifier == identifier else { return false }
    process.end()
    self.process = successor
    return true
  }

  func end() {
    guard let process else { return }
    failures = process.hasAnswered ? 0 : failures + 1
    process.end()
    self.process = nil
  }
}
