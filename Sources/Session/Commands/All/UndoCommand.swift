import Cells

extension Command {
  static let undo = Command(
    "undo", usage: ["%undo"],
    summary: "Takes back the declarations of the last cell that declared something.",
    details: """
      Its names stand again for what they stood for before it, with the values that those variables have now. What the \
      cell did besides, such as changing a variable or writing a file, stays done. Repeat it to go further back.
      """
  ) { line, run throws(CellFailure) in
    let undone: (number: Int, declared: [String])?
    do {
      undone = try run.session.engine.chain.undo()
    } catch {
      throw .command(line, "The last cell could not be taken back: \(error)")
    }
    guard let undone else { throw .command(line, "No cell has declared anything that could be taken back.") }
    run.session.publishSurroundings(of: run.session.engine)
    // A cell that only imports or extends has no names of its own.
    let names = undone.declared.isEmpty ? "" : ": \(undone.declared.joined(separator: ", "))"
    run.show("Took back In[\(undone.number)]\(names)")
  }
}
