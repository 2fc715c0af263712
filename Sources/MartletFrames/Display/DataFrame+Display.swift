import MartletDisplay

extension DataFrame: CustomStringConvertible, RichDisplayable {
  /// The shape, the columns' names and types, and the first and last rows.
  public var description: String { FrameTable(self).text }

  /// The table as text and as HTML. Of more than 10 rows or 20 columns the middle is left out, and the full shape is
  /// told.
  public func displayBundle() -> DisplayBundle {
    let table = FrameTable(self)
    return [.plainText: .text(table.text), .html: .text(table.html)]
  }
}

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

extension GroupedFrame: CustomStringConvertible {
  /// How many groups there are.
  public var description: String { "\(count) group\(count == 1 ? "" : "s")" }
}
