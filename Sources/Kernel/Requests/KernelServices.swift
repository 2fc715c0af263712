import JupyterWire

/// What the answers to requests are made from.
struct KernelServices: Sendable {
  let ports: BoundPorts
  let evaluator: any KernelEvaluator
  let publisher: Publisher
  let jobs: JobQueue
  let subshells: Subshells
  let usage: UsageMeter
  let debugger: DebuggerState
  let log: KernelLog
  let requestShutdown: @Sendable () -> Void
}
