import CMartletRuntime

/// Equally spaced places over a rectangle.
struct FunctionGrid: Sendable {
  let x: [Double]
  let y: [Double]

  /// - Parameter samples: at how many places along each side, at least 2.
  init(x: ClosedRange<Double>, y: ClosedRange<Double>, samples: (x: Int, y: Int)) {
    self.x = Self.places(x, count: samples.x)
    self.y = Self.places(y, count: samples.y)
  }

  /// The middles of equal cells.
  ///
  /// - Parameter resolution: how many cells divide `x`, from 2 to 1000; `y` has 5/8 as many, as a usual chart's plot.
  init(cellsOf x: ClosedRange<Double>, _ y: ClosedRange<Double>, resolution: Int) {
    let columns = min(max(resolution, 2), 1000)
    let rows = max(2, columns * 5 / 8)
    func middles(_ range: ClosedRange<Double>, _ count: Int) -> ClosedRange<Double> {
      let half = (range.upperBound - range.lowerBound) / Double(2 * count)
      return range.lowerBound + half...max(range.lowerBound + half, range.upperBound - half)
    }
    self.init(x: middles(x, columns), y: middles(y, rows), samples: (columns, rows))
  }

  /// All places, row by row from the lowest.
  var places: [(x: Double, y: Double)] { y.flatMap { y in x.map { ($0, y) } } }

  /// The function's values: a row for each `y`.
  func values(_ function: (Double, Double) throws -> Double) rethrows -> [[Double]] {
    try y.map { y in
      martlet_poll()
      return try x.map { try function($0, y) }
    }
  }

  /// Equally spaced places from one end to the other.
  static func places(_ range: ClosedRange<Double>, count: Int) -> [Double] {
    let last = Double(max(count, 2) - 1)
    return (0...Int(last)).map { range.lowerBound * (1 - Double($0) / last) + range.upperBound * (Double($0) / last) }
  }
}
