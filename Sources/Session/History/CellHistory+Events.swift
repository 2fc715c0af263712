extension CellHistory {
  /// Remembers a cell that is about to run, and the result that its events tell of.
  ///
  /// - Returns: what is to hear the cell's events in the place of `listener`, which hears them all the same.
  func recording(
    _ cell: CellRequest, _ listener: @escaping @Sendable (SessionEvent) -> Void
  ) -> @Sendable (SessionEvent) -> Void {
    guard cell.isRecorded else { return listener }
    record(cell.code, line: cell.number)
    return { [self] event in
      if case .result(let output) = event, !output.plainText.isEmpty {
        record(output: output.plainText, line: cell.number)
      }
      listener(event)
    }
  }
}
