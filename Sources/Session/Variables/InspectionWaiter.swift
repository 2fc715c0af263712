import Foundation
import WorkerLink

/// Blocks a thread until the worker has answered.
///
/// `@unchecked Sendable`: its state is used with the condition locked only.
final class InspectionWaiter: @unchecked Sendable {
  private let condition = NSCondition()
  private var isConcluded = false
  private var answers: [InspectionAnswer]?

  func conclude(_ answers: [InspectionAnswer]?) {
    condition.withLock {
      (self.answers, isConcluded) = (answers, true)
      condition.signal()
    }
  }

  func wait(atMost limit: Duration) -> [InspectionAnswer]? {
    let end = Date(timeIntervalSinceNow: Double(limit.components.seconds))
    return condition.withLock {
      while !isConcluded, condition.wait(until: end) {}
      return answers
    }
  }
}
