import MartletModels
import MartletPlots

extension ChartGrid {
  /// What topics are about: the likeliest words of each, with how probable they are in it.
  ///
  ///     let counts = try CountVectorizer(stopWords: .english).fit(texts)
  ///     let model = try LatentDirichletAllocation(topics: 6, seed: 0).fit(counts.transform(texts))
  ///     try ChartGrid.topics(model, words: counts.featureNames)
  ///
  /// Words that lead several topics tell them apart badly: more stop words, or another number of topics, may help.
  ///
  /// - Parameters:
  ///   - model: topics that were learned.
  ///   - words: a name for each column of the counts.
  ///   - count: how many words of each topic; at least 1.
  ///   - columns: how many charts side by side; at least 1.
  /// - Throws: ``FitError`` of kind `shape` when the words do not fit, or `parameter`; `ChartError` never.
  public static func topics(
    _ model: LatentDirichletAllocation.Model, words: [String], count: Int = 8, columns: Int = 3
  ) throws -> ChartGrid {
    try SampleChecks.parameter(count > 0, "count", "above 0", count)
    try SampleChecks.parameter(columns > 0, "columns", "above 0", columns)
    let names = try FeatureNames.checked(words, count: model.components.shape[1])
    let probabilities = model.wordProbabilities
    let charts = try model.topPlaces(count).enumerated().map { topic, places in
      try Chart.featureImportance(
        places.map { names[$0] }, places.map { probabilities[topic, $0] }, limit: count
      ).title("Topic \(topic)").xLabel("probability")
    }
    return ChartGrid(
      stride(from: 0, to: charts.count, by: columns).map { first in
        (first..<first + columns).map { $0 < charts.count ? charts[$0] : nil }
      })
  }
}
