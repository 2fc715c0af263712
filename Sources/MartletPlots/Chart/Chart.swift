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
/// Later marks lie on top. Axes, legends and margins follow from the data. As the last value of a cell a chart shows
/// itself; ``svg``, ``png(scale:)`` and ``write(to:)`` give it to other programs. `facet` divides a chart into panels,
/// ``ChartGrid`` puts several side by side.
public struct Chart: Sendable {
  let marks: [any Mark]
  /// The frame whose columns the marks name.
  let table: (any PlotTable)?
  /// The marks with the data of the whole frame.
  let layers: [any MarkLayer]
  /// The panels, where the chart is divided.
  var facets: Facets?
  var options = ChartOptions()

  /// A chart of arrays, numbers and functions.
  ///
  /// Stops the cell with a message when channels of a mark differ in length or name a column.
  /// It throws what the closure throws.
  public init(@ChartBuilder _ marks: () throws -> [any Mark]) rethrows {
    (self.marks, table) = (try marks(), nil)
    do throws(ChartError) {
      layers = try Self.resolve(self.marks, in: nil)
    } catch {
      fatalError(error.description)
    }
  }

  /// A chart of a table's columns, which marks name.
  ///
  /// - Throws: `ChartError` when a column is missing or has the wrong type.
  public init(_ table: some PlotTable, @ChartBuilder _ marks: () -> [any Mark]) throws(ChartError) {
    (self.marks, self.table) = (marks(), table)
    layers = try Self.resolve(self.marks, in: table)
  }

  static func resolve(_ marks: [any Mark], in table: (any PlotTable)?) throws(ChartError) -> [any MarkLayer] {
    var layers: [any MarkLayer] = []
    for mark in marks { layers.append(try mark.resolved(in: table).layer) }
    return layers
  }
}
