/// Lines of equal height of a function of two quantities, as on a map of mountains.
///
///     Chart { ContourMark(x: -2...2, y: -1...3) { x, y in (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x) } }
///     Chart { ContourMark(x: -3...3, y: -3...3, isFilled: true) { x, y in sin(x) * cos(y) } }
///
/// The lines are found by marching squares on a grid, with linear interpolation: exact for planes, and off by the square
/// of the grid's step elsewhere. Levels are round numbers unless they are given.
///
/// Reference: Maple (2003), Geometric design and space planning using the marching squares and marching cube algorithms.
public struct ContourMark: StyledMark {
  private let x, y: [Double]
  private let values: [[Double]]
  private let levels: [Double]
  private let isFilled: Bool
  private let ramp: ColorRamp?
  /// How the mark looks where no channel decides.
  public var style = MarkStyle()

  /// Contours of a function.
  ///
  /// - Parameters:
  ///   - x, y: the rectangle over which the function is drawn.
  ///   - levels: about how many heights to draw; default 10.
  ///   - isFilled: whether the bands between the lines are filled.
  ///   - samples: at how many places along each side the function is called; default 101, at least 2.
  ///   - ramp: the colours of the heights; default viridis, for lines whose colour is not set.
  ///   - function: called once for every place, here and now; where it is not finite there is no line.
  public init(
    x: ClosedRange<Double>, y: ClosedRange<Double>, levels: Int = 10, isFilled: Bool = false, samples: Int = 101,
    ramp: ColorRamp? = nil, _ function: (Double, Double) throws -> Double
  ) rethrows {
    let grid = FunctionGrid(x: x, y: y, samples: (samples, samples))
    let values = try grid.values(function)
    self.init(grid, values, levels: Self.levels(of: values, count: levels), isFilled: isFilled, ramp: ramp)
  }

  /// Contours of a function, at heights of one's own.
  public init(
    x: ClosedRange<Double>, y: ClosedRange<Double>, levels: [Double], isFilled: Bool = false, samples: Int = 101,
    ramp: ColorRamp? = nil, _ function: (Double, Double) throws -> Double
  ) rethrows {
    let grid = FunctionGrid(x: x, y: y, samples: (samples, samples))
    self.init(grid, try grid.values(function), levels: levels, isFilled: isFilled, ramp: ramp)
  }

  /// Contours of measured heights.
  ///
  /// - Parameters:
  ///   - values: a row of heights for each of equally spaced places along `y`, from its lower end; rows of equal length.
  ///   - x, y: from where to where the grid goes.
  public init(
    _ values: [[Double]], x: ClosedRange<Double>, y: ClosedRange<Double>, levels: Int = 10, isFilled: Bool = false,
    ramp: ColorRamp? = nil
  ) {
    let grid = FunctionGrid(x: x, y: y, samples: (values.first?.count ?? 0, values.count))
    self.init(grid, values, levels: Self.levels(of: values, count: levels), isFilled: isFilled, ramp: ramp)
  }

  private init(_ grid: FunctionGrid, _ values: [[Double]], levels: [Double], isFilled: Bool, ramp: ColorRamp?) {
    (x, y, self.values) = (grid.x, grid.y, values)
    (self.levels, self.isFilled, self.ramp) = (levels.filter(\.isFinite).sorted(), isFilled, ramp)
  }

  /// Round heights that the values pass.
  private static func levels(of values: [[Double]], count: Int) -> [Double] {
    let finite = values.joined().filter(\.isFinite)
    guard let lowest = finite.min(), let highest = finite.max(), lowest < highest else { return [] }
    let step = NiceStep(lower: lowest, upper: highest, intervals: max(1, count))
    return step.values(from: lowest, through: highest).filter { $0 > lowest && $0 < highest }
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    guard values.count == y.count, values.allSatisfy({ $0.count == x.count }) else {
      let lengths = values.map(\.count).removingDuplicates().map(String.init).joined(separator: ", ")
      throw ChartError(
        .unsuitable(
          "ContourMark needs at least two rows and columns, and rows of one length; found \(values.count) rows of "
            + "\(lengths) values."))
    }
    return ResolvedMark(
      Layer(x: x, y: y, values: values, levels: levels, isFilled: isFilled, ramp: ramp, style: style))
  }

  private struct Layer: MarkLayer {
    let x, y: [Double]
    let values: [[Double]]
    let levels: [Double]
    let isFilled: Bool
    let ramp: ColorRamp?
    let style: MarkStyle

    var rowCount: Int { x.count * y.count }
    var takesSeriesColor: Bool { false }
    var demands: MarkDemands {
      var color = ColorDemand(.numbers(isFilled ? bands.map(\.middle) + levels : levels))
      color.ramp = ramp ?? .viridis
      return MarkDemands(
        x: AxisDemand(.numbers(x), isTight: true), y: AxisDemand(.numbers(y), isTight: true),
        color: style.color == nil ? color : nil)
    }

    /// From where up each filling reaches, and the height that its colour stands for. The lowest covers everything.
    private var bands: [(from: Double, middle: Double)] {
      let finite = values.joined().filter(\.isFinite)
      guard let lowest = finite.min(), let highest = finite.max() else { return [] }
      let inner = levels.filter { $0 > lowest && $0 < highest }
      let starts = [lowest] + inner
      return zip(starts, inner + [highest]).map { (from: $0, middle: $0 / 2 + $1 / 2) }
    }

    func draw(on canvas: inout Canvas) {
      if isFilled {
        for band in bands { fill(from: band.from, as: band.middle, on: &canvas) }
      } else {
        for level in levels { stroke(level, on: &canvas) }
      }
    }

    private func fill(from level: Double, as middle: Double, on canvas: inout Canvas) {
      let path = path(ContourLines.lines(values, x: x, y: y, level: level, isClosed: true), on: canvas, isClosed: true)
      let color = style.color ?? canvas.color.color(of: .number(middle)) ?? canvas.seriesColor
      guard !path.isEmpty else { return }
      canvas.svg.element(
        "path",
        [
          "d": .text(path.data), "fill": .text(color.css), "fill-rule": "evenodd",
          "fill-opacity": SVGWriter.Value(style.opacity),
        ], tooltip: "from \(NumberText.short(level))")
    }

    private func stroke(_ level: Double, on canvas: inout Canvas) {
      let path = path(ContourLines.lines(values, x: x, y: y, level: level), on: canvas, isClosed: false)
      let color = style.color ?? canvas.color.color(of: .number(level)) ?? canvas.seriesColor
      guard !path.isEmpty else { return }
      canvas.svg.element(
        "path",
        [
          "d": .text(path.data), "fill": "none", "stroke": .text(color.css),
          "stroke-width": .number(style.lineWidth ?? 1.5), "stroke-linejoin": "round",
          "stroke-dasharray": SVGWriter.Value(style.dashes), "stroke-opacity": SVGWriter.Value(style.opacity),
        ], tooltip: NumberText.short(level))
    }

    private func path(_ lines: [[ContourLines.Point]], on canvas: Canvas, isClosed: Bool) -> SVGPath {
      var path = SVGPath()
      for line in lines {
        let points = line.compactMap { point -> (x: Double, y: Double)? in
          guard let x = canvas.x.position(of: point.x), let y = canvas.y.position(of: point.y) else { return nil }
          return (x, y)
        }
        guard points.count > 1 else { continue }
        if isClosed { path.polygon(points) } else { path.polyline(points) }
      }
      return path
    }
  }
}
