/// The arithmetic mean; NaN when there are no values.
///
///     mean([1, 2, 6])      // 3.0
public func mean(_ values: some Collection<Double>) -> Double { Matrix(Array(values)).mean() }

/// The variance: the mean squared distance from the mean, with `n - degreesOfFreedom` as divisor.
///
///     variance([1, 2, 6])                               // 4.666666666666667
///     variance([1, 2, 6], degreesOfFreedom: 1)          // 7.0
/// - Parameter degreesOfFreedom: 0 describes these values; 1 estimates the variance of what they were drawn from.
public func variance(_ values: some Collection<Double>, degreesOfFreedom: Int = 0) -> Double {
  Matrix(Array(values)).variance(degreesOfFreedom: degreesOfFreedom)
}

/// The standard deviation: the square root of the ``variance(_:degreesOfFreedom:)``, in the values' own unit.
public func standardDeviation(_ values: some Collection<Double>, degreesOfFreedom: Int = 0) -> Double {
  variance(values, degreesOfFreedom: degreesOfFreedom).squareRoot()
}

/// The value below which a fraction of the values lie, interpolated between the two nearest; NaN when there are none.
///
///     quantile([1, 2, 3, 4], 0.25)      // 1.75
/// - Parameter fraction: 0 for the smallest up to 1 for the largest; stops the cell outside. (NumPy: method `linear`)
/// - Complexity: O(n log n).
public func quantile(_ values: some Collection<Double>, _ fraction: Double) -> Double {
  quantiles(values, [fraction])[0]
}

/// Several quantiles of the same values, which are sorted once.
public func quantiles(_ values: some Collection<Double>, _ fractions: [Double]) -> [Double] {
  if let wrong = fractions.first(where: { !(0...1).contains($0) }) {
    fatalError("A quantile's fraction lies between 0 and 1; found \(wrong).")
  }
  // As an array, since sorting an unknown collection is ten times as slow.
  var sorted = Array(values)
  guard !sorted.isEmpty, !sorted.contains(where: \.isNaN) else { return fractions.map { _ in .nan } }
  sorted.sort()
  return fractions.map { fraction in
    let place = fraction * Double(sorted.count - 1)
    let lower = Int(place)
    let upper = min(lower + 1, sorted.count - 1)
    return sorted[lower] + (sorted[upper] - sorted[lower]) * (place - Double(lower))
  }
}

/// The middle value, or the mean of the two in the middle; NaN when there are none.
///
///     median([3, 1, 2, 10])      // 2.5
public func median(_ values: some Collection<Double>) -> Double { quantile(values, 0.5) }

/// Pearson's correlation: 1 when the points lie on a rising line, -1 on a falling one, near 0 when neither tells of
/// the other.
///
///     correlation([1, 2, 3], [2, 4, 6])      // 1.0
///
/// NaN when one side does not vary. Stops the cell when the counts differ.
public func correlation(_ x: some Collection<Double>, _ y: some Collection<Double>) -> Double {
  guard x.count == y.count else { fatalError("correlation needs pairs: x has \(x.count) values, y has \(y.count).") }
  let (dx, dy) = (Matrix(Array(x)) - mean(x), Matrix(Array(y)) - mean(y))
  return (dx * dy).sum() / ((dx * dx).sum() * (dy * dy).sum()).squareRoot()
}
