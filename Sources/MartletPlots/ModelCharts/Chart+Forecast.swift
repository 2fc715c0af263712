extension Chart {
  /// How a series goes on: its past, what is expected, and the band in which it will lie.
  ///
  ///     let (lower, upper) = forecast.interval(0.9)
  ///     try Chart.forecast(history: past, mean: forecast.mean, lower: lower, upper: upper, actual: test)
  ///
  /// - Parameters:
  ///   - history: the values so far.
  ///   - mean: what is expected of the next ones.
  ///   - lower, upper: the edges of the band, one for each of them.
  ///   - actual: what happened, as far as it is known.
  ///   - shown: how many of the last values of the history are drawn; by default four times as many as are expected.
  ///   - start: the place of the history's first value on the horizontal axis, such as a year.
  ///   - step: how far apart values are there, such as 1/12 of a year.
  /// - Throws: `ChartError` when the lists do not fit.
  public static func forecast(
    history: [Double], mean: [Double], lower: [Double], upper: [Double], actual: [Double] = [], shown: Int? = nil,
    start: Double = 0, step: Double = 1
  ) throws(ChartError) -> Chart {
    try ChartError.requirePairs(
      "A forecast", ["the mean": mean.count, "the lower edge": lower.count, "the upper edge": upper.count])
    try ChartError.require(!history.isEmpty, "A forecast needs at least one value of the past.")
    let count = min(history.count, max(1, shown ?? 4 * mean.count))
    func places(_ range: Range<Int>) -> [Double] { range.map { start + step * Double($0) } }
    let (past, next) = (history.count - count..<history.count, history.count..<history.count + mean.count)
    let last = history[history.count - 1]
    return try Chart(NoTable()) {
      LineMark(x: places(past), y: Array(history.suffix(count)), label: "history")
      AreaMark(x: places(next), y: upper, from: lower, label: "forecast").opacity(0.25)
      // From the last value on, so that there is no gap.
      LineMark(x: places(history.count - 1..<next.upperBound), y: [last] + mean, label: "forecast")
      if !actual.isEmpty {
        LineMark(x: places(history.count..<history.count + actual.count), y: actual, label: "what happened").dashed()
      }
    }.title("Forecast")
  }
}
