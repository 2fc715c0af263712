import MartletDisplay
import MartletFrames
import MartletModels
import MartletPlots

/// What a model relies on, how it answers to each feature, and why it answered as it did: one page to hand on.
///
///     let report = try ModelReport(
///       "Which tumours are malignant", ModelFunction(model), xTest,
///       importance: permutationImportance(model, xTest, yTest, scoring: .accuracy, seed: 0),
///       explanation: TreeExplainer(model).explain(xTest), samples: [0, 7])
///     try report.write(to: "tumours.html")
///
/// In a notebook it shows itself. Whom the model is for and what it must not be used for belongs in a ``ModelCard``.
public struct ModelReport: Sendable {
  /// A heading with a sentence and some charts.
  struct Section: Sendable {
    let title: String
    let text: String
    let charts: [Chart]
  }

  /// What the model is about.
  public let title: String
  let sections: [Section]

  /// - Parameters:
  ///   - title: what the model is about.
  ///   - function: the model.
  ///   - x: samples that it has not learned from.
  ///   - importance: how much worse the model is without each feature.
  ///   - explanation: of the same samples; `nil` leaves out why single samples are answered as they are.
  ///   - samples: which of them are shown one by one; needs an explanation.
  ///   - features: for how many of the most important features it is shown how predictions change; at least 0.
  ///   - output: a class by its name; `nil` for the only output, or the second of two classes.
  /// - Throws: ``FitError`` of kind `parameter` or `shape` for samples that are not there, or `table` for such a feature or
  ///   class; `ChartError` when there is nothing to draw.
  /// - Complexity: 100 predictions of all samples for each of `features`.
  public init<Features: ChangeableFeatures>(
    _ title: String, _ function: ModelFunction<Features>, _ x: Features, importance: MeasuredImportance,
    explanation: Explanation? = nil, samples: [Int] = [], features: Int = 4, output: String? = nil
  ) throws {
    try SampleChecks.parameter(features >= 0, "features", "of at least 0", features)
    let count = explanation?.sampleCount ?? 0
    try SampleChecks.parameter(
      samples.allSatisfy { 0..<count ~= $0 }, "samples", "below \(count), how many are explained", samples)
    self.title = title
    var sections = [try Self.reliance(importance, explanation)]
    let numeric = try importance.order.map { importance.featureNames[$0] }.filter { name in
      try x.columnNames.firstIndex(of: name).map { try x.numbers(feature: $0) != nil } ?? false
    }
    if features > 0, !numeric.isEmpty {
      let charts = try numeric.prefix(features).map { name in
        try partialDependence(function, x, feature: name, output: output).chart()
      }
      sections.append(
        Section(
          title: "How predictions change with one feature",
          text: "The mean prediction when all samples get the same value and keep their other features.", charts: charts
        ))
    }
    if let explanation, !samples.isEmpty {
      let charts = try samples.map { try explanation.waterfall($0).title("Sample \($0)") }
      sections.append(
        Section(
          title: "Why samples are answered as they are",
          text: "From the mean prediction, one step for each feature, to what the model answers for the sample.",
          charts: charts))
    }
    self.sections = sections
  }

  private static func reliance(_ importance: MeasuredImportance, _ explanation: Explanation?) throws -> Section {
    let first = importance.order[0]
    let numbers = FrameNumberFormat.texts([importance.baseline, importance.means[first]])
    let charts = [try importance.chart()] + (try explanation.map { [try $0.beeswarm()] } ?? [])
    return Section(
      title: "What the model relies on",
      text: "\(importance.metric) is \(numbers[0]); without \(importance.featureNames[first]) it is worse by "
        + "\(numbers[1]).", charts: charts)
  }

  /// Writes the report as a page of its own; the path ends with `.html`.
  /// - Throws: ``FitError`` of kind `parameter` for another ending, or when the file cannot be written.
  public func write(to path: String) throws(FitError) {
    try PageFile.write(to: path, ["html": PageFile.page(html)])
  }
}

extension ModelReport: RichDisplayable, CustomStringConvertible {
  /// The report as a piece of HTML; every text is escaped.
  public var html: String {
    let parts = sections.map { section in
      let pictures = section.charts.map(\.svg).joined()
      return "<section><h3>\(section.title.htmlEscaped)</h3><p>\(section.text.htmlEscaped)</p>"
        + "<div style=\"display:flex;flex-wrap:wrap;gap:16px\">\(pictures)</div></section>"
    }
    return "<article style=\"font-family:sans-serif\"><h2>\(title.htmlEscaped)</h2>\(parts.joined())</article>"
  }

  /// The report's sentences.
  public var description: String {
    ([title] + sections.map { "\($0.title): \($0.text)" }).joined(separator: "\n")
  }

  /// The report as HTML, and its sentences.
  public func displayBundle() -> DisplayBundle { [.plainText: .text(description), .html: .text(html)] }
}
