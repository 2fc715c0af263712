import CMartletRuntime
import MartletDisplay
import MartletFrames
import MartletModels
import MartletNumerics
import MartletPlots

/// How predictions change with one feature, among samples that have about its value: fair where features go together.
///
///     try accumulatedLocalEffects(ModelFunction(model), x, feature: "feature 2").chart()
///
/// The feature is cut at its quantiles. Within each interval the samples are moved from its lower to its upper end, and
/// the mean change of the prediction is added up from interval to interval; the sum is shifted so that its mean over the
/// samples is 0.
///
/// - Parameters:
///   - function: a model; of several outputs `output` is shown.
///   - x: samples.
///   - feature: a column of numbers; of a matrix `feature 0`, `feature 1`, ….
///   - intervals: into how many to cut at most, at least 1; fewer where values repeat.
///   - output: a class by its name; `nil` for the only output, or the second of two classes.
/// - Throws: ``FitError`` when there is no such column, it is not of numbers, or has only one value.
/// - Complexity: two predictions of all samples.
///
/// Reference: Apley and Zhu (2020), Visualizing the effects of predictor variables in black box supervised learning models.
public func accumulatedLocalEffects<Features: ChangeableFeatures>(
  _ function: ModelFunction<Features>, _ x: Features, feature: String, intervals: Int = 20, output: String? = nil
) throws(FitError) -> AccumulatedLocalEffects {
  try SampleChecks.parameter(intervals > 0, "intervals", "at least 1", intervals)
  let place = try OutputNames.place(of: output, in: function.outputNames)
  let column = try x.place(of: feature)
  let values = try GridAxis.numbers(x, column)
  try SampleChecks.finite(values, "feature", width: 1)
  let cuts = quantiles(values, (0...intervals).map { Double($0) / Double(intervals) })
  let edges = Set(cuts).sorted()
  guard edges.count > 1 else {
    throw FitError(
      .parameter, expected: "a feature with different values", found: "only \(edges.first ?? .nan) as '\(feature)'",
      advice: "Take another feature.")
  }
  // The interval of each sample: above its lower end and up to its upper one; the smallest value is in the first.
  let own = values.map { value in max((edges.firstIndex { value <= $0 } ?? edges.count - 1) - 1, 0) }
  martlet_poll()
  let low = try function(x.setting(feature: column, to: own.map { edges[$0] })).column(place).scalars
  let high = try function(x.setting(feature: column, to: own.map { edges[$0 + 1] })).column(place).scalars
  var (sums, counts) = ([Double](repeating: 0, count: edges.count - 1), [Int](repeating: 0, count: edges.count - 1))
  for (sample, interval) in own.enumerated() {
    sums[interval] += high[sample] - low[sample]
    counts[interval] += 1
  }
  var effects = [0.0]
  for (sum, count) in zip(sums, counts) {
    effects.append(effects[effects.count - 1] + (count > 0 ? sum / Double(count) : 0))
  }
  let middle = counts.indices.reduce(0.0) { $0 + Double(counts[$1]) * (effects[$1] + effects[$1 + 1]) / 2 }
  let shift = middle / Double(values.count)
  return AccumulatedLocalEffects(
    feature: feature, edges: edges, effects: effects.map { $0 - shift }, counts: counts,
    outputName: function.outputNames[place])
}

/// What ``accumulatedLocalEffects(_:_:feature:intervals:output:)`` has found.
public struct AccumulatedLocalEffects: Sendable, Equatable {
  /// The feature.
  public let feature: String
  /// The ends of the intervals, ascending.
  public let edges: [Double]
  /// How far predictions are from their mean at each of ``edges``.
  public let effects: [Double]
  /// How many samples each interval has.
  public let counts: [Int]
  /// Which of the model's outputs is shown.
  public let outputName: String

  /// A row for each edge: the feature and its `effect`.
  public var frame: DataFrame {
    let values = AnyColumn(Column(feature, edges))
    return TableNames.frame([values, AnyColumn(Column(TableNames.distinct("effect", [values]), effects))])
  }

  /// The effect over the values.
  public func chart() -> Chart {
    Chart {
      RuleMark(y: 0).dashed().color(.gray)
      LineMark(x: edges, y: effects).lineWidth(3)
    }.title("The effect of \(feature)").xLabel(feature).yLabel("change of \(outputName)")
  }
}

extension AccumulatedLocalEffects: RichDisplayable {
  /// The chart.
  public func displayBundle() -> DisplayBundle { chart().displayBundle() }
}
