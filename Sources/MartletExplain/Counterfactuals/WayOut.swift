import CMartletRuntime
import MartletModels
import MartletNumerics

/// How far one feature would have to change, all others as they are, for a model to answer otherwise.
///
///     let ways = try WayOut.all(ModelFunction(model), applicant, background: x, featureNames: names)
///     ways.first?.description      // income: 2,100 → 2,893 gives 0.5
///
/// It says what the model would answer, not what a change would bring about in the world, and knows nothing of what people can
/// change.
///
/// Reference: Wachter, Mittelstadt and Russell (2018), Counterfactual explanations without opening the black box.
public struct WayOut: Sendable, Equatable, CustomStringConvertible {
  /// The feature's name.
  public let feature: String
  /// What it is.
  public let from: Double
  /// The nearest value with another answer, among those that occur.
  public let to: Double
  /// What the model answers then.
  public let prediction: Double
  /// The size of the change in standard deviations of the background.
  public let distance: Double

  /// The change and its outcome.
  public var description: String {
    let texts = [from, to, prediction].map { RateFormat.text($0) }
    return "\(feature): \(texts[0]) → \(texts[1]) gives \(texts[2])"
  }

  /// The nearest way out along each feature that has one, the shortest first.
  ///
  /// - Parameters:
  ///   - function: the model.
  ///   - sample: what it is asked about.
  ///   - background: samples whose values may be taken, shape `[m, features]`.
  ///   - output: a class by its name; `nil` for the only output, or the second of two classes.
  ///   - threshold: the other answer is on the other side of it: 0.5 for a probability.
  ///   - features: those that may change; `nil` for all.
  ///   - featureNames: one for each column.
  /// - Throws: ``FitError`` of kind `shape`, `parameter` or `table`.
  /// - Complexity: O(features · m) questions to the model.
  public static func all(
    _ function: ModelFunction<Matrix>, _ sample: [Double], background: Matrix, output: String? = nil,
    crossing threshold: Double = 0.5, features: [String]? = nil, featureNames: [String]? = nil
  ) throws(FitError) -> [WayOut] {
    let search = try WayOutSearch(function, sample, background, output, threshold, featureNames)
    var ways: [WayOut] = []
    let places = try search.places(of: features)
    let progress = FitProgress.begin("features", of: places.count)
    for place in places {
      martlet_poll()
      defer { progress?.advance() }
      if let way = try search.nearest(along: place) { ways.append(way) }
    }
    return ways.sorted { ($0.distance, $0.feature) < ($1.distance, $1.feature) }
  }
}

/// Looks for another answer among the values that a feature has in the background.
private struct WayOutSearch {
  let function: ModelFunction<Matrix>
  let sample: [Double]
  let background: Matrix
  let output: Int
  let threshold: Double
  let names: [String]
  let isAbove: Bool

  init(
    _ function: ModelFunction<Matrix>, _ sample: [Double], _ background: Matrix, _ output: String?, _ threshold: Double,
    _ names: [String]?
  ) throws(FitError) {
    try SampleChecks.shape(background)
    try SampleChecks.parameter(threshold.isFinite, "threshold", "a finite number", threshold)
    guard sample.count == background.shape[1] else {
      throw FitError(
        .shape, expected: "a sample of \(background.shape[1]) features, as the background", found: "\(sample.count)",
        advice: "Give one row: x.row(3).scalars.")
    }
    (self.function, self.sample, self.background, self.threshold) = (function, sample, background, threshold)
    self.output = try OutputNames.place(of: output, in: function.outputNames)
    self.names = try FeatureNames.checked(names ?? function.featureNames, count: sample.count)
    isAbove = try function(Matrix([sample]))[0, self.output] >= threshold
  }

  func places(of features: [String]?) throws(FitError) -> [Int] {
    guard let features else { return Array(names.indices) }
    var places: [Int] = []
    for name in features {
      guard let place = names.firstIndex(of: name) else {
        throw FitError(
          .table, expected: "one of the features \(names.joined(separator: ", "))", found: "'\(name)'",
          advice: "Check the spelling.")
      }
      places.append(place)
    }
    return places
  }

  /// What the model answers with these values of a feature.
  private func answers(_ feature: Int, _ values: [Double]) throws(FitError) -> [Double] {
    let rows = values.map { value in
      var row = sample
      row[feature] = value
      return row
    }
    return try function(Matrix(rows)).column(output).scalars
  }

  private func isOther(_ answer: Double) -> Bool { (answer >= threshold) != isAbove }

  func nearest(along feature: Int) throws(FitError) -> WayOut? {
    let column = background.column(feature).scalars.filter(\.isFinite)
    let values = Set(column).subtracting([sample[feature]]).sorted()
    guard !values.isEmpty, sample[feature].isFinite else { return nil }
    let answers = try answers(feature, values)
    let spread = standardDeviation(column, degreesOfFreedom: 0)
    var best: WayOut?
    for upwards in [false, true] {
      let side = values.indices.filter { upwards == (values[$0] > sample[feature]) }
      let order = upwards ? side : side.reversed()
      guard let first = order.firstIndex(where: { isOther(answers[$0]) }) else { continue }
      let inner = first > 0 ? values[order[first - 1]] : sample[feature]
      let found = (value: values[order[first]], answer: answers[order[first]])
      // Whole numbers stay whole.
      let isWhole = column.allSatisfy { $0 == $0.rounded() }
      let border = isWhole ? found : try refined(feature, inner: inner, outer: found)
      let distance = abs(border.value - sample[feature]) / (spread > 0 ? spread : 1)
      if distance < best?.distance ?? .infinity {
        best = WayOut(
          feature: names[feature], from: sample[feature], to: border.value, prediction: border.answer,
          distance: distance)
      }
    }
    return best
  }

  /// The border between the last value with the same answer and the first with another, by halving.
  private func refined(
    _ feature: Int, inner: Double, outer: (value: Double, answer: Double)
  ) throws(FitError) -> (value: Double, answer: Double) {
    var (inner, outer) = (inner, outer)
    for _ in 0..<50 {
      let middle = inner / 2 + outer.value / 2
      if middle == inner || middle == outer.value { break }
      let answer = try answers(feature, [middle])[0]
      if isOther(answer) { outer = (middle, answer) } else { inner = middle }
    }
    return outer
  }
}
