import Glibc

/// The directions in which solutions of a differential equation `dy/dx = f(x, y)` run: a short line at every place.
///
///     Chart {
///       SlopeFieldMark(x: 0...4, y: -2...2) { x, y in -y }
///       FunctionMark(0...4) { 2 * exp(-$0) }               // one solution
///     }
public struct SlopeFieldMark: StyledMark {
  private let arrows: [VectorArrow]
  /// How the mark looks where no channel decides.
  public var style = MarkStyle()

  /// - Parameters:
  ///   - x, y: the rectangle over which the field is drawn.
  ///   - columns: how many lines stand beside each other; default 25, from 2 to 200. There are 5/8 as many rows.
  ///   - slope: `dy/dx` at a place, called once for each line, here and now; infinite slopes are upright, NaN is no line.
  public init(
    x: ClosedRange<Double>, y: ClosedRange<Double>, columns: Int = 25, _ slope: (Double, Double) throws -> Double
  ) rethrows {
    let columns = min(max(columns, 2), 200)
    let grid = FunctionGrid(x: x, y: y, samples: (columns, max(2, columns * 5 / 8)))
    arrows = try grid.places.map { place in
      let slope = try slope(place.x, place.y)
      // Any vector of the direction does; this one is finite for every slope.
      let angle = atan(slope)
      return VectorArrow(x: place.x, y: place.y, u: cos(angle), v: sin(angle))
    }
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    ResolvedMark(Layer(arrows: arrows, style: style))
  }

  private struct Layer: MarkLayer {
    let arrows: [VectorArrow]
    let style: MarkStyle

    var rowCount: Int { arrows.count }
    var takesSeriesColor: Bool { false }
    var demands: MarkDemands {
      MarkDemands(x: VectorArrow.room(arrows.map(\.x)), y: VectorArrow.room(arrows.map(\.y)))
    }

    func draw(on canvas: inout Canvas) {
      let half = 0.35 * (canvas.plot.width * canvas.plot.height / Double(max(1, arrows.count))).squareRoot()
      var path = SVGPath()
      for arrow in arrows {
        guard let place = arrow.placed(on: canvas) else {
          canvas.skipped += arrow.u.isFinite ? 1 : 0
          continue
        }
        let length = hypot(place.dx, place.dy)
        guard length > 0 else { continue }
        let (dx, dy) = (place.dx / length * half, place.dy / length * half)
        path.polyline([(place.x - dx, place.y - dy), (place.x + dx, place.y + dy)])
      }
      guard !path.isEmpty else { return }
      canvas.svg.element(
        "path",
        [
          "d": .text(path.data), "fill": "none", "stroke": .text((style.color ?? .gray).css),
          "stroke-width": .number(style.lineWidth ?? 1.5), "stroke-linecap": "round",
          "stroke-opacity": SVGWriter.Value(style.opacity),
        ])
    }
  }
}
