import Glibc

/// A curve by its distance from the middle in every direction: `r(θ)`.
///
///     Chart { PolarCurveMark { angle in cos(2 * angle) } }           // a rose of four leaves
///     Chart { PolarCurveMark(0...6 * .pi) { $0 } }                   // Archimedes' spiral
///
/// Angles go counter-clockwise from the right. A negative distance lies on the other side of the middle. The circles
/// are at round distances, the rays every 30°.
public struct PolarCurveMark: StyledMark {
  private let angles: [Double]
  private let distances: [Double]
  private let label: String?
  /// How the mark looks where no channel decides.
  public var style = MarkStyle()

  /// - Parameters:
  ///   - domain: from which angle to which, in radians; default one turn.
  ///   - samples: at how many equally spaced angles the function is called; default 721, at least 2.
  ///   - label: the legend's name for the curve.
  ///   - function: the distance for an angle, called here and now; where it is not finite the curve has a gap.
  public init(
    _ domain: ClosedRange<Double> = 0...2 * .pi, samples: Int = 721, label: String? = nil,
    _ function: (Double) throws -> Double
  ) rethrows {
    angles = FunctionGrid.places(domain, count: samples)
    distances = try angles.map(function)
    self.label = label
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    let rows = try PlotRows(
      "PolarCurveMark", x: PlotColumn(.numbers(zip(angles, distances).map { $1 * cos($0) })),
      y: PlotColumn(.numbers(zip(angles, distances).map { $1 * sin($0) })), color: colorColumn(nil, label, in: nil))
    let farthest = distances.filter(\.isFinite).map { abs($0) }.max() ?? 0
    return ResolvedMark(Layer(line: LineLayer(rows: rows, style: style), farthest: farthest))
  }

  private struct Layer: MarkLayer {
    let line: LineLayer
    let farthest: Double

    var rowCount: Int { 1 }
    var takesSeriesColor: Bool { line.takesSeriesColor }
    var demands: MarkDemands {
      guard farthest > 0 else { return MarkDemands() }
      return .square(around: [(-farthest, -farthest), (farthest, farthest)], color: line.demands.color)
    }

    func draw(on canvas: inout Canvas) {
      drawGrid(on: &canvas)
      let skipped = canvas.skipped
      line.draw(on: &canvas)
      canvas.skipped = skipped  // gaps of a function are not lost rows
    }

    private func drawGrid(on canvas: inout Canvas) {
      guard let x = canvas.x.position(of: 0), let y = canvas.y.position(of: 0) else { return }
      let step = NiceStep(lower: 0, upper: farthest, intervals: 4)
      let circles = step.values(from: 0, through: farthest).filter { $0 > 0 }
        .compactMap { canvas.x.position(of: $0).map { $0 - x } }
      let radius = canvas.x.position(of: farthest).map { $0 - x } ?? 0
      canvas.svg.group(
        "g", ["class": "axis", "stroke": .text(Theme.light.ink.css), "stroke-opacity": 0.18, "fill": "none"]
      ) { svg in
        for circle in circles {
          svg.element("circle", ["cx": .number(x), "cy": .number(y), "r": .number(circle)])
        }
        for ray in 0..<12 {
          let angle = Double(ray) * .pi / 6
          svg.element(
            "line",
            [
              "x1": .number(x), "y1": .number(y), "x2": .number(x + radius * cos(angle)),
              "y2": .number(y - radius * sin(angle)),
            ])
        }
      }
    }
  }
}
