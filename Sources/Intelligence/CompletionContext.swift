import Cells
import Foundation

/// What the compiler must know to understand the code at the cursor: the same as for compiling it as the next cell.
package struct CompletionContext: Codable, Sendable, Equatable {
  /// The text before the user's code: the imports by which it sees the earlier cells. Ends with a newline.
  package var header: String
  /// The compiler's arguments, as the driver `swiftc` takes them.
  package var compilerArguments: [String]
  /// Where earlier cells' sources lie, as `Cell3.swift`; there the comments on variables are found, which modules do not keep.
  package var cellFolder: String?
  /// Changes when files that the header imports have changed under their names.
  package var revision = 0

  /// - Parameter compilerArguments: as the driver takes them.
  package init(header: String, compilerArguments: [String], cellFolder: String? = nil) {
    self.header = header
    self.compilerArguments = compilerArguments
    self.cellFolder = cellFolder
  }

  /// A context from the arguments with which the compiler's frontend compiles cells.
  ///
  /// SourceKit keeps what it has read for every list of arguments that it has seen, so the two arguments that differ from cell
  /// to cell are made the same for all: the module's name, and the version, which becomes one at which everything that was
  /// superseded is obsolete.
  ///
  /// - Parameter frontendArguments: without `-frontend`, inputs and outputs.
  package init(header: String, frontendArguments: [String], cellFolder: String? = nil) {
    var arguments: [String] = []
    var rest = frontendArguments[...]
    while let argument = rest.popFirst() {
      if argument == "-module-name" || argument == "-package-description-version" {
        _ = rest.popFirst()
      } else {
        arguments.append(argument)
      }
    }
    arguments += ["-module-name", "Cell0", "-package-description-version", "1000000"]
    // SourceKit takes the driver's arguments only; the driver hands on what is marked so, unread.
    self.init(header: header, compilerArguments: arguments.flatMap { ["-Xfrontend", $0] }, cellFolder: cellFolder)
  }

  /// The context of a cell that is typed after those of a session.
  ///
  /// - Parameter completedOffset: where a name is being completed, in UTF-8 offsets of the code; `nil` for code that is only
  ///   read.
  package init(_ surroundings: CellSurroundings, code: String, completedOffset: Int? = nil) {
    let place = completedOffset.map { CodeAtCursor(code, offset: $0) }
    let prefix = place.flatMap { $0.isAtMember ? nil : $0.prefix }
    self.init(
      header: surroundings.header(for: code, completing: prefix), frontendArguments: surroundings.frontendArguments,
      cellFolder: surroundings.folder.path)
    revision = surroundings.revision
  }
}
