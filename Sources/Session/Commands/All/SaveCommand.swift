import Foundation

extension Command {
  static let save = Command(
    "save", argument: .path, usage: ["%save [-f] [-a] FILE [CELLS …]"],
    summary: "Writes cells into a file.",
    details: """
      Cells are numbers and ranges, as for `%history`; without them, all of this session are written. Commands among them become
      comments, so that the file is Swift. A file that exists is left alone, unless `-f` replaces it or `-a` adds to it.

      ```
      %save model.swift 2-5 9
      ```
      """
  ) { line, run throws(CellFailure) in
    var options = CommandOptions(run.text, line.argument)
    var (replaces, adds) = (false, false)
    while true {
      if options.take("f") { replaces = true } else if options.take("a") { adds = true } else { break }
    }
    let words = run.text.text(options.rest).split(separator: " ")
    guard let name = words.first else { throw .usage(line, "There is no name of a file.") }
    let cells = try run.cells(Array(words.dropFirst()), for: line)
    guard !cells.isEmpty else { throw .command(line, "There are no such cells; %history -n lists them.") }
    let path = run.path(String(name), try run.surroundings(for: line))
    let text = cells.map { CellPlan($0.source).swiftText + "\n" }.joined(separator: "\n")
    guard adds || replaces || !FileManager.default.fileExists(atPath: path) else {
      throw .command(line, "The file '\(path)' exists. -f replaces it, -a adds to it.")
    }
    do {
      try SavedText.write(text, to: path, adding: adds)
    } catch {
      throw .command(line, "The file '\(path)' cannot be written: \(error.reason)")
    }
    run.write("\(cells.count) cell\(cells.count == 1 ? "" : "s") written to \(path)\n")
  }
}

/// Writes text into a file.
private enum SavedText {
  static func write(_ text: String, to path: String, adding: Bool) throws {
    let url = URL(fileURLWithPath: path)
    guard adding, FileManager.default.fileExists(atPath: path) else {
      return try Data(text.utf8).write(to: url, options: .atomic)
    }
    let file = try FileHandle(forWritingTo: url)
    defer { try? file.close() }
    try file.seekToEnd()
    try file.write(contentsOf: Data(("\n" + text).utf8))
  }
}

extension CellPlan {
  /// The cell with its commands as comments; a cell that a command takes stays Swift where it is Swift.
  var swiftText: String {
    parts.map { part in
      switch part {
      case .swift(let range): text.text(range)
      case .command(let line):
        if let body = line.body, CommandTable.command(named: line.name)?.argument == .swift {
          "// " + text.text(line.range.lowerBound..<body.lowerBound) + text.text(body)
        } else {
          "// "
            + text.text(text.trimmed(line.range)).replacing("\n", with: "\n// ")
            + (text.text(line.range).hasSuffix("\n") ? "\n" : "")
        }
      }
    }.joined()
  }
}
