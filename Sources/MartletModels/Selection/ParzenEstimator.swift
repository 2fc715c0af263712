import Foundation
import MartletNumerics

/// How dense points of the unit cube are, one dimension at a time: a normal distribution about each, cut at the borders.
struct ParzenEstimator {
  private let dimensions: [SearchDimension]
  /// For each dimension the middles and widths of its normal distributions, or the shares of a choice's values.
  private let parts: [[(middle: Double, width: Double)]]

  init(_ points: [[Double]], _ dimensions: [SearchDimension]) {
    self.dimensions = dimensions
    parts = dimensions.indices.map { place in
      let own = points.map { $0[place] }
      if case .choice(let count) = dimensions[place] { return Self.shares(own, count) }
      return Self.normals(own)
    }
  }

  /// As wide as the farther of the neighbours is away, and a wide one in the middle for places where no point is.
  private static func normals(_ own: [Double]) -> [(middle: Double, width: Double)] {
    let sorted = own.sorted()
    let least = 1 / Double(min(100, own.count + 2))
    let around = sorted.indices.map { place in
      let before = place > 0 ? sorted[place - 1] : 0
      let after = place + 1 < sorted.count ? sorted[place + 1] : 1
      return (middle: sorted[place], width: min(max(sorted[place] - before, after - sorted[place], least), 1))
    }
    return around + [(middle: 0.5, width: 1)]
  }

  /// How often each value was, and once more for all of them together.
  private static func shares(_ own: [Double], _ count: Int) -> [(middle: Double, width: Double)] {
    let counts = own.reduce(into: [Double](repeating: 1 / Double(count), count: count)) {
      $0[SearchDimension.place($1, of: count)] += 1
    }
    return counts.enumerated().map { value, times in
      (middle: (Double(value) + 0.5) / Double(count), width: times / Double(own.count + 1))
    }
  }

  func draw(_ random: inout PCG64) -> [Double] {
    dimensions.indices.map { place in
      let own = parts[place]
      if case .choice = dimensions[place] {
        var rest = random.uniform()
        let found = own.first { part in
          rest -= part.width
          return rest < 0
        }
        return (found ?? own[own.count - 1]).middle
      }
      let part = own[random.integer(below: own.count)]
      // At least a third of each normal distribution is inside; what never is ends at the border.
      for _ in 0..<20 {
        let drawn = part.middle + part.width * random.standardNormal()
        if (0...1).contains(drawn) { return drawn }
      }
      return part.middle
    }
  }

  func logDensity(_ point: [Double]) -> Double {
    dimensions.indices.reduce(0) { sum, place in
      let own = parts[place]
      if case .choice(let count) = dimensions[place] {
        return sum + log(own[SearchDimension.place(point[place], of: count)].width)
      }
      let density = own.reduce(0) { sum, part in
        let z = (point[place] - part.middle) / part.width
        let inside = normalCDF((1 - part.middle) / part.width) - normalCDF(-part.middle / part.width)
        return sum + exp(-z * z / 2) / (part.width * inside)
      }
      return sum + log(density / Double(own.count))
    }
  }
}
