import Dispatch
import JupyterWire
import Synchronization
import ZeroMQ

/// A Jupyter kernel over an evaluator: five channels, each with a thread of its own, one more thread that runs
/// cells, and those of ``Subshells``, which answer what takes time.
///
/// The threads share no socket. Requests arrive on shell and control, ``RequestDispatcher`` answers them there or
/// queues them for those others; replies go through the channels' mailboxes, everything else through the
/// ``Publisher``.
package final class KernelServer: Sendable {
  private let settings: ChannelSettings
  private let kernel: KernelServices
  private let routers: [RouterChannel]
  private let socketThreads: [OwnedThread]
  private let runner: OwnedThread
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
    kernel = KernelServices(
      ports: settings.ports, evaluator: evaluator, publisher: publisher, jobs: JobQueue(), subshells: Subshells(),
      usage: UsageMeter(), debugger: DebuggerState(), log: log, requestShutdown: { shutdownRequested.signal() })
    let onControl = RequestDispatcher(kernel: kernel, isControl: true)
    let onShell = RequestDispatcher(kernel: kernel, isControl: false)

    publisher.publish("status", ["execution_state": "starting"], parent: nil)
    let heartbeat = try HeartbeatChannel(settings: settings)
    let iopub = try PublisherLoop.start(publisher, settings: settings)
    let stdin = try RouterChannel(.stdin, settings: settings) { message, _ in input.receive(message) }
    let control = try RouterChannel(.control, settings: settings, handler: onControl.handle)
    let shell = try RouterChannel(.shell, settings: settings, handler: onShell.handle)
    let cells = CellRunner(kernel, input: input, stdin: stdin.mailbox) { shell.mailbox.drain(within: 1000) }

    self.shutdownRequested = shutdownRequested
    runner = OwnedThread(named: "martlet-cells") { cells.run() }
    routers = [control, shell, stdin]
    socketThreads = [heartbeat.thread, iopub] + routers.map(\.thread)
  }

  /// The ports that the channels listen on.
  package var ports: [ConnectionFile.Channel: Int] { settings.ports.all }

  /// Waits for a `shutdown_request` or ``requestShutdown()``.
  package func waitForShutdown() { shutdownRequested.wait() }

  /// Lets ``waitForShutdown()`` return. For any thread.
  package func requestShutdown() { shutdownRequested.signal() }

  /// Stops the running cell, as an `interrupt_request` does.
  package func interrupt() { kernel.evaluator.interrupt() }

  /// Ends the cell that runs, sends what is still to be sent, and gives the ports back. Takes some seconds at most.
  package func close() {
    guard !isClosed.exchange(true, ordering: .relaxed) else { return }
    kernel.jobs.close()
    kernel.evaluator.shutdown()
    runner.join(within: 2000)
    kernel.subshells.close()
    kernel.debugger.close()
    for router in routers { router.mailbox.drain(within: 500) }
    kernel.publisher.flush(within: 1000)
    settings.context.shutdown()
    let ended = socketThreads.map { $0.join(within: 1000) }
    // The process may exit now, and with it what sends the last replies.
    if ended.allSatisfy({ $0 }) { settings.context.terminate() }
  }
}
