extension NotebookDocument {
  /// The notebook for a learner: without the solutions (cells tagged `solution`) and without what the cells have shown.
  package var withoutSolutions: NotebookDocument {
    var exercise = self
    exercise.cells = cells.filter { !$0.tags.contains(NotebookCell.solutionTag) }.map { cell in
      var cell = cell
      cell.outputs = []
      cell.executionCount = nil
      return cell
    }
    // The claims of solutions are gone, and so is their number.
    if var lesson = metadata["martlet"]?.object {
      lesson["figures"] = nil
      lesson["checks"] = nil
      exercise.metadata["martlet"] = .object(lesson)
    }
    return exercise
  }
}

extension NotebookCell {
  /// The tag of a cell that solves an exercise: folded on pages, left out for learners.
  static let solutionTag = "solution"
}
