/// A picture of a quantity over a plane, with axes: a coloured cell for every value of a grid.
///
///     Chart { RasterMark(x: -2...0.5, y: -1.2...1.2) { x, y in escapeTime(x, y) } }
///     Chart { RasterMark(temperatures, x: 0...10, y: 0...5) }
///
/// ``HeatmapMark`` is for few cells that have names; ``ImageMark`` for grey pictures without axes. Colours are rounded to
/// 64 shades, which keeps the picture small.
public struct RasterMark: Mark {
  private let values: [[Double]]
  private let x, y: ClosedRange<Double>
  private let ramp: ColorRamp?

  /// Measured values.
  ///
  /// - Parameters:
  ///   - values: a row for each step along `y`, from its lower end; rows of one length. What is not finite stays empty.
  ///   - x, y: from where to where the cells reach.
  ///   - ramp: the colours from the lowest to the highest value; default viridis, or blue over white to red where there
  ///     are values on both sides of zero.
  public init(_ values: [[Double]], x: ClosedRange<Double>, y: ClosedRange<Double>, ramp: ColorRamp? = nil) {
    (self.values, self.x, self.y, self.ramp) = (values, x, y, ramp)
  }

  /// The values of a function.
  ///
  /// - Parameters:
  ///   - x, y: the rectangle over which the function is drawn.
  ///   - resolution: how many cells divide `x`; default 160, from 2 to 1000. `y` has 5/8 as many.
  ///   - ramp: the colours from the lowest to the highest value.
  ///   - function: called once for the middle of each cell, here and now.
  public init(
    x: ClosedRange<Double>, y: ClosedRange<Double>, resolution: Int = 160, ramp: ColorRamp? = nil,
    _ function: (Double, Double) throws -> Double
  ) rethrows {
    let grid = FunctionGrid(cellsOf: x, y, resolution: resolution)
    self.init(try grid.values(function), x: x, y: y, ramp: ramp)
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    guard values.allSatisfy({ $0.count == values[0].count }) else {
      throw ChartError(.unsuitable("RasterMark needs rows of one length; found \(values.map(\.count))."))
    }
    return ResolvedMark(Layer(values: values, x: x, y: y, ramp: ramp))
  }

  private struct Layer: MarkLayer {
    let values: [[Double]]
    let x, y: ClosedRange<Double>
    let ramp: ColorRamp?

    private static let shades = 64

    private var finite: [Double] { values.joined().filter(\.isFinite) }
    var rowCount: Int { values.reduce(0) { $0 + $1.count } }
    var takesSeriesColor: Bool { false }
    var demands: MarkDemands {
      let hasBothSigns = finite.contains { $0 < 0 } && finite.contains { $0 > 0 }
      var color = ColorDemand(.numbers(finite))
      color.ramp = ramp ?? (hasBothSigns ? .diverging : .viridis)
      color.isCentred = hasBothSigns && ramp == nil
      return MarkDemands(
        x: AxisDemand(.numbers([x.lowerBound, x.upperBound]), isTight: true),
        y: AxisDemand(.numbers([y.lowerBound, y.upperBound]), isTight: true), color: color)
    }

    func draw(on canvas: inout Canvas) {
      canvas.skipped += rowCount - finite.count
      guard case .numbers(let scale, let ramp) = canvas.color else { return }
      let cells = CellRuns(values.map { $0.map { shade(of: $0, scale) } })
      cells.draw(x: x, y: y, on: &canvas) { shade in
        let fill = ramp.fill(at: Double(shade) / Double(Self.shades - 1))
        return (fill.color, fill.opacity)
      }
    }

    private func shade(of value: Double, _ scale: any PositionScale) -> Int? {
      guard value.isFinite, let share = scale.position(of: value) else { return nil }
      return Int(min(max(share, 0), 1) * Double(Self.shades - 1))
    }
  }
}
