/// Lengths with the same key, one on the other: positive ones upwards from zero, negative ones downwards.
struct Stack: Sendable {
  /// From where to where each length reaches, in the order in which they were given; NaN where there is none.
  let intervals: [(from: Double, to: Double)]

  /// - Parameters:
  ///   - keys: what stands where; lengths without a key have no interval.
  ///   - lengths: in the data's unit; `nil` or not finite for none.
  ///   - isNormalized: whether the lengths of a key are divided by the sum of their magnitudes.
  init(keys: [PlotValue?], lengths: [Double?], isNormalized: Bool = false) {
    var totals: [PlotValue: Double] = [:]
    if isNormalized {
      for case (let key?, let length?) in zip(keys, lengths) where length.isFinite {
        totals[key, default: 0] += abs(length)
      }
    }
    var up: [PlotValue: Double] = [:]
    var down: [PlotValue: Double] = [:]
    intervals = zip(keys, lengths).map { key, length in
      guard let key, var length, length.isFinite else { return (.nan, .nan) }
      if let total = totals[key] { length = total > 0 ? length / total : 0 }
      let start = (length < 0 ? down[key] : up[key]) ?? 0
      if length < 0 { down[key] = start + length } else { up[key] = start + length }
      return (start, start + length)
    }
  }
}
