import Cells

extension CellPlan {
  /// Whether the text is a whole cell. Commands are whole with their line, and a command that takes the cell goes on to
  /// the first blank line at the end, since only the person who types knows where it ends.
  package var completeness: Completeness {
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      switch part {
      case .swift(let range):
        let completeness = Completeness(CellCompleteness(of: text.text(range)))
        // A stretch in the middle that is not whole would have swallowed the command behind it.
        if isLast || completeness == .invalid { return completeness }
      case .command(let command):
        if isLast { return self.completeness(of: command) }
      }
    }
    return .complete
  }

  private func completeness(of command: CommandLine) -> Completeness {
    if let body = command.body { return endsInBlankLine(body) ? .complete : .incomplete(indent: "") }
    if command.marker == .shell {
      return text.endsInBackslash(command.argument) ? .incomplete(indent: "") : .complete
    }
    guard CommandTable.command(named: command.name)?.argument == .swift, !command.argument.isEmpty else {
      return .complete
    }
    return Completeness(CellCompleteness(of: text.text(command.argument)))
  }

  private func endsInBlankLine(_ body: Range<Int>) -> Bool {
    guard let lineBreak = text.bytes[body].lastIndex(of: 0x0A) else { return false }
    return text.isBlank(lineBreak..<body.upperBound)
  }
}

extension Completeness {
  /// The parser's verdict.
  init(_ verdict: CellCompleteness) {
    switch verdict {
    case .complete: self = .complete
    case .incomplete(let indent): self = .incomplete(indent: indent)
    case .invalid: self = .invalid
    }
  }
}
