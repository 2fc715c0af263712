import Cells
import SwiftParser

/// A cell cut into Swift and commands, in the order in which they are run.
///
/// A line is a command when its first visible character is `%` before a letter, or `!`, and a statement could begin there:
/// outside brackets, texts and comments, and not as the continuation of the line before. Swift itself never begins a line
/// so, with one exception: negating a Boolean. `!(flag)` and `!=` are therefore left to Swift, and any other
/// `!` at the beginning of a top-level line is a shell's command.
package struct CellPlan: Sendable {
  package let text: CellText
  package private(set) var parts: [CellPart] = []

  /// - Parameter code: a cell.
  package init(_ code: String) {
    let text = CellText(code)
    self.init(text, range: 0..<text.bytes.count, takesCell: true)
  }

  /// The plan of a part of a cell: of the lines below a `%%time`, for one.
  init(_ text: CellText, range: Range<Int>, takesCell: Bool = false) {
    self.text = text
    guard text.lines(in: range).contains(where: { CommandHead(text, line: $0) != nil }) else {
      if !text.isBlank(range) { parts = [.swift(range)] }
      return
    }
    if takesCell, let command = cellCommand() {
      parts = [.command(command)]
    } else {
      cut(range)
    }
  }

  /// Whether there is a command anywhere.
  package var hasCommands: Bool { parts.contains { if case .command = $0 { true } else { false } } }

  private func cellCommand() -> CommandLine? {
    let all = text.lines(in: 0..<text.bytes.count)
    guard let first = all.first(where: { !text.isBlank($0) }), let head = CommandHead(text, line: first),
      head.marker == .cell
    else { return nil }
    let body = min(first.upperBound + 1, text.bytes.count)..<text.bytes.count
    return CommandLine(
      marker: .cell, name: head.name, head: head.range,
      argument: text.trimmed(head.range.upperBound..<first.upperBound),
      body: body, range: 0..<text.bytes.count, line: text.line(of: head.range.lowerBound))
  }

  private mutating func cut(_ range: Range<Int>) {
    var start = range.lowerBound
    var position = range.lowerBound
    for line in text.lines(in: range) where line.lowerBound >= position {
      guard let head = CommandHead(text, line: line), beginsStatement(after: start..<line.lowerBound) else { continue }
      appendSwift(start..<line.lowerBound)
      let command = self.command(head, line: line, within: range)
      parts.append(.command(command))
      start = command.range.upperBound
      position = start
    }
    appendSwift(start..<range.upperBound)
  }

  private mutating func appendSwift(_ range: Range<Int>) { if !text.isBlank(range) { parts.append(.swift(range)) } }

  /// Whether there is more than comments in a range.
  func hasStatements(_ range: Range<Int>) -> Bool { !Parser.parse(source: text.text(range)).statements.isEmpty }

  /// Whether what follows a stretch of Swift is a new statement, and not part of the last one.
  private func beginsStatement(after range: Range<Int>) -> Bool {
    if text.isBlank(range) { return true }
    if case .incomplete = CellCompleteness(of: text.text(range)) { return false }
    return true
  }

  /// The command that begins on a line, with the lines that it goes on over.
  private func command(_ head: CommandHead, line: Range<Int>, within range: Range<Int>) -> CommandLine {
    var end = line.upperBound
    let takesSwift = head.marker == .line && CommandTable.command(named: head.name)?.argument == .swift
    for next in text.lines(in: min(end + 1, range.upperBound)..<range.upperBound) {
      let argument = head.range.upperBound..<end
      guard head.marker == .shell ? text.endsInBackslash(argument) : takesSwift && isOpen(argument) else { break }
      end = next.upperBound
    }
    return CommandLine(
      marker: head.marker, name: head.name, head: head.range, argument: text.trimmed(head.range.upperBound..<end),
      range: line.lowerBound..<min(end + 1, range.upperBound), line: text.line(of: head.range.lowerBound))
  }

  private func isOpen(_ argument: Range<Int>) -> Bool {
    if text.isBlank(argument) { return false }
    if case .incomplete = CellCompleteness(of: text.text(argument)) { return true }
    return false
  }
}
