extension Command {
  static let timeit = Command(
    "timeit", form: .lineOrCell, argument: .swift,
    usage: ["%timeit [-n LOOPS] [-r RUNS] STATEMENT", "%%timeit [-n LOOPS] [-r RUNS] [SETUP]"],
    summary: "Runs a statement, or the cell, many times and says how long one time takes.",
    details: """
      The number of loops is chosen so that a run takes 0.2 seconds or more, and there are 7 runs, unless `-n` and `-r` say
      otherwise. Shown are the mean of the runs, its standard deviation, and the best run, which is disturbed least. The
      statement is optimised as in any cell, but never away: its value is kept. Some nanoseconds of each loop are the loop's
      own.

      What `%%timeit` has on its first line is run once before each run and not timed. Nothing that is declared stays.

      ```
      %%timeit let numbers = (0..<1000).map { _ in Int.random(in: 0..<1000) }
      numbers.sorted()
      ```
      """
  ) { line, run throws(CellFailure) in
    var options = CommandOptions(run.text, line.argument)
    let loops = try options.takeNumber("n", of: line) ?? 0
    let runs = try options.takeNumber("r", of: line) ?? 7
    let measured = line.body ?? options.rest
    guard !run.text.isBlank(measured) else { throw .usage(line, "There is nothing to time.") }
    let source = MeasuredSource(
      run.text, statement: measured, setup: line.body == nil ? nil : options.rest, loops: loops, runs: runs)
    let timings = try run.value(of: source.source)
    guard let timings = Timings(timings) else {
      throw .command(line, "The measurement ended without a result.")
    }
    run.show(timings.description, varies: true)
  }
}
