import Synchronization

extension Command {
  static let time = Command(
    "time", form: .lineOrCell, argument: .swift, usage: ["%time STATEMENT", "%%time"],
    summary: "Runs a statement, or the cell, once and says how long it took.",
    details: """
      Processor time is that of all threads of the process in which cells run. Wall time is the time that passed. Both are
      of running alone; the time that compiling took is given apart. What the statement declares stays.

      ```
      %time let total = (1...1_000_000).reduce(0, +)
      ```
      """
  ) { line, run throws(CellFailure) in
    if line.marker == .cell, !line.argument.isEmpty {
      throw .usage(line, "The statements to be timed go below %%time, not beside it.")
    }
    let part = line.body ?? line.argument
    guard !run.text.isBlank(part) else { throw .usage(line, "There is nothing to time.") }
    // The value comes after the times, as the last thing that the cell shows.
    let results = Mutex<[SessionEvent]>([])
    let taken = try run.runParts(CellPlan(run.text, range: part)) { event in
      if case .result = event { results.withLock { $0.append(event) } } else { run.onEvent(event) }
    }
    let usage = taken.usage
    run.show(
      """
      CPU times: user \(usage.user.shown), system \(usage.system.shown), total \(usage.processor.shown)
      Wall time: \(usage.wall.shown) (compiled in \(taken.compilation.shown))
      """, varies: true)
    for event in results.withLock({ $0 }) { run.onEvent(event) }
  }
}
