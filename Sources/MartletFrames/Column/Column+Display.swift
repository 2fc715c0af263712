import MartletDisplay

extension AnyColumn: CustomStringConvertible, RichDisplayable {
  /// The column as a table of one.
  public var description: String { DataFrame(fitting: [self], rowCount: count).description }
  /// The column as a table of one, as text and as HTML.
  public func displayBundle() -> DisplayBundle { DataFrame(fitting: [self], rowCount: count).displayBundle() }
}

extension Column: CustomStringConvertible, RichDisplayable {
  /// The column as a table of one.
  public var description: String { AnyColumn(self).description }
  /// The column as a table of one, as text and as HTML.
  public func displayBundle() -> DisplayBundle { AnyColumn(self).displayBundle() }
}

extension DataFrame.Row: CustomStringConvertible {
  /// The row's values with their names.
  public var description: String {
    frame.columns.map { "\($0.name): \($0.rows([index]).texts()[0] ?? "missing")" }.joined(separator: ", ")
  }
}

extension GroupedFrame: CustomStringConvertible {
  /// How many groups there are.
  public var description: String { "\(count) groups" }
}
