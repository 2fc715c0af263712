/// Weights of samples as the likelihoods of drawing them.
enum DrawShares {
  /// Shares that add up to 1; `nil` where all are equal.
  static func of(_ weights: [Double]?) -> [Double]? {
    guard let weights, let largest = weights.max(), weights.contains(where: { $0 != largest }) else { return nil }
    // Divided by the largest first, so that the sum stays finite.
    let scaled = weights.map { $0 / largest }
    let sum = scaled.reduce(0, +)
    return scaled.map { $0 / sum }
  }
}
