import JSON
import JupyterWire
import Session

/// Runs one cell after another, on the one thread that calls ``run()``; ``JobQueue`` says which comes next.
final class CellRunner {
  private let kernel: KernelServices
  private let input: InputBroker
  private let stdin: Mailbox
  /// Gets into the queue whatever has arrived by now, and returns then.
  private let collectJobs: () -> Void
  /// The number of the last cell that was stored, in whichever shell.
  private var count = 0

  private var publisher: Publisher { kernel.publisher }
  private var evaluator: any KernelEvaluator { kernel.evaluator }

  init(_ kernel: KernelServices, input: InputBroker, stdin: Mailbox, collectJobs: @escaping () -> Void) {
    self.kernel = kernel
    self.input = input
    self.stdin = stdin
    self.collectJobs = collectJobs
  }

  /// Runs until the queue is closed.
  func run() {
    while let job = kernel.jobs.next() {
      let aborted = publisher.whileBusy(with: job.request) { execute(job) }
      for job in aborted { abort(job) }
    }
  }

  /// - Returns: the requests that are to be aborted, since this one failed.
  private func execute(_ job: ExecutionJob) -> [ExecutionJob] {
    let execution: ExecuteRequest
    do throws(RequestError) {
      // The subshell may have been deleted while the cell waited.
      if let name = job.subshell, kernel.subshells.lane(name) == nil { throw RequestError.unknownSubshell(name) }
      execution = try ExecuteRequest(job.request)
    } catch {
      job.reply(error.content, session: publisher.session)
      return []
    }
    let started = MessageHeader.now()
    let payloads = Payloads()
    guard let failure = evaluate(execution, of: job.request, payloads: payloads).failure else {
      let facts: JSONValue = ["status": "ok", "user_expressions": values(of: execution.userExpressions)]
      job.reply(facts.merging(common(payloads)), started: started, session: publisher.session)
      return []
    }
    // Before anybody can know of the failure: what is requested in answer to it is not to be aborted.
    let waiting = execution.stopsOnError && !execution.isSilent ? takeWaiting(of: job.subshell) : []
    if !execution.isSilent { publisher.publish("error", failure.content, parent: job.request) }
    let facts: JSONValue = ["status": "error", "user_expressions": [:]]
    job.reply(facts.merging(failure.content).merging(common(payloads)), started: started, session: publisher.session)
    return waiting
  }

  /// Every request that was made in a shell before now.
  private func takeWaiting(of subshell: String?) -> [ExecutionJob] {
    collectJobs()
    return kernel.jobs.takeAll(of: subshell)
  }

  /// Answers a request without running it.
  private func abort(_ job: ExecutionJob) {
    publisher.whileBusy(with: job.request) {
      let status: JSONValue = ["status": "aborted", "user_expressions": [:]]
      job.reply(status.merging(common()), session: publisher.session)
    }
  }

  /// What every reply has.
  private func common(_ payloads: Payloads = Payloads()) -> JSONValue {
    ["execution_count": .integer(count), "payload": payloads.close()]
  }

  private func evaluate(_ execution: ExecuteRequest, of request: Message, payloads: Payloads) -> CellOutcome {
    if execution.isBlank { return .succeeded }
    if execution.isStored { count += 1 }
    let number = count
    if !execution.isSilent {
      let content: JSONValue = ["code": .string(execution.code), "execution_count": .integer(number)]
      publisher.publish("execute_input", content, parent: request)
    }
    let source = execution.allowsInput ? FrontendInput(request: request, broker: input, mailbox: stdin) : nil
    defer { source?.end() }
    var cell = CellRequest(
      code: execution.code, number: number, identifier: execution.cellIdentifier, isRecorded: execution.isStored)
    cell.upcoming = { [jobs = kernel.jobs] in
      guard let job = jobs.upcoming, let next = try? ExecuteRequest(job.request), !next.isBlank else { return nil }
      return CellRequest(code: next.code, number: number + (next.isStored ? 1 : 0), identifier: next.cellIdentifier)
    }
    return evaluator.evaluate(cell, input: source) { [publisher] event in
      if payloads.take(event) || execution.isSilent { return }
      publisher.publish(event, number: number, parent: request)
    }
  }

  private func values(of expressions: [(name: String, expression: String)]) -> JSONValue {
    var answers: [String: JSONValue] = [:]
    for (name, expression) in expressions {
      switch evaluator.value(of: expression) {
      case .success(let output):
        answers[name] = ["status": "ok", "data": .object(output.data), "metadata": .object(output.metadata)]
      case .failure(let failure):
        let status: JSONValue = ["status": "error"]
        answers[name] = status.merging(failure.content)
      }
    }
    return .object(answers)
  }
}
