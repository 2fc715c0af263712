/// Quantiles in which some values count more.
enum WeightedQuantile {
  /// The value below which a fraction of the weight lies.
  ///
  /// - Parameters:
  ///   - weights: one for each value, at least 0, with a positive sum.
  ///   - fraction: from 0 to 1.
  ///   - averages: whether the mean of two neighbours is taken where the fraction falls between them, or the lower one.
  static func of(_ values: [Double], _ weights: [Double], _ fraction: Double, averages: Bool = true) -> Double {
    of(values, weights, [fraction], averages: averages)[0]
  }

  /// The same for several fractions, which may not fall.
  static func of(_ values: [Double], _ weights: [Double], _ fractions: [Double], averages: Bool = true) -> [Double] {
    let order = values.indices.filter { weights[$0] > 0 }.sorted { values[$0] < values[$1] }
    guard let last = order.last else { return fractions.map { _ in .nan } }
    let total = order.reduce(0) { $0 + weights[$1] }
    var (place, below) = (0, weights[order[0]])
    return fractions.map { fraction in
      let target = fraction * total
      // As much as rounding makes of a sum of weights is nothing.
      let rounding = 1e-12 * max(target, 1)
      while below < target - rounding, place + 1 < order.count {
        place += 1
        below += weights[order[place]]
      }
      let value = values[order[place]]
      let isBetween = averages && abs(below - target) <= rounding && values[last] != value
      return isBetween ? (value + values[order[place + 1]]) / 2 : value
    }
  }
}
