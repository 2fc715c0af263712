import CMartletRuntime
import MartletFrames
import MartletModels
import MartletNumerics

/// How predictions change with one feature, the others staying as they are: for each sample, and on the mean.
///
///     let dependence = try partialDependence(ModelFunction(model), x, feature: "feature 2")
///     dependence.average                     // the mean prediction at each of dependence.grid
///     dependence.chart(showsSamples: true)   // a line for each sample: individual conditional expectation
///     dependence.centred                     // lines from 0, so that differences in shape show
///
/// Where features go together, the samples with one of them changed may be such as do not exist: see
/// ``accumulatedLocalEffects(_:_:feature:intervals:output:)``.
///
/// - Parameters:
///   - function: a model; of several outputs `output` is shown.
///   - x: samples.
///   - feature: a column of numbers; of a matrix `feature 0`, `feature 1`, ….
///   - resolution: how many values to try at most; where the feature has fewer, those. At least 2.
///   - range: the fractions of the samples between which values lie. (scikit-learn: `percentiles`)
///   - output: a class by its name; `nil` for the only output, or the second of two classes.
/// - Throws: ``FitError`` when there is no such column, or it is not of numbers.
/// - Complexity: one prediction of all samples for each value.
///
/// References: Friedman (2001), Greedy function approximation; Goldstein and others (2015), Peeking inside the black box.
public func partialDependence<Features: ChangeableFeatures>(
  _ function: ModelFunction<Features>, _ x: Features, feature: String, resolution: Int = 100,
  range: ClosedRange<Double> = 0.05...0.95, output: String? = nil
) throws(FitError) -> PartialDependence {
  let place = try OutputNames.place(of: output, in: function.outputNames)
  let column = try x.place(of: feature)
  let grid = try GridAxis.values(x, column, resolution, range)
  var answers: [Matrix] = []
  let progress = FitProgress.begin("values", of: grid.count)
  for value in grid {
    martlet_poll()
    defer { progress?.advance() }
    let changed = x.setting(feature: column, to: [Double](repeating: value, count: x.sampleCount))
    answers.append(try function(changed).column(place))
  }
  return PartialDependence(
    feature: feature, grid: grid, individual: Matrix.stacked(answers, axis: 1),
    outputName: function.outputNames[place])
}

/// How predictions change with two features at once, on the mean over the samples.
///
///     try partialDependence(ModelFunction(model), x, features: "feature 2", "feature 3").chart()
/// - Parameters:
///   - first: a column of numbers.
///   - second: another one.
///   - resolution: how many values of each to try at most; at least 2.
///   - range: the fractions of the samples between which values lie.
///   - output: a class by its name; `nil` for the only output, or the second of two classes.
/// - Throws: ``FitError`` when there is no such column, or it is not of numbers.
/// - Complexity: one prediction of all samples for each pair of values.
public func partialDependence<Features: ChangeableFeatures>(
  _ function: ModelFunction<Features>, _ x: Features, features first: String, _ second: String,
  resolution: Int = 20, range: ClosedRange<Double> = 0.05...0.95, output: String? = nil
) throws(FitError) -> PartialDependenceSurface {
  let place = try OutputNames.place(of: output, in: function.outputNames)
  let columns = (try x.place(of: first), try x.place(of: second))
  let (rows, values) = (
    try GridAxis.values(x, columns.0, resolution, range), try GridAxis.values(x, columns.1, resolution, range)
  )
  var means: [Double] = []
  let progress = FitProgress.begin("values", of: rows.count * values.count)
  for one in rows {
    let changed = x.setting(feature: columns.0, to: [Double](repeating: one, count: x.sampleCount))
    for two in values {
      martlet_poll()
      defer { progress?.advance() }
      let both = changed.setting(feature: columns.1, to: [Double](repeating: two, count: x.sampleCount))
      means.append(try function(both).column(place).mean())
    }
  }
  return PartialDependenceSurface(
    features: [first, second], grids: [rows, values], average: Matrix(means, shape: [rows.count, values.count]),
    outputName: function.outputNames[place])
}

/// The values of a feature that are tried.
enum GridAxis {
  static func values(
    _ x: some ChangeableFeatures, _ column: Int, _ resolution: Int, _ range: ClosedRange<Double>
  ) throws(FitError) -> [Double] {
    try SampleChecks.parameter(resolution > 1, "resolution", "at least 2", resolution)
    try SampleChecks.parameter(
      range.lowerBound >= 0 && range.upperBound <= 1 && range.lowerBound < range.upperBound, "range",
      "within 0...1 and not empty", range)
    let known = try numbers(x, column).filter { !$0.isNaN }
    let different = Set(known).sorted()
    guard different.count > 0 else {
      throw FitError(
        .tooFewSamples, expected: "values of \(x.columnNames[column])", found: "none", advice: "Add rows.")
    }
    if different.count < resolution { return different }
    let sorted = known.sorted()
    let (low, high) = (plotting(sorted, range.lowerBound), plotting(sorted, range.upperBound))
    guard abs(low - high) > 1e-8 + 1e-5 * abs(high) else {
      throw FitError(
        .parameter, expected: "a range whose ends differ", found: "\(low) at both", advice: "Widen the range.")
    }
    return Matrix.linspace(low, high, count: resolution).scalars
  }

  static func numbers(_ x: some ChangeableFeatures, _ column: Int) throws(FitError) -> [Double] {
    guard let numbers = try x.numbers(feature: column) else {
      throw FitError(
        .table, expected: "a column of numbers", found: "'\(x.columnNames[column])', which is not",
        advice: "Name a column of numbers.")
    }
    return numbers
  }

  /// Cunnane's quantile, which SciPy's `mquantiles` takes: the k-th of n values lies at (k − 0.4) / (n + 0.2).
  private static func plotting(_ sorted: [Double], _ fraction: Double) -> Double {
    let place = fraction * (Double(sorted.count) + 0.2) + 0.4
    let below = min(max(place.rounded(.down), 1), Double(max(sorted.count - 1, 1)))
    let share = min(max(place - below, 0), 1)
    let low = sorted[Int(below) - 1]
    return low + share * (sorted[min(Int(below), sorted.count - 1)] - low)
  }
}
