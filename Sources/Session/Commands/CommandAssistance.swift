import Intelligence

/// Completion and inspection in a cell that may have commands: of the commands themselves, of what they take, and of the
/// Swift around them.
struct CommandAssistance {
  private let session: Session
  private let code: String
  /// In Unicode code points.
  private let offset: Int
  private let plan: CellPlan
  /// The cursor in UTF-8.
  private let cursor: Int

  /// - Parameter offset: the cursor, in Unicode code points.
  init(_ code: String, at offset: Int, session: Session) {
    self.session = session
    self.code = code
    self.offset = offset
    plan = CellPlan(code)
    cursor = TextOffset.utf8(ofCodePoint: offset, in: code)
  }

  /// The ways to go on at the cursor.
  var completions: CodeCompletions {
    if let marker = loneMarker { return names(replacing: marker) }
    guard let line = command else { return swiftCompletions(besides: nil) }
    if line.marker != .shell, cursor <= line.head.upperBound { return names(replacing: line.head.lowerBound..<cursor) }
    if let body = line.body, body.lowerBound <= cursor {
      return CommandTable.command(named: line.name)?.argument == .swift
        ? swiftCompletions(besides: line) : paths(onlyFolders: false, word: true)
    }
    switch argument(of: line) {
    case .swift: return swiftCompletions(besides: line)
    case .path: return paths(onlyFolders: false, word: line.marker == .shell)
    case .folder: return paths(onlyFolders: true, word: false)
    case .command: return list(CommandTable.all.filter { $0.form != .shell }.map(\.name), kind: .command)
    case .variable: return list(variables, kind: .variable)
    case .none, .text: return nothing
    }
  }

  /// What is at the cursor.
  var description: CodeDescription? {
    guard let line = command else { return swiftDescription(besides: nil) }
    let known = CommandTable.command(named: line.marker == .shell ? "!" : line.name)
    if known?.argument == .swift, cursor > line.head.upperBound { return swiftDescription(besides: line) }
    return known.map { CodeDescription(plainText: CommandHelp.plain($0), markdown: CommandHelp.markdown($0)) }
  }

  /// The command that the cursor is in.
  private var command: CommandLine? {
    for case .command(let line) in plan.parts {
      let isAtEnd = cursor == line.range.upperBound && (cursor == code.utf8.count && !code.hasSuffix("\n"))
      if line.range.contains(cursor) || isAtEnd { return line }
      if line.body != nil { return line }
    }
    return nil
  }

  private func argument(of line: CommandLine) -> Command.Argument {
    CommandTable.command(named: line.marker == .shell ? "!" : line.name)?.argument ?? .none
  }

  private var nothing: CodeCompletions { CodeCompletions(replaced: offset..<offset) }
}

// MARK: - Names

extension CommandAssistance {
  /// A percent sign, or two, that stand alone on the cursor's line, where no command has a name yet.
  private var loneMarker: Range<Int>? {
    let bytes = plan.text.bytes
    let start = bytes[..<cursor].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let end = bytes[cursor...].firstIndex(of: 0x0A) ?? bytes.count
    let line = plan.text.trimmed(start..<end)
    guard (1...2).contains(line.count), bytes[line].allSatisfy({ $0 == UInt8(ascii: "%") }), cursor == line.upperBound
    else { return nil }
    return line
  }

  private func names(replacing range: Range<Int>) -> CodeCompletions {
    let typed = plan.text.text(range)
    let isFirst = plan.text.isBlank(0..<range.lowerBound)
    let found = CommandTable.all.flatMap { command -> [Completion] in
      var texts: [String] = []
      if command.takes(.line) { texts.append("%" + command.name) }
      if command.takes(.cell), isFirst { texts.append("%%" + command.name) }
      return texts.filter { $0.hasPrefix(typed) }.map { completion($0, of: command) }
    }
    return CodeCompletions(completions: found, replaced: codePoints(range))
  }

  private func completion(_ text: String, of command: Command) -> Completion {
    let usage = command.usage.first { $0.prefix { $0 != " " } == text } ?? text
    return Completion(
      text: text, label: text, kind: .command, typeName: "", signature: usage, documentation: command.summary)
  }

  /// Those of some words that begin as the last word before the cursor.
  private func list(_ words: [String], kind: Completion.Kind) -> CodeCompletions {
    let range = wordRange
    let typed = plan.text.text(range)
    let found = words.filter { $0.hasPrefix(typed) }.map { word in
      Completion(text: word, label: word, kind: kind, typeName: "", signature: word, documentation: "")
    }
    return CodeCompletions(completions: found, replaced: codePoints(range))
  }

  private var variables: [String] { session.settings.variables.map(\.name) }

  /// The word before the cursor.
  private var wordRange: Range<Int> {
    let bytes = plan.text.bytes
    let start = bytes[..<cursor].lastIndex { CellText.isSpace($0) || $0 == 0x0A || $0 == UInt8(ascii: "!") }
    return (start.map { $0 + 1 } ?? 0)..<cursor
  }
}

// MARK: - Paths and Swift

extension CommandAssistance {
  /// - Parameter word: whether white space before the cursor ends what is completed, as in a shell.
  private func paths(onlyFolders: Bool, word: Bool) -> CodeCompletions {
    let argument = command.map { $0.argument.lowerBound } ?? cursor
    let range = word ? wordRange : min(argument, cursor)..<cursor
    guard let folder = session.engine.workingDirectory else { return nothing }
    let found = PathCompletion(folder: folder, onlyFolders: onlyFolders).completions(of: plan.text.text(range))
    return CodeCompletions(completions: found, replaced: codePoints(range))
  }

  private func swiftCompletions(besides line: CommandLine?) -> CodeCompletions {
    session.assistant.complete(swift(besides: line), at: offset)
  }

  private func swiftDescription(besides line: CommandLine?) -> CodeDescription? {
    session.assistant.inspect(swift(besides: line), at: offset)
  }

  /// The cell's Swift, and that of the command at the cursor; of all else only spaces are left.
  private func swift(besides line: CommandLine?) -> String {
    guard plan.hasCommands else { return code }
    var kept: [Range<Int>] = plan.parts.compactMap { if case .swift(let range) = $0 { range } else { nil } }
    if let line {
      kept.append(line.body.map { line.argument.lowerBound..<$0.upperBound } ?? argumentAfterOptions(line))
    }
    return plan.text.blankedCharacters(keeping: kept)
  }

  /// A command's Swift, up to the cursor at least: what follows a space is still being typed.
  private func argumentAfterOptions(_ line: CommandLine) -> Range<Int> {
    var options = CommandOptions(plan.text, line.argument)
    for name in ["n", "r"] { _ = try? options.takeNumber(name, of: line) }
    return min(options.rest.lowerBound, max(cursor, line.head.upperBound))..<max(options.rest.upperBound, cursor)
  }

  private func codePoints(_ range: Range<Int>) -> Range<Int> {
    TextOffset.codePoint(ofUTF8: range.lowerBound, in: code)..<TextOffset.codePoint(ofUTF8: range.upperBound, in: code)
  }
}
