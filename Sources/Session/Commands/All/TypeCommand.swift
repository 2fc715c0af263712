extension Command {
  static let type = Command(
    "type", argument: .swift, usage: ["%type EXPRESSION"],
    summary: "Says what type an expression has, without running it.",
    details: """
      ```
      %type [1, 2].map { Double($0) }
      ```
      """
  ) { line, run throws(CellFailure) in
    let expression = run.argument(line)
    guard !expression.isEmpty else { throw .usage(line, "There is no expression.") }
    if let type = run.session.assistant.type(of: expression) { return run.write(type + "\n") }
    // The compiler says why there is none.
    let insertion = SwiftSource.Insertion(offset: line.argument.lowerBound, text: "let _martletTyped = ")
    let source = SwiftSource(run.text, part: line.argument, insertions: [insertion])
    if let failure = run.session.check(source, of: run.cell) { throw failure }
    throw .command(line, "The type of '\(expression)' is not known.")
  }

  static let doc = Command(
    "doc", argument: .swift, usage: ["%doc NAME"],
    summary: "Shows the declaration and the documentation of a name.",
    details: """
      ```
      %doc Array.sorted
      ```
      """
  ) { line, run throws(CellFailure) in
    let name = run.argument(line)
    guard !name.isEmpty else { throw .usage(line, "There is no name.") }
    guard let description = run.session.assistant.inspect(name, at: name.unicodeScalars.count) else {
      throw .command(line, "Nothing is known of '\(name)'. Is it declared, and its module imported?")
    }
    run.page(description.plainText, markdown: description.markdown)
  }
}
