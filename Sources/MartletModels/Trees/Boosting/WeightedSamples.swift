/// Means and quantiles of samples of which each counts as much as its weight.
enum WeightedSamples {
  /// The mean; weights have a positive sum.
  static func mean(_ values: [Double], _ weights: [Double]?) -> Double {
    guard let weights else { return values.reduce(0, +) / Double(values.count) }
    return zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
  }

  /// A value with at most `quantile` of the weight below it and at most the rest above; half-way between two where both
  /// would do. Without weights it is linear between neighbours, as NumPy's `quantile`.
  static func quantile(_ values: [Double], _ weights: [Double]?, _ quantile: Double) -> Double {
    guard let weights else {
      let sorted = values.sorted()
      let place = quantile * Double(sorted.count - 1)
      let low = Int(place)
      let high = min(low + 1, sorted.count - 1)
      return sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low])
    }
    return WeightedQuantile.of(values, weights, quantile)
  }
}
