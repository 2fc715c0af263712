import Glibc

/// Normal and exponential numbers from a stack of layers of equal area under their curve: nearly always one layer, one
/// product and one comparison.
///
/// Reference: Marsaglia and Tsang (2000), The ziggurat method for generating random variables.
enum Ziggurat {
  private struct Layers: Sendable {
    let bounds: [UInt64]
    let widths, heights: [Double]

    init(_ bounds: [UInt64], _ widths: [UInt64], _ heights: [UInt64]) {
      self.bounds = bounds
      self.widths = widths.map { Double(bitPattern: $0) }
      self.heights = heights.map { Double(bitPattern: $0) }
    }
  }

  private static let normalLayers = Layers(
    ZigguratTables.normalBounds, ZigguratTables.normalWidths, ZigguratTables.normalHeights)
  private static let exponentialLayers = Layers(
    ZigguratTables.exponentialBounds, ZigguratTables.exponentialWidths, ZigguratTables.exponentialHeights)
  /// Where the tails begin.
  private static let normalEdge = 3.6541528853610087963519472518
  private static let normalEdgeInverse = 0.27366123732975827203338247596
  private static let exponentialEdge = 7.69711747013104972

  static func normal(_ random: inout some SeededGenerator) -> Double {
    let layers = normalLayers
    while true {
      let bits = random.next()
      let layer = Int(truncatingIfNeeded: bits & 0xff)
      let place = bits >> 9 & 0xf_ffff_ffff_ffff
      let x = Double(place) * layers.widths[layer] * (bits >> 8 & 1 == 0 ? 1 : -1)
      if place < layers.bounds[layer] { return x }
      if layer > 0 {
        let height = layers.heights[layer]
        if (layers.heights[layer - 1] - height) * random.uniform() + height < exp(-0.5 * x * x) { return x }
        continue
      }
      while true {
        let beyond = -normalEdgeInverse * log1p(-random.uniform())
        let y = -log1p(-random.uniform())
        if y + y > beyond * beyond {
          return place >> 8 & 1 == 0 ? normalEdge + beyond : -(normalEdge + beyond)
        }
      }
    }
  }

  static func exponential(_ random: inout some SeededGenerator) -> Double {
    let layers = exponentialLayers
    while true {
      let bits = random.next() >> 3
      let layer = Int(truncatingIfNeeded: bits & 0xff)
      let place = bits >> 8
      let x = Double(place) * layers.widths[layer]
      if place < layers.bounds[layer] { return x }
      if layer == 0 { return exponentialEdge - log1p(-random.uniform()) }
      let height = layers.heights[layer]
      if (layers.heights[layer - 1] - height) * random.uniform() + height < exp(-x) { return x }
    }
  }
}
