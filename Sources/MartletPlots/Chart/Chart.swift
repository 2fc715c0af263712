/// A picture of data, made of marks that share their axes and colours.
///
///     try Chart(penguins) {
///       PointMark(x: "bill_length", y: "body_mass", color: "species")
///     }
///     .title("Penguins")
///     .yLabel("body mass (g)")
///
///     Chart { FunctionMark(-3...3) { sin($0) } }
///
/// Later marks lie on top. Axes, legend and margins follow from the data. As the last value of a cell a chart shows
/// itself;
/// ``svg`` and ``write(to:)`` give it to other programs.
public struct Chart: Sendable {
  let layers: [any MarkLayer]
  var options = ChartOptions()

  /// A chart of arrays, numbers and functions.
  ///
  /// Stops the cell with a message when channels of a mark differ in length or name a column.
  public init(@ChartBuilder _ marks: () -> [any Mark]) {
    do throws(ChartError) {
      layers = try Self.resolve(marks(), in: nil)
    } catch {
      fatalError(error.description)
    }
  }

  /// A chart of a table's columns, which marks name.
  ///
  /// - Throws: `ChartError` when a column is missing or has the wrong type.
  public init(_ table: some PlotTable, @ChartBuilder _ marks: () -> [any Mark]) throws(ChartError) {
    layers = try Self.resolve(marks(), in: table)
  }

  private static func resolve(_ marks: [any Mark], in table: (any PlotTable)?) throws(ChartError) -> [any MarkLayer] {
    var layers: [any MarkLayer] = []
    for mark in marks { layers.append(try mark.resolved(in: table).layer) }
    return layers
  }
}
