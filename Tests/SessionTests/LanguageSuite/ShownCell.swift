import Session

/// What a frontend shows of one evaluation, and how it differs from what a scenario expects.
struct ShownCell {
  var code: String
  var log: EventLog
  var failure: CellFailure?

  /// The differences, in words; empty when the cell shows what it must.
  func differences(from expectations: [Scenario.Expectation]) -> [String] {
    expectations.compactMap(difference) + unexpected(expectations) + generatedNames()
  }

  private var output: String { log.text(of: .standardOutput) }
  private var errorOutput: String { log.text(of: .standardError) }

  /// The error as a person reads it, without terminal colours.
  private var errorText: String {
    guard let failure else { return "" }
    return ([failure.message] + failure.traceback).joined(separator: "\n").replacing(/\u{1B}\[[0-9;]*m/, with: "")
  }

  private var everything: String {
    ([output, errorOutput, errorText] + log.results + log.displays).joined(separator: "\n")
  }

  private func difference(_ expectation: Scenario.Expectation) -> String? {
    switch expectation {
    case .input, .nothing: nil
    case .output(let text): compare("standard output", output.withoutLastLineBreak, text)
    case .unorderedOutput(let lines):
      compare("standard output, sorted", output.lines.sorted().joined(separator: "\n"), lines.joined(separator: "\n"))
    case .outputLines(let count): compare("number of lines", "\(output.lines.count)", "\(count)")
    case .outputContains(let texts): missing(texts, in: output)
    case .errorOutput(let text): compare("standard error", errorOutput.withoutLastLineBreak, text)
    case .displays(let texts): compare("displays", log.displays.joined(separator: "\n"), texts.joined(separator: "\n"))
    case .displaysMatching(let pattern): mismatch(log.displays.joined(separator: "\n"), pattern)
    case .result(let text): compare("result", log.results.joined(separator: "\n"), text)
    case .error(let kind, let texts):
      failure == nil
        ? "ended well instead of with \(kind)"
        : compare("kind of error", "\(failure!.kind)", kind) ?? missing(texts, in: errorText)
    case .errorName(let name): compare("name of the error", failure?.name ?? "none", name)
    case .errorLine(let line): compare("line of the error", failure?.line.map(String.init) ?? "none", "\(line)")
    case .errorPlace(let line, let column):
      compare("line of the error", failure?.line.map(String.init) ?? "none", "\(line)") ?? caretDifference(line, column)
    case .absent(let texts): texts.first { everything.contains($0) }.map { "shows '\($0)' in: \(everything)" }
    }
  }

  /// What is shown although nothing says that it should be.
  private func unexpected(_ expectations: [Scenario.Expectation]) -> [String] {
    func expects(_ matches: (Scenario.Expectation) -> Bool) -> Bool { expectations.contains(where: matches) }
    var found: [String] = []
    let mayWrite = expects {
      switch $0 {
      case .output, .unorderedOutput, .outputLines, .outputContains: true
      default: false
      }
    }
    if !mayWrite, !output.isEmpty { found.append("unexpected standard output: \(output.prefix(500))") }
    if !expects({ if case .errorOutput = $0 { true } else { false } }), !errorOutput.isEmpty {
      found.append("unexpected standard error: \(errorOutput.prefix(500))")
    }
    if !expects({ if case .result = $0 { true } else { false } }), !log.results.isEmpty {
      found.append("unexpected result: \(log.results)")
    }
    let mayDisplay = expects {
      switch $0 {
      case .displays, .displaysMatching: true
      default: false
      }
    }
    if !mayDisplay, !log.displays.isEmpty {
      found.append("unexpected display: \(log.displays)")
    }
    if !expects({ if case .error = $0 { true } else { false } }), failure != nil {
      found.append("unexpected error: \(errorText)")
    }
    return found
  }

  private func generatedNames() -> [String] {
    let generated = /_martlet|__display|__await|__poll|cell_main|\bCell_?\d+\b/
    guard let name = everything.firstMatch(of: generated)?.output else { return [] }
    return ["shows the generated name '\(name)' in: \(everything.prefix(500))"]
  }

  /// Checks that the error shows the cell's line with a caret under the given column (both from 1, in characters).
  private func caretDifference(_ line: Int, _ column: Int) -> String? {
    let source = code.lines[line - 1]
    let indentation = source.prefix { $0 == " " }.count
    let shown = errorText.lines
    for (text, below) in zip(shown, shown.dropFirst()) {
      guard let range = text.range(of: source.dropFirst(indentation)), let caret = below.firstIndex(of: "^") else {
        continue
      }
      let place = text.distance(from: text.startIndex, to: range.lowerBound) + column - 1 - indentation
      if below.distance(from: below.startIndex, to: caret) == place { return nil }
    }
    return "no caret under \(line):\(column) in:\n\(errorText)"
  }

  private func compare(_ what: String, _ shown: String, _ expected: String) -> String? {
    shown == expected
      ? nil
      : "\(what) is\n\(shown.prefix(1000))\ninstead of\n\(expected.prefix(1000))\(failure == nil ? "" : "\n" + errorText)"
  }

  private func mismatch(_ shown: String, _ pattern: String) -> String? {
    guard let expression = try? Regex(pattern) else { return "'\(pattern)' is no regular expression" }
    return shown.wholeMatch(of: expression) == nil ? "displays are\n\(shown)\nand do not match \(pattern)" : nil
  }

  private func missing(_ texts: [String], in shown: String) -> String? {
    texts.first { !shown.contains($0) }.map { "'\($0)' is not in: \(shown.prefix(1000))" }
  }
}

extension String {
  fileprivate var lines: [String] {
    withoutLastLineBreak.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
  fileprivate var withoutLastLineBreak: String { hasSuffix("\n") ? String(dropLast()) : self }
}
