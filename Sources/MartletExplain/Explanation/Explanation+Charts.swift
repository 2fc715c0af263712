import MartletModels
import MartletNumerics
import MartletPlots

extension Explanation {
  private var subtitle: String { "\(outputName), \(sampleCount) samples" }

  /// A dot for each feature of each sample: where it moves the prediction, coloured by the feature's value.
  /// - Parameter limit: how many features to show at most.
  /// - Throws: `ChartError` when there are no samples.
  public func beeswarm(limit: Int = 12) throws(ChartError) -> Chart {
    try Chart.shapBeeswarm(values: values, features: data, names: featureNames, limit: limit)
      .subtitle(subtitle)
  }

  /// A bar for each feature: how much it moves predictions on the mean, whichever way.
  /// - Parameter limit: how many features to show at most.
  /// - Throws: `ChartError` when there are no features.
  public func bar(limit: Int = 12) throws(ChartError) -> Chart {
    try Chart.featureImportance(featureNames, meanAbsoluteValues, limit: limit)
      .title("What moves the predictions").xLabel("mean size of the contribution")
  }

  /// How one prediction comes about, from the mean prediction step by step.
  /// - Parameters:
  ///   - sample: its place.
  ///   - limit: how many features have a bar of their own.
  /// - Throws: `ChartError`; stops the cell when there is no such sample.
  public func waterfall(_ sample: Int, limit: Int = 10) throws(ChartError) -> Chart {
    try Chart.shapWaterfall(
      values: values.row(sample).scalars, base: baseValue, names: featureNames, features: data.row(sample).scalars,
      limit: limit)
  }

  /// One prediction as a tug of war: what raises it pushes from the left, what lowers it from the right.
  /// - Parameters:
  ///   - sample: its place.
  ///   - limit: how many features have a piece of their own.
  /// - Throws: `ChartError`; stops the cell when there is no such sample.
  public func force(_ sample: Int, limit: Int = 8) throws(ChartError) -> Chart {
    try Chart.shapForce(
      values: values.row(sample).scalars, base: baseValue, names: featureNames, features: data.row(sample).scalars,
      limit: limit)
  }

  /// How a feature's contribution depends on its value: a dot for each sample.
  ///
  ///     try explanation.scatter("age", colour: "sex")
  /// - Parameters:
  ///   - feature: by its name.
  ///   - other: a feature that colours the dots: where it spreads them, the two act together. `nil` for the one whose
  ///     values go along best with what the first leaves open.
  /// - Throws: ``FitError`` of kind `table` when there is no such feature.
  public func scatter(_ feature: String, colour other: String? = nil) throws(FitError) -> Chart {
    let place = try place(of: feature)
    let partner = try other.map { name throws(FitError) in try self.place(of: name) } ?? strongestPartner(of: place)
    let (x, y) = (data.column(place).scalars, values.column(place).scalars)
    let chart: Chart
    if let partner {
      chart = Chart {
        RuleMark(y: 0)
        PointMark(x: x, y: y, color: PlotColumn(numbers: data.column(partner).scalars, name: featureNames[partner]))
      }
    } else {
      chart = Chart {
        RuleMark(y: 0)
        PointMark(x: x, y: y)
      }
    }
    return chart.title("What \(feature) adds to \(outputName)").xLabel(feature).yLabel("contribution")
  }

  /// The feature whose values go along best with the feature's contributions among samples of like value.
  func strongestPartner(of feature: Int) -> Int? {
    let sorted = data.column(feature).scalars.enumerated().sorted { ($0.element, $0.offset) < ($1.element, $1.offset) }
    let size = max(min(sorted.count / 10, 50), 4)
    let groups = stride(from: 0, to: sorted.count - size + 1, by: size).map { start in
      sorted[start..<start + size].map(\.offset)
    }
    let strengths = featureNames.indices.map { other in
      other == feature
        ? -1
        : groups.reduce(0.0) { sum, rows in
          let agreement = correlation(rows.map { values[$0, feature] }, rows.map { data[$0, other] })
          return sum + (agreement.isFinite ? abs(agreement) : 0)
        }
    }
    guard let best = strengths.indices.max(by: { strengths[$0] < strengths[$1] }), strengths[best] > 0 else {
      return nil
    }
    return best
  }

  /// A line for each sample, from the mean prediction at the bottom to its own at the top, feature by feature.
  /// - Parameter limit: how many features to show; the weaker ones are taken together at the bottom.
  /// - Throws: `ChartError` when there are no samples.
  public func decision(limit: Int = 15) throws(ChartError) -> Chart {
    try Chart.shapDecision(values: values, base: baseValue, names: featureNames, limit: limit).subtitle(subtitle)
  }
}
