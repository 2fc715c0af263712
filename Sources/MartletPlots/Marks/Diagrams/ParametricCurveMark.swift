/// The path of a point that moves with a parameter: `(x(t), y(t))`.
///
///     Chart { ParametricCurveMark(0...2 * .pi) { t in (sin(3 * t), sin(2 * t)) } }      // a Lissajous figure
///
/// Both axes have the same unit, so that circles are round, and the plot is square; with ``Chart/equalUnits(_:)`` it has
/// the shape of the curve.
public struct ParametricCurveMark: StyledMark {
  private let points: [(x: Double, y: Double)]
  private let label: String?
  /// How the mark looks where no channel decides.
  public var style = MarkStyle()

  /// - Parameters:
  ///   - domain: from where to where the parameter goes.
  ///   - samples: at how many equally spaced parameters the function is called; default 601, at least 2.
  ///   - label: the legend's name for the curve.
  ///   - function: the point for a parameter, called here and now; where it is not finite the curve has a gap.
  public init(
    _ domain: ClosedRange<Double>, samples: Int = 601, label: String? = nil,
    _ function: (Double) throws -> (Double, Double)
  ) rethrows {
    points = try FunctionGrid.places(domain, count: samples).map { parameter in
      let point = try function(parameter)
      return (point.0, point.1)
    }
    self.label = label
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    let rows = try PlotRows(
      "ParametricCurveMark", x: PlotColumn(.numbers(points.map(\.x))), y: PlotColumn(.numbers(points.map(\.y))),
      color: colorColumn(nil, label, in: nil))
    return ResolvedMark(Layer(line: LineLayer(rows: rows, style: style), points: points))
  }

  private struct Layer: MarkLayer {
    let line: LineLayer
    let points: [(x: Double, y: Double)]

    var rowCount: Int { 1 }
    var takesSeriesColor: Bool { line.takesSeriesColor }
    var demands: MarkDemands { .square(around: points, color: line.demands.color) }

    func draw(on canvas: inout Canvas) {
      let skipped = canvas.skipped
      line.draw(on: &canvas)
      canvas.skipped = skipped  // gaps of a function are not lost rows
    }
  }
}
