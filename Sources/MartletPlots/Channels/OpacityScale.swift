/// Turns quantities into opacities, the lowest nearly transparent and the highest opaque.
struct OpacityScale: Sendable {
  let scale: LinearScale
  private static let least = 0.15

  /// - Returns: `nil` where there is no quantity.
  init?(_ quantities: [Double]) {
    let finite = quantities.filter(\.isFinite)
    guard let lower = finite.min(), let upper = finite.max() else { return nil }
    scale = LinearScale(lower: lower, upper: upper, pixels: PixelSpan(start: 0, end: 1))
  }

  func opacity(of quantity: Double) -> Double {
    Self.least + (1 - Self.least) * min(max(scale.fraction(of: quantity), 0), 1)
  }
}
