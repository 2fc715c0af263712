/// The column behind an optional channel.
func optionalColumn(
  _ channel: (any PlotChannel)?, in table: (any PlotTable)?
) throws(ChartError) -> PlotColumn? {
  guard let channel else { return nil }
  return try channel.plotColumn(in: table)
}

/// The colour column of a mark: the channel's, or one name for all rows where the mark has only a label.
func colorColumn(
  _ channel: (any PlotChannel)?, _ label: String?, in table: (any PlotTable)?
) throws(ChartError) -> PlotColumn? {
  if let column = try optionalColumn(channel, in: table) { return column }
  return label.map { PlotColumn(.categories([$0]), isConstant: true) }
}

/// The numbers of a channel that cannot be drawn with names.
func numericColumn(
  _ channel: any PlotChannel, of mark: String, channel name: String, in table: (any PlotTable)?
) throws(ChartError) -> PlotColumn {
  let column = try channel.plotColumn(in: table)
  guard column.isNumeric else { throw ChartError(.notNumbers(mark: mark, channel: name)) }
  return column
}

/// A row's own number where the mark was given no positions: 0, 1, 2, ….
func rowNumbers(_ count: Int) -> PlotColumn { PlotColumn(.numbers((0..<count).map(Double.init))) }
