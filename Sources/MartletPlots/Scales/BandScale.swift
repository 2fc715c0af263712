/// A band of its own for every name, in order.
struct BandScale: PositionScale {
  let categories: [String]
  let pixels: PixelSpan
  /// The share of a band that stays empty.
  let gap: Double
  private let indices: [String: Int]

  init(categories: [String], gap: Double, pixels: PixelSpan) {
    self.categories = categories
    self.gap = gap
    self.pixels = pixels
    indices = Dictionary(zip(categories, 0...), uniquingKeysWith: { first, _ in first })
  }

  /// The distance between the middles of two bands.
  var step: Double { pixels.length / Double(max(1, categories.count)) }
  var bandwidth: Double { step * (1 - gap) }

  /// The middle of the value's band.
  func position(of value: PlotValue) -> Double? {
    guard let index = value.text.flatMap({ indices[$0] }) else { return nil }
    return pixels.at((Double(index) + 0.5) / Double(categories.count))
  }

  /// One tick for every band: leaving some out is the axis's decision, when their labels do not fit.
  func ticks(atMost count: Int) -> [Tick] {
    categories.compactMap { name in
      position(of: .category(name)).map { Tick(position: $0, label: name, hasGridLine: false) }
    }
  }

  func over(_ pixels: PixelSpan) -> BandScale { BandScale(categories: categories, gap: gap, pixels: pixels) }
}
