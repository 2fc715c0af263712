/// A command as it stands in a cell. All ranges are UTF-8 offsets in the cell's text.
package struct CommandLine: Sendable, Equatable {
  /// How a command begins.
  package enum Marker: Sendable, Equatable {
    /// `%name`, on a line of its own.
    case line
    /// `%%name`, which takes the rest of the cell.
    case cell
    /// `!`, with a shell's command behind it.
    case shell

    /// The marker as it is typed.
    package var text: String {
      switch self {
      case .line: "%"
      case .cell: "%%"
      case .shell: "!"
      }
    }
  }

  package var marker: Marker
  /// Without the marker; empty for a shell's command.
  package var name: String
  /// The marker and the name.
  package var head: Range<Int>
  /// What follows the name, without white space around it.
  package var argument: Range<Int>
  /// The lines below a command that takes the cell.
  package var body: Range<Int>?
  /// Everything that belongs to the command, with the line break behind it.
  package var range: Range<Int>
  /// The line on which it begins, from 1.
  package var line: Int

  /// The command as it is typed, without arguments: `%%time`.
  package var shownName: String { marker.text + name }
}

/// A stretch of a cell: Swift, or a command.
package enum CellPart: Sendable, Equatable {
  /// A range of the cell's text, in UTF-8 offsets.
  case swift(Range<Int>)
  case command(CommandLine)
}
