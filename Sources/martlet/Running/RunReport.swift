import Notebook
import Session

/// What `martlet run` says of a notebook at the end.
package enum RunReport {
  /// The line that names the failing cell and its error.
  package static func failure(_ failed: FailedCell, in notebook: String, cells: Int) -> String {
    let line = failed.failure.line.map { ", line \($0)" } ?? ""
    let error = failed.failure
    return "martlet: \(notebook): cell \(failed.index + 1) of \(cells), [\(failed.number)]\(line), failed: "
      + "\(error.name): \(error.message)"
  }

  /// The outcome of `--check`.
  package static func check(_ differences: [OutputCheck.Difference], of document: NotebookDocument, in notebook: String)
    -> String
  {
    if differences.isEmpty { return "\(notebook): the outputs are as stored.\n" }
    let cells = differences.count == 1 ? "1 cell differs" : "\(differences.count) cells differ"
    var text = "\(notebook): \(cells) from the stored outputs (- stored, + now).\n"
    for difference in differences {
      let count = document.cells[difference.index].executionCount.map { " [\($0)]" } ?? ""
      text += "cell \(difference.index + 1)\(count)\n"
      for line in difference.lines { text += "  \(line)\n" }
    }
    return text
  }
}
