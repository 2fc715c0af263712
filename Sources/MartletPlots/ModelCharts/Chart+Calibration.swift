import Glibc

extension Chart {
  /// Whether predicted probabilities can be believed: how often what was given 70 % came true.
  ///
  ///     try Chart.calibration(labels: yTest, probabilities: probabilities)
  ///
  /// On the diagonal, probabilities are what they claim. A dot's size tells how many rows its bin has; pointing at it
  /// tells the numbers.
  ///
  /// - Parameters:
  ///   - labels: whether each row is positive.
  ///   - probabilities: of each row to be positive, from 0 to 1.
  ///   - bins: into how many intervals the probabilities are divided; default 10.
  ///   - intervals: equally wide ones, or ones with equally many rows; default equally wide.
  ///   - isLogarithmic: whether both axes are logarithmic, for rare events; bins without a positive row have no place there.
  /// - Throws: `ChartError` when the lists do not fit.
  public static func calibration(
    labels: [Bool], probabilities: [Double], bins: Int = 10, intervals: CalibrationIntervals = .equalWidth,
    isLogarithmic: Bool = false
  ) throws(ChartError) -> Chart {
    try calibration(
      labels: labels, models: ["": probabilities], bins: bins, intervals: intervals, isLogarithmic: isLogarithmic)
  }

  /// The calibration of several classifiers, by name.
  public static func calibration(
    labels: [Bool], models: KeyValuePairs<String, [Double]>, bins: Int = 10,
    intervals: CalibrationIntervals = .equalWidth, isLogarithmic: Bool = false
  ) throws(ChartError) -> Chart {
    var marks: [any Mark] = []
    var least = 1.0
    for (index, (name, probabilities)) in models.enumerated() {
      let curve = try CalibrationBins(
        labels: labels, probabilities: probabilities, count: bins, intervals: intervals)
      // A logarithmic axis has no place for bins in which nothing came true; their dots are counted as left out.
      let drawn = curve.counts.indices.filter { !isLogarithmic || (curve.predicted[$0] > 0 && curve.observed[$0] > 0) }
      least = min(least, drawn.map { min(curve.predicted[$0], curve.observed[$0]) }.min() ?? 1)
      let most = Double(curve.counts.max() ?? 1)
      let label = name.isEmpty ? nil : name
      let color = Palette.okabeIto[index]
      marks.append(
        LineMark(x: drawn.map { curve.predicted[$0] }, y: drawn.map { curve.observed[$0] }, label: label).color(color))
      for bin in curve.counts.indices {
        let size = 5 + 9 * (Double(curve.counts[bin]) / most).squareRoot()
        marks.append(
          PointMark(x: curve.predicted[bin], y: curve.observed[bin], label: label, size: size).color(color))
      }
    }
    let start = isLogarithmic ? pow(10, min(log10(least).rounded(.down), -1)) : 0
    let diagonal = LineMark(x: [start, 1], y: [start, 1]).dashed().color(.gray).lineWidth(1.25)
    let scale = isLogarithmic ? ScaleKind.log : .linear
    return try Chart(NoTable()) { [diagonal] + marks }.title("Calibration").xLabel("mean predicted probability")
      .yLabel("share of positive rows").xDomain(start...1).yDomain(start...1).xScale(scale).yScale(scale)
      .usualSize(width: 440, height: 460)
  }
}
