/// What can be asked of a session beside running Swift: one entry of ``CommandTable``.
///
/// To add one, write a file beside the others in `Commands` and a line in the table; help, completion and the page
/// `Documentation/Commands.md` follow.
package struct Command: Sendable {
  /// What a command is applied to.
  package enum Form: Sendable {
    /// `%name`: a line of its own.
    case line
    /// `%%name`: the cell below it.
    case cell
    /// Either.
    case lineOrCell
    /// `!`, which needs no name.
    case shell
  }

  /// What the argument is, which decides how it is completed and whether it may go on over several lines.
  package enum Argument: Sendable {
    case none, text, swift, path, folder, command, variable
  }

  /// Without the percent sign.
  package let name: String
  package let form: Form
  package let argument: Argument
  /// Each way in which it is typed.
  package let usage: [String]
  /// One sentence.
  package let summary: String
  /// More, in Markdown.
  package let details: String
  /// Does it.
  let run: @Sendable (CommandLine, CommandRun) throws(CellFailure) -> Void

  init(
    _ name: String, form: Form = .line, argument: Argument = .none, usage: [String], summary: String,
    details: String = "", run: @escaping @Sendable (CommandLine, CommandRun) throws(CellFailure) -> Void
  ) {
    self.name = name
    self.form = form
    self.argument = argument
    self.usage = usage
    self.summary = summary
    self.details = details
    self.run = run
  }

  /// The command as it is typed: `%time`, `%%bash`, `!`.
  package var shownName: String {
    switch form {
    case .line, .lineOrCell: "%" + name
    case .cell: "%%" + name
    case .shell: name
    }
  }

  /// Whether it is its name and nothing else.
  var takesNothing: Bool { usage == [shownName] }

  /// Whether it can be typed with a marker.
  func takes(_ marker: CommandLine.Marker) -> Bool {
    switch (form, marker) {
    case (.lineOrCell, .line), (.lineOrCell, .cell), (.line, .line), (.cell, .cell), (.shell, .shell): true
    default: false
    }
  }
}
