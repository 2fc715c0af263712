import MartletNumerics

/// What a classifier answers at every place of a plane, as coloured regions; the data are drawn on top.
///
///     let regions = try DecisionRegions(x: 0...8, y: 0...3) { try model.predict($0) }
///     try Chart(iris) {
///       regions
///       PointMark(x: "petalLength", y: "petalWidth", color: "species")
///     }
///
/// Regions share their colours with the names of other marks' colour channels.
public struct DecisionRegions: StyledMark {
  private let grid: FunctionGrid
  private let domain: (x: ClosedRange<Double>, y: ClosedRange<Double>)
  private let labels: [String]
  /// How the mark looks where no channel decides.
  public var style = MarkStyle()

  /// - Parameters:
  ///   - x, y: the rectangle over which the classifier is asked.
  ///   - resolution: how many cells divide `x`; default 160, from 2 to 1000. `y` has 5/8 as many.
  ///   - predict: is given the middles of all cells at once, shape `[n, 2]`, and answers with one label for each.
  /// - Throws: what `predict` throws. Stops the cell when it gives another number of labels.
  public init<Label: PlotElement>(
    x: ClosedRange<Double>, y: ClosedRange<Double>, resolution: Int = 160, predict: (Matrix) throws -> [Label]
  ) rethrows {
    domain = (x, y)
    grid = FunctionGrid(cellsOf: x, y, resolution: resolution)
    let places = grid.places
    let answers = try predict(Matrix(places.flatMap { [$0.x, $0.y] }, shape: [places.count, 2]))
    guard answers.count == places.count else {
      fatalError(
        "DecisionRegions needs one label for each of the \(places.count) places; `predict` gave \(answers.count).")
    }
    labels = answers.map { $0.plotValue.text ?? "" }
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    ResolvedMark(Layer(grid: grid, domain: domain, labels: labels, style: style))
  }

  private struct Layer: MarkLayer {
    let grid: FunctionGrid
    let domain: (x: ClosedRange<Double>, y: ClosedRange<Double>)
    let labels: [String]
    let style: MarkStyle

    var rowCount: Int { labels.count }
    var takesSeriesColor: Bool { false }
    var demands: MarkDemands {
      MarkDemands(
        x: AxisDemand(.numbers([domain.x.lowerBound, domain.x.upperBound]), isTight: true),
        y: AxisDemand(.numbers([domain.y.lowerBound, domain.y.upperBound]), isTight: true),
        color: ColorDemand(.categories(labels.removingDuplicates().sorted())))
    }

    func draw(on canvas: inout Canvas) {
      let columns = grid.x.count
      let cells = grid.y.indices.map { row in (0..<columns).map { Optional(labels[row * columns + $0]) } }
      let (color, fallback) = (canvas.color, canvas.seriesColor)
      CellRuns(cells).draw(
        x: domain.x, y: domain.y, on: &canvas, tooltip: { $0 },
        fill: { label in (color.color(of: .category(label)) ?? fallback, style.opacity ?? 0.22) })
    }
  }
}
