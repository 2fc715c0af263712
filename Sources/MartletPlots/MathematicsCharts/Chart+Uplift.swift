import MartletNumerics

extension Chart {
  /// What an A/B test tells of the difference between its two variants: how likely each difference is.
  ///
  ///     Chart.uplift(ABTest(successes: (120, 150), trials: (1000, 1000)))
  ///
  /// The area above 0 is the chance that the second variant is better. Differences are in points of the rate: 3 for 15 %
  /// after 12 %.
  public static func uplift(_ test: ABTest) -> Chart {
    let (a, b) = test.posteriors
    let middle = b.mean - a.mean
    let spread = (a.variance + b.variance).squareRoot()
    let (low, high) = (max(-1, middle - 4.5 * spread), min(1, middle + 4.5 * spread))
    let grid = (0...240).map { low + (high - low) * Double($0) / 240 }
    let (losses, gains) = (
      grid.filter { $0 < 0 } + (low < 0 ? [0] : []), (high > 0 ? [0] : []) + grid.filter { $0 > 0 }
    )
    func area(_ differences: [Double], _ label: String) -> AreaMark {
      AreaMark(
        x: differences.map { 100 * $0 }, y: differences.map { test.differencePDF($0) / 100 }, label: label)
    }
    let interval = test.differenceInterval()
    let points = [interval.lowerBound, interval.upperBound].map { NumberText.short((10_000 * $0).rounded() / 100) }
    let chance = NumberText.fixed(100 * test.probabilityThatSecondIsBetter, decimals: 1)
    return Chart {
      if losses.count > 1 { area(losses, "first is better").color(.vermilion).opacity(0.6) }
      if gains.count > 1 { area(gains, "second is better").color(.blue).opacity(0.6) }
      RuleMark(x: 0)
      RuleMark(x: 100 * test.difference, label: "seen").dashed()
    }
    .title("The second is better with a chance of \(chance) %")
    .subtitle("95 % interval from \(points[0]) to \(points[1]) points").xLabel("difference, points").yLabel("density")
  }
}
