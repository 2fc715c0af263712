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
