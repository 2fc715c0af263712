import Foundation

extension Command {
  static let shell = Command(
    "!", form: .shell, argument: .path, usage: ["!COMMAND"], summary: "Runs a command in a shell.",
    details: """
      The command sees the directory and the environment of the cells; it cannot read input. Its output appears as it comes,
      an exit code that is not 0 below it. `\\(value)` stands for the value of an expression of Swift. A line that ends with
      a backslash goes on. Interrupting stops the command and what it has started.

      At the beginning of a top-level line, `!` is always this command; to negate in Swift there, write `!(flag)`.

      ```
      !ls -l \\(folder)
      ```
      """
  ) { line, run throws(CellFailure) in
    let command = try run.interpolated(line.argument)
    let end = try run.runShell(["-c", command, "martlet"], for: line)
    run.explain(end, of: command)
  }

  static let bash = Command(
    "bash", form: .cell, usage: ["%%bash [ARGUMENT …]"], summary: "Runs the cell as a script of bash.",
    details: """
      The script sees the directory and the environment of the cells, and what stands beside `%%bash` as its arguments. It
      cannot read input. An exit code that is not 0 is an error. Interrupting stops the script and what it has started.

      ```
      %%bash
      for n in 1 2 3; do echo $n; done
      ```
      """
  ) { line, run throws(CellFailure) in
    guard let body = line.body, !run.text.isBlank(body) else { throw .usage(line, "The script goes below %%bash.") }
    // Lines are counted as in the cell.
    let script = String(repeating: "\n", count: line.line) + run.text.text(body)
    let arguments = run.argument(line).split(separator: " ").map(String.init)
    let end = try run.runShell(["-c", script, "In[\(run.cell.number)]"] + arguments, for: line)
    switch end {
    case .exited(0): return
    case .exited(let code): throw .command(line, "The script ended with exit code \(code).", name: "ScriptFailed")
    case .signalled(let signal):
      throw .command(line, "The script was ended by signal \(signal).", name: "ScriptFailed")
    }
  }
}

extension CommandRun {
  /// Runs bash, or the system's plain shell where there is none.
  fileprivate func runShell(_ arguments: [String], for line: CommandLine) throws(CellFailure) -> ShellProcess.End {
    let surroundings = try surroundings(for: line)
    let shell = ["/bin/bash", "/usr/bin/bash", "/bin/sh"].first { FileManager.default.isExecutableFile(atPath: $0) }
    // Nobody could page, and colours and cursor movements mean nothing in a notebook.
    let environment = surroundings.environment.merging(
      ["TERM": "dumb", "PAGER": "cat", "GIT_PAGER": "cat"]) { $1 }
    return try runProcess(
      [shell ?? "/bin/sh"] + arguments, environment: environment, directory: surroundings.directory, for: line
    ) { [onEvent] stream, text in onEvent(.stream(stream, text)) }
  }

  /// Runs a program to its end; an interrupt stops it.
  func runProcess(
    _ arguments: [String], environment: [String: String], directory: String, for line: CommandLine,
    onOutput: @escaping ShellProcess.Handler
  ) throws(CellFailure) -> ShellProcess.End {
    let process: ShellProcess
    do {
      process = try ShellProcess(
        arguments, environment: environment, directory: directory, groups: session.processes, onOutput: onOutput)
    } catch {
      throw .command(line, "\(arguments[0]) could not be started: \(error.description).")
    }
    let end = whileStoppable(by: { process.stop($0) }) { process.wait() }
    if isInterrupted { throw .interruptedCommand }
    return end
  }

  /// Says how a command ended that did not end well.
  fileprivate func explain(_ end: ShellProcess.End, of command: String) {
    switch end {
    case .exited(0): break
    case .exited(let code):
      write("exit code \(code)\n", to: .standardError)
      if code == 127 || code == 2, command.wholeMatch(of: /[A-Za-z_][\w.]*(\(.*\))?/) != nil {
        write("A line that begins with ! is a shell's command. To negate in Swift, write !(…).\n", to: .standardError)
      }
    case .signalled(let signal): write("ended by signal \(signal)\n", to: .standardError)
    }
    if case .exited(0) = end, command.hasPrefix("cd ") {
      write("The directory of the cells is as it was; %cd changes it.\n", to: .standardError)
    }
  }

  /// A command with the values of its `\(…)`; those of shells have a space behind the parenthesis.
  fileprivate func interpolated(_ range: Range<Int>) throws(CellFailure) -> String {
    let bytes = text.bytes
    let marks = range.dropLast(2).filter {
      bytes[$0] == UInt8(ascii: "\\") && bytes[$0 + 1] == UInt8(ascii: "(") && !CellText.isSpace(bytes[$0 + 2])
    }
    let plain = text.text(range)
    guard !marks.isEmpty, !plain.contains("\n") else { return plain }
    // More number signs than anywhere in the command, so that nothing else in it means anything to Swift.
    let signs = String(repeating: "#", count: 1 + (plain.matches(of: /#+/).map(\.output.count).max() ?? 0))
    var insertions = [SwiftSource.Insertion(offset: range.lowerBound, text: "print(\(signs)\"")]
    insertions += marks.map { .init(offset: $0 + 1, text: signs) }
    insertions.append(.init(offset: range.upperBound, text: "\"\(signs), terminator: \"\")"))
    return try output(of: SwiftSource(text, part: range, insertions: insertions))
  }
}
