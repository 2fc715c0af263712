extension Command {
  static let who = Command(
    "who", argument: .text, usage: ["%who [TYPE …]"],
    summary: "Lists the variables with their types and values.",
    details: "With names of types, only variables of these types: `%who Int String`."
  ) { line, run throws(CellFailure) in
    let types = run.argument(line).split(separator: " ").map(String.init)
    let variables = run.session.variables().filter { types.isEmpty || types.contains($0.type) }
    guard !variables.isEmpty else {
      return run.write(types.isEmpty ? "There are no variables.\n" : "There are no variables of these types.\n")
    }
    run.write(WhoText.table(variables.map { [$0.name, $0.typeAndShape, $0.value] }))
  }
}

/// Variables as a table of text.
private enum WhoText {
  private static let widest = 40

  static func table(_ rows: [[String]]) -> String {
    let all = [["Name", "Type", "Value"]] + rows
    let widths = (0..<2).map { column in min(widest, all.map { $0[column].count }.max() ?? 0) }
    return all.map { row in
      let cells = (0..<2).map { row[$0].padding(to: widths[$0]) }
      return (cells + [row[2]]).joined(separator: "  ") + "\n"
    }.joined()
  }
}
