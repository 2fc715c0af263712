/// The graph of a function.
///
///     Chart { FunctionMark(-3...3) { sin($0) } }
///     Chart {
///       FunctionMark(-3...3, label: "sin") { sin($0) }
///       FunctionMark(-3...3, label: "cos") { cos($0) }
///     }
///
/// Where the function is not finite, or jumps from one end of the plot to the other, the line has a gap. Poles do not
/// stretch the axis: it shows where most of the values are.
public struct FunctionMark: StyledMark {
  private let positions: [Double]
  private let values: [Double]
  private let label: String?
  /// How the mark looks where no channel decides.
  public var style = MarkStyle()

  /// - Parameters:
  ///   - domain: from where to where the function is drawn.
  ///   - samples: at how many equally spaced places it is called; default 401, at least 2.
  ///   - label: the legend's name for the line.
  ///   - function: called once for every place, here and now.
  public init(
    _ domain: ClosedRange<Double>, samples: Int = 401, label: String? = nil, _ function: (Double) throws -> Double
  ) rethrows {
    let last = Double(max(samples, 2) - 1)
    positions = (0...Int(last)).map {
      domain.lowerBound * (1 - Double($0) / last) + domain.upperBound * (Double($0) / last)
    }
    values = try positions.map(function)
    self.label = label
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    let visible = FunctionRange(values)
    let drawn = zip(positions, visible.withGaps(values)).filter { !$0.1.isNaN || $0.0.isFinite }
    let color = try colorColumn(nil, label, in: nil)
    let rows = try PlotRows(
      "FunctionMark", x: PlotColumn(.numbers(drawn.map(\.0))), y: PlotColumn(.numbers(drawn.map(\.1))), color: color)
    return ResolvedMark(Layer(line: LineLayer(rows: rows, style: style), visible: visible))
  }

  private struct Layer: MarkLayer {
    let line: LineLayer
    let visible: FunctionRange

    var rowCount: Int { 1 }
    var takesSeriesColor: Bool { line.takesSeriesColor }
    var exceedsDemands: Bool { visible.isCut }
    var demands: MarkDemands {
      var demands = line.demands
      demands.y?.extent = .numbers(visible.bounds)
      return demands
    }

    func draw(on canvas: inout Canvas) {
      let skipped = canvas.skipped
      line.draw(on: &canvas)
      canvas.skipped = skipped  // gaps of a function are not lost rows
    }
  }
}

/// The values of a function that are worth showing.
struct FunctionRange: Sendable {
  /// The lowest and the highest value to show; empty where the function is nowhere finite.
  let bounds: [Double]
  /// Whether some values lie outside.
  let isCut: Bool

  /// All finite values, unless a few of them (near a pole) are so far out that the rest would be a flat line.
  init(_ values: [Double]) {
    let sorted = values.filter(\.isFinite).sorted()
    guard let lowest = sorted.first, let highest = sorted.last else {
      (bounds, isCut) = ([], false)
      return
    }
    let low = sorted[sorted.count / 20]
    let high = sorted[(sorted.count - 1) * 19 / 20]
    let spread = high / 2 - low / 2
    isCut = spread > 0 && highest / 2 - lowest / 2 > 6 * spread
    bounds = isCut ? [max(lowest, low - spread), min(highest, high + spread)] : [lowest, highest]
  }

  /// The values with a gap where neighbours lie beyond opposite ends of the range, as `tan` has them at π/2.
  func withGaps(_ values: [Double]) -> [Double] {
    guard let low = bounds.first, let high = bounds.last else { return values }
    var result = values
    for index in values.indices.dropFirst() {
      let (a, b) = (values[index - 1], values[index])
      if a < low && b > high || a > high && b < low { result[index - 1] = .nan }
    }
    return result
  }
}
