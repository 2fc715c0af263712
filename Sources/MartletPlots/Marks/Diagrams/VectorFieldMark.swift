import Glibc

/// An arrow at every place of a plane: flows, forces, gradients.
///
///     Chart { VectorFieldMark(x: -2...2, y: -2...2) { x, y in (-y, x) } }       // turns around the middle
///
/// The longest arrow is as long as the arrows' distance; others are in proportion. Colours tell the true length.
public struct VectorFieldMark: StyledMark {
  private let arrows: [VectorArrow]
  /// How the mark looks where no channel decides.
  public var style = MarkStyle()

  /// - Parameters:
  ///   - x, y: the rectangle over which the field is drawn.
  ///   - columns: how many arrows stand beside each other; default 21, from 2 to 200. There are 5/8 as many rows.
  ///   - field: the vector at a place, called once for each arrow, here and now; what is not finite has no arrow.
  public init(
    x: ClosedRange<Double>, y: ClosedRange<Double>, columns: Int = 21,
    _ field: (Double, Double) throws -> (Double, Double)
  ) rethrows {
    let columns = min(max(columns, 2), 200)
    let grid = FunctionGrid(x: x, y: y, samples: (columns, max(2, columns * 5 / 8)))
    arrows = try grid.places.map { place in
      let vector = try field(place.x, place.y)
      return VectorArrow(x: place.x, y: place.y, u: vector.0, v: vector.1)
    }
  }

  /// Measured vectors; `u` to the right and `v` up, in units of the axes.
  public init(x: [Double], y: [Double], u: [Double], v: [Double]) {
    guard Set([x.count, y.count, u.count, v.count]).count == 1 else {
      fatalError(
        "VectorFieldMark needs as many of x, y, u and v: there are \(x.count), \(y.count), \(u.count) and \(v.count).")
    }
    arrows = x.indices.map { VectorArrow(x: x[$0], y: y[$0], u: u[$0], v: v[$0]) }
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
      var color = ColorDemand(.numbers(arrows.map(\.length).filter(\.isFinite)), title: "length")
      color.ramp = .viridis
      return MarkDemands(
        x: VectorArrow.room(arrows.map(\.x)), y: VectorArrow.room(arrows.map(\.y)),
        color: style.color == nil ? color : nil)
    }

    func draw(on canvas: inout Canvas) {
      let placed = arrows.map { $0.placed(on: canvas) }
      let longest = placed.compactMap { $0.map { hypot($0.dx, $0.dy) } }.max() ?? 0
      // As many arrows as there are share the plot's area.
      let room = (canvas.plot.width * canvas.plot.height / Double(max(1, arrows.count))).squareRoot()
      for (arrow, place) in zip(arrows, placed) {
        guard let place else {
          canvas.skipped += 1
          continue
        }
        guard longest > 0 else { continue }
        let scale = 0.9 * room / longest
        let path = Self.path(at: place, dx: place.dx * scale, dy: place.dy * scale)
        let color = style.color ?? canvas.color.color(of: .number(arrow.length)) ?? canvas.seriesColor
        canvas.svg.element(
          "path",
          [
            "d": .text(path.data), "fill": "none", "stroke": .text(color.css),
            "stroke-width": .number(style.lineWidth ?? 1.5), "stroke-linecap": "round", "stroke-linejoin": "round",
            "stroke-opacity": SVGWriter.Value(style.opacity),
          ], tooltip: arrows.count <= Canvas.mostTooltips ? arrow.summary : nil)
      }
    }

    /// A shaft around the place, with a head whose size follows the length.
    private static func path(at place: VectorArrow.Placed, dx: Double, dy: Double) -> SVGPath {
      var path = SVGPath()
      let tip = (x: place.x + dx / 2, y: place.y + dy / 2)
      path.polyline([(place.x - dx / 2, place.y - dy / 2), tip])
      let head = min(0.35, 6 / max(hypot(dx, dy), 0.1))
      let (back, side) = ((x: dx * head, y: dy * head), (x: dy * head * 0.55, y: -dx * head * 0.55))
      path.polyline([
        (tip.x - back.x + side.x, tip.y - back.y + side.y), tip, (tip.x - back.x - side.x, tip.y - back.y - side.y),
      ])
      return path
    }
  }
}

/// A vector at a place, in units of the data.
struct VectorArrow: Sendable {
  let x, y, u, v: Double
  var length: Double { hypot(u, v) }
  var summary: String {
    "(\(NumberText.short(x)), \(NumberText.short(y))): (\(NumberText.short(u)), \(NumberText.short(v)))"
  }

  /// An axis with room for half an arrow at its ends.
  static func room(_ places: [Double]) -> AxisDemand {
    guard let low = places.min(), let high = places.max() else { return AxisDemand(.numbers([])) }
    let margin = (high - low) / (2 * Double(places.count).squareRoot())
    return AxisDemand(.numbers([low - margin, high + margin]), isTight: true)
  }

  /// The middle and the direction in pixels; the direction's length is that of the vector.
  struct Placed { let x, y, dx, dy: Double }

  /// Where the arrow stands; `nil` where it has no place or no direction.
  func placed(on canvas: Canvas) -> Placed? {
    guard u.isFinite, v.isFinite, let left = canvas.x.position(of: x), let top = canvas.y.position(of: y),
      let right = canvas.x.position(of: x + u), let bottom = canvas.y.position(of: y + v)
    else { return nil }
    return Placed(x: left, y: top, dx: right - left, dy: bottom - top)
  }
}
