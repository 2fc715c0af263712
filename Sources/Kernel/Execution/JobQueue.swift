import class Foundation.NSCondition

/// The cells that wait to be run.
///
/// Those of one shell run in their order; shells take turns, so that a frontend that queues a hundred cells in one does
/// not hold up another.
final class JobQueue: @unchecked Sendable {
  private struct Line {
    var subshell: String?
    var jobs: [ExecutionJob]
  }

  // Everything below is used with `condition` locked, which is why this may be shared.
  private let condition = NSCondition()
  /// One for each shell in which something waits; whose turn was longest ago comes first.
  private var lines: [Line] = []
  /// Whose cell was given out last; after a rest nobody's, and who comes first is served first.
  private var last: String??
  private var isClosed = false

  func append(_ job: ExecutionJob) {
    condition.withLock {
      if let index = lines.firstIndex(where: { $0.subshell == job.subshell }) {
        lines[index].jobs.append(job)
      } else {
        lines.append(Line(subshell: job.subshell, jobs: [job]))
      }
      condition.signal()
    }
  }

  /// Waits for the next cell; `nil` once the queue is closed.
  func next() -> ExecutionJob? {
    condition.withLock {
      if lines.isEmpty { last = nil }
      while lines.isEmpty && !isClosed { condition.wait() }
      if isClosed { return nil }
      if .some(lines[0].subshell) == last { lines.append(lines.removeFirst()) }
      var line = lines.removeFirst()
      let job = line.jobs.removeFirst()
      if !line.jobs.isEmpty { lines.append(line) }
      last = .some(job.subshell)
      return job
    }
  }

  /// The cell whose turn comes next, as far as is known now.
  var upcoming: ExecutionJob? {
    condition.withLock {
      guard let first = lines.first else { return nil }
      return (.some(first.subshell) == last && lines.count > 1 ? lines[1] : first).jobs.first
    }
  }

  /// Everything that waits in one shell, in order.
  func takeAll(of subshell: String?) -> [ExecutionJob] {
    condition.withLock {
      guard let index = lines.firstIndex(where: { $0.subshell == subshell }) else { return [] }
      return lines.remove(at: index).jobs
    }
  }

  /// Ends the waiting; what is still in the queue is forgotten.
  func close() {
    condition.withLock {
      isClosed = true
      condition.broadcast()
    }
  }
}
