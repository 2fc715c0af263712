/// A cell to evaluate.
package struct CellRequest: Sendable {
  package var code: String
  /// The number by which messages call the cell: `In[number]`.
  package var number: Int
  /// The frontend's own identifier of the cell, the same when it is run again.
  package var identifier: String?
  /// Whether the session's history remembers the cell; no two such cells have the same number.
  package var isRecorded: Bool
  /// The cell that is to run after this one, as far as is known when it is asked for; it is compiled meanwhile. Called
  /// on another thread while this cell runs.
  package var upcoming: (@Sendable () -> CellRequest?)?

  package init(code: String, number: Int, identifier: String? = nil, isRecorded: Bool = false) {
    self.code = code
    self.number = number
    self.identifier = identifier
    self.isRecorded = isRecorded
  }
}

/// How a cell ended.
package enum CellOutcome: Sendable {
  case succeeded
  case failed(CellFailure)

  package var failure: CellFailure? { if case .failed(let failure) = self { failure } else { nil } }
}

/// Why a cell did not run to its end.
package struct CellFailure: Error, Sendable {
  package enum Kind: Sendable {
    case compileError, uncaughtError, trap, interrupted, exitCalled, loadError, workerDied, unavailable
    /// A command could not do what it was asked for.
    case commandFailed
  }
  package var kind: Kind
  /// The error's name, as a frontend shows it: `CompileError`, `Trap`, or the type of a Swift error.
  package var name: String
  /// The error in one line.
  package var message: String
  /// The error as it is shown, line by line, with terminal colours.
  package var traceback: [String]
  /// The line of the cell that the error points at, from 1.
  package var line: Int?

  package init(kind: Kind, name: String, message: String, traceback: [String], line: Int? = nil) {
    self.kind = kind
    self.name = name
    self.message = message
    self.traceback = traceback
    self.line = line
  }
}

/// What the parser says of text that may become a cell.
package enum Completeness: Sendable, Equatable {
  case complete
  /// More is to come; the next line starts with `indent`.
  case incomplete(indent: String)
  case invalid
}
