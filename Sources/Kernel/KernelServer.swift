import Dispatch
import JupyterWire
import Synchronization
import ZeroMQ

/// A Jupyter kernel over an evaluator: five channels, each with a thread of its own, one more thread that runs
/// cells, and two that answer questions about code and about variables.
///
/// The threads share no socket. Requests arrive on shell and control, ``RequestDispatcher`` answers them there or
/// queues them for those; replies go through the channels' mailboxes, everything else through the
/// ``Publisher``.
package final class KernelServer: Sendable {
  private let settings: ChannelSettings
  private let evaluator: any KernelEvaluator
  private let publisher: Publisher
  private let jobs = BlockingQueue<ExecutionJob>()
  private let questions = BlockingQueue<CodeQuestion>()
  private let inspections = BlockingQueue<CodeQuestion>()
  private let debugger = DebuggerState()
  private let routers: [RouterChannel]
  private let socketThreads: [OwnedThread]
  private let runner: OwnedThread
  private let questionThreads: [OwnedThread]
  private let shutdownRequested: DispatchSemaphore
  private let isClosed = Atomic(false)

  /// Listens on every channel of the connection and begins to answer.
  package init(
    connection: ConnectionFile, evaluator: any KernelEvaluator, log: KernelLog = .standardError
  ) throws(ZeroMQError) {
    settings = try ChannelSettings(connection: connection, log: log)
    let publisher = Publisher(session: MessageHeader.randomIdentifier())
    let shutdownRequested = DispatchSemaphore(value: 0)
    let input = InputBroker(publisher: publisher)
    let dispatcher = RequestDispatcher(
      kernel: KernelServices(
        connection: connection, evaluator: evaluator, publisher: publisher, jobs: jobs,
        questions: questions, inspections: inspections, debugger: debugger, log: log, requestShutdown: { shutdownRequested.signal() }))

    publisher.publish("status", ["execution_state": "starting"], parent: nil)
    let heartbeat = try HeartbeatChannel(settings: settings)
    let iopub = try PublisherLoop.start(publisher, settings: settings)
    let stdin = try RouterChannel(.stdin, settings: settings) { message, _ in input.receive(message) }
    let control = try RouterChannel(.control, settings: settings, handler: dispatcher.handle)
    let shell = try RouterChannel(.shell, settings: settings, handler: dispatcher.handle)
    let cells = CellRunner(
      jobs: jobs, evaluator: evaluator, publisher: publisher, input: input, stdin: stdin.mailbox,
      collectJobs: { shell.mailbox.drain(within: 1000) })

    self.evaluator = evaluator
    self.publisher = publisher
    self.shutdownRequested = shutdownRequested
    runner = OwnedThread(named: "martlet-cells") { cells.run() }
    let (questions, inspections) = (questions, inspections)
    questionThreads = [
      OwnedThread(named: "martlet-code") { dispatcher.answer(questions) },
      OwnedThread(named: "martlet-debug") { dispatcher.answer(inspections) },
    ]
    routers = [control, shell, stdin]
    socketThreads = [heartbeat.thread, iopub] + routers.map(\.thread)
  }

  /// Waits for a `shutdown_request` or ``requestShutdown()``.
  package func waitForShutdown() { shutdownRequested.wait() }

  /// Lets ``waitForShutdown()`` return. For any thread.
  package func requestShutdown() { shutdownRequested.signal() }

  /// Stops the running cell, as an `interrupt_request` does.
  package func interrupt() { evaluator.interrupt() }

  /// Ends the cell that runs, sends what is still to be sent, and gives the ports back. Takes some seconds at most.
  package func close() {
    guard !isClosed.exchange(true, ordering: .relaxed) else { return }
    jobs.close()
    questions.close()
    inspections.close()
    evaluator.shutdown()
    runner.join(within: 2000)
    for thread in questionThreads { thread.join(within: 500) }
    for router in routers { router.mailbox.drain(within: 500) }
    debugger.close()
    publisher.flush(within: 1000)
    settings.context.shutdown()
    let ended = socketThreads.map { $0.join(within: 1000) }
    // The process may exit now, and with it what sends the last replies.
    if ended.allSatisfy({ $0 }) { settings.context.terminate() }
  }
}
