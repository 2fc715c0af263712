import Session

/// What the kernel needs of a session, which may still be starting.
///
/// `evaluate` and `value` are called on one thread, one after the other; everything else from any thread at any time.
package protocol KernelEvaluator: CellEvaluating {
  /// The value of one expression.
  func value(of expression: String) -> Result<DisplayOutput, CellFailure>
  /// Whether text is a whole cell; `nil` when that cannot be known.
  func completeness(of code: String) -> Completeness?
  /// The ways to go on at a cursor, which is counted in code points. Does not wait for the cell that runs.
  func complete(_ code: String, at offset: Int) -> CodeCompletions
  /// What the name at a cursor is; `nil` when there is none that is known. Does not wait for the cell that runs.
  func inspect(_ code: String, at offset: Int) -> CodeDescription?
  /// Every variable. Does not wait for the cell that runs.
  func variables() -> [VariableDescription]
  /// Some parts of what a reference of an earlier answer stands for; `nil` when nothing has it. Does not wait for the
  /// cell that runs.
  func children(ofVariable reference: Int, range: Range<Int>) -> [VariableDescription]?
  /// A variable in every format it has; `nil` when there is none of the name. Does not wait for the cell that runs.
  func richDescription(of name: String) -> DisplayOutput?
  /// The cells that were run. Does not wait for the cell that runs.
  func history(_ query: HistoryQuery) -> [HistoryEntry]
  /// Ends everything, a running cell included.
  func shutdown()
}

extension KernelEvaluator {
  /// Nothing: not every evaluator knows the language.
  package func complete(_ code: String, at offset: Int) -> CodeCompletions {
    CodeCompletions(replaced: offset..<offset)
  }

  /// Nothing: not every evaluator knows the language.
  package func inspect(_ code: String, at offset: Int) -> CodeDescription? { nil }

  /// None: not every evaluator keeps variables.
  package func variables() -> [VariableDescription] { [] }

  /// None: not every evaluator keeps variables.
  package func children(ofVariable reference: Int, range: Range<Int>) -> [VariableDescription]? { nil }

  /// None: not every evaluator keeps variables.
  package func richDescription(of name: String) -> DisplayOutput? { nil }

  /// Nothing: not every evaluator remembers.
  package func history(_ query: HistoryQuery) -> [HistoryEntry] { [] }
}
