import Glibc

extension HypothesisTest {
  /// Whether values come from a bell curve: Shapiro and Wilk's test. (SciPy: `shapiro`)
  ///
  /// The statistic W, at most 1, compares the spread of the sorted values about a straight line of normal quantiles with
  /// their variance; a small W, and so a small p-value, speaks against a bell curve.
  ///
  ///     try HypothesisTest.shapiroWilk([2.1, 2.4, 1.9, 2.2, 2.3, 9.8]).pValue      // 0.00003…
  /// - Parameter values: from 3 to 5,000 finite values that are not all equal. Of very many values the test finds
  ///   departures that do not matter: look at ``Chart/quantileQuantile(_:)`` as well.
  /// - Complexity: O(n log n).
  ///
  /// Reference: Royston (1995), Algorithm AS R94.
  public static func shapiroWilk(_ values: [Double]) throws(StatisticsError) -> HypothesisTest {
    try StatisticsError.require(
      (3...5_000).contains(values.count) && values.allSatisfy(\.isFinite),
      "Shapiro and Wilk's test needs 3 to 5,000 finite values; found \(values.count).")
    // About the median, so that a common part of all values costs no digits.
    let middle = MartletNumerics.median(values)
    let sorted = values.map { $0 - middle }.sorted()
    let centre = mean(sorted)
    let squares = sorted.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
    try StatisticsError.require(squares > 0, "Shapiro and Wilk's test needs values that differ.")
    let weights = shapiroWeights(values.count)
    let slope = zip(sorted, weights).reduce(0) { $0 + $1.0 * $1.1 }
    let length = (weights.reduce(0) { $0 + $1 * $1 } * squares).squareRoot()
    // One less W, in a form that keeps its digits where W is nearly 1.
    let rest = max((length - slope) * (length + slope) / (length * length), 0)
    return HypothesisTest("Shapiro–Wilk test", 1 - rest, pValue: shapiroPValue(rest, values.count))
  }

  /// What each of the sorted values weighs: nearly the normal quantiles, scaled; the outer ones by Royston's polynomials.
  private static func shapiroWeights(_ count: Int) -> [Double] {
    if count == 3 { return [-0.5.squareRoot(), 0, 0.5.squareRoot()] }
    let half = count / 2
    let quantiles = (1...half).map { normalQuantile((Double($0) - 0.375) / (Double(count) + 0.25)) }
    let squares = 2 * quantiles.reduce(0) { $0 + $1 * $1 }
    let x = 1 / Double(count).squareRoot()
    let outer = polynomial([0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056], x)
    let second = polynomial([0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633], x)
    var fixed = [outer - quantiles[0] / squares.squareRoot()]
    if count > 5 { fixed.append(second - quantiles[1] / squares.squareRoot()) }
    let left = fixed.indices.reduce(squares) { $0 - 2 * quantiles[$1] * quantiles[$1] }
    let scale = (left / (1 - 2 * fixed.reduce(0) { $0 + $1 * $1 })).squareRoot()
    let upper = fixed + quantiles.dropFirst(fixed.count).map { -$0 / scale }
    return upper.map { -$0 } + (count.isMultiple(of: 2) ? [] : [0]) + upper.reversed()
  }

  /// A transformed W is nearly normal; for three values its distribution is known.
  private static func shapiroPValue(_ rest: Double, _ count: Int) -> Double {
    let n = Double(count)
    if count == 3 {
      return min(max(6 / Double.pi * (asin((1 - rest).squareRoot()) - asin(0.75.squareRoot())), 0), 1)
    }
    var y = log(rest)
    let centre: Double
    let spread: Double
    if count <= 11 {
      let bound = -2.273 + 0.459 * n
      if y >= bound { return 1e-99 }
      y = -log(bound - y)
      centre = polynomial([0.544, -0.39978, 0.025054, -6.714e-4], n)
      spread = exp(polynomial([1.3822, -0.77857, 0.062767, -0.0020322], n))
    } else {
      centre = polynomial([-1.5861, -0.31082, -0.083751, 0.0038915], log(n))
      spread = exp(polynomial([-0.4803, -0.082676, 0.0030302], log(n)))
    }
    return normalCDF((centre - y) / spread)
  }

  private static func polynomial(_ coefficients: [Double], _ x: Double) -> Double {
    coefficients.reversed().reduce(0) { $0 * x + $1 }
  }
}
