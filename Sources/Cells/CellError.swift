/// Why a cell could not be compiled.
package enum CellError: Error, Sendable {
  /// The compiler's messages on the cell whose text is given, at least one of them an error.
  case diagnosed([Diagnostic], text: String)
  /// The compilation was interrupted.
  case cancelled
  /// The tools failed, not the cell.
  case unavailable(String)

  init(_ error: CompilerError) {
    switch error {
    case .cancelled: self = .cancelled
    case .crashed, .unavailable: self = .unavailable(error.description)
    }
  }
}
