import Foundation

extension Command {
  static let load = Command(
    "load", argument: .path, usage: ["%load FILE"],
    summary: "Puts the text of a file into the cell, to be edited and run.",
    details: "In a terminal, the text stands at the next prompt."
  ) { line, run throws(CellFailure) in
    let argument = run.argument(line)
    guard !argument.isEmpty else { throw .usage(line, "There is no file.") }
    let path = run.path(argument, try run.surroundings(for: line))
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw .command(line, "The file '\(path)' cannot be read: \(error.reason)")
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw .command(line, "The file '\(path)' is no text in UTF-8.")
    }
    let cell = "// %load \(argument)\n" + text
    run.onEvent(.setNextInput(cell.hasSuffix("\n") ? String(cell.dropLast()) : cell, replace: true))
  }
}
