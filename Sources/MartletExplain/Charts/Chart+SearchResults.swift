import MartletFrames
import MartletModels
import MartletNumerics
import MartletPlots

extension Chart {
  /// How good the values of a search's parameters are: a line for one parameter, a heat map for a grid of two, dots in the plane
  /// for two that were drawn.
  ///
  ///     try Chart.search(found)
  ///     try Chart.search(found, by: "inverseRegularization", "gamma")
  ///
  /// Where more parameters vary than are drawn, the best trial of each place is shown. The best is marked by a title, not by
  /// colour: a best score flatters itself.
  ///
  /// - Parameters:
  ///   - found: what a search has found.
  ///   - by: the parameters, as the table of results names them; none for the first two.
  /// - Throws: ``FitError`` of kind `parameter` when there is no such parameter.
  public static func search<Estimator>(
    _ found: SearchModel<Estimator>, by names: String...
  ) throws(FitError) -> Chart { try searched(found, names) }

  /// The same for a search on a table.
  /// - Throws: ``FitError`` of kind `parameter` when there is no such parameter.
  public static func search<Estimator>(
    _ found: TabularModel<SearchModel<Estimator>>, by names: String...
  ) throws(FitError) -> Chart { try searched(found.base, names) }

  private static func searched<Estimator>(
    _ found: SearchModel<Estimator>, _ names: [String]
  ) throws(FitError) -> Chart {
    let known = Array(found.results.columnNames.prefix { $0 != found.metric })
    let wanted = names.isEmpty ? Array(known.prefix(2)) : names
    try SampleChecks.parameter(
      !wanted.isEmpty && wanted.count < 3 && wanted.allSatisfy(known.contains), "by",
      "one or two of \(known.joined(separator: ", "))", wanted)
    let trials = try SearchPlaces(found, known)
    let chart = wanted.count == 1 ? trials.line(wanted[0]) : trials.plane(wanted[0], wanted[1])
    return chart.title("Best \(found.metric): \(RateFormat.text(found.bestScore))")
  }
}

/// A search's trials, as charts see them.
private struct SearchPlaces {
  let metric: String
  let scores: [Double]
  let spreads: [Double]
  /// The values of each parameter: as text, and as numbers where all are.
  let values: [String: (texts: [String], numbers: [Double]?)]
  /// Whether a smaller score is better: the best is not the largest.
  let isDescending: Bool

  init<Estimator>(_ found: SearchModel<Estimator>, _ names: [String]) throws(FitError) {
    let frame = found.results
    metric = found.metric
    scores = try SampleChecks.table { () throws(FrameError) in try frame.column(found.metric).numbers() }
      .map { $0 ?? .nan }
    spreads = try SampleChecks.table { () throws(FrameError) in try frame.column("spread").numbers() }
      .map { $0 ?? 0 }
    var values: [String: (texts: [String], numbers: [Double]?)] = [:]
    for name in names {
      let column = try SampleChecks.table { () throws(FrameError) in try frame.column(name) }
      let numbers = column.isNumeric ? try? column.numbers().compactMap { $0 } : nil
      values[name] = (column.shownTexts, numbers)
    }
    self.values = values
    isDescending = found.bestScore < (scores.filter { !$0.isNaN }.max() ?? found.bestScore)
  }

  /// The best trial for each different text, in the order of their numbers or of their first trials.
  private func best(_ name: String) -> [Int] {
    var best: [String: Int] = [:]
    var order: [String] = []
    let (texts, numbers) = values[name] ?? ([], nil)
    for place in texts.indices {
      if best[texts[place]] == nil { order.append(texts[place]) }
      best[texts[place]] = better(place, best[texts[place]])
    }
    let places = order.compactMap { best[$0] }
    guard let numbers else { return places }
    return places.sorted { numbers[$0] < numbers[$1] }
  }

  private func better(_ place: Int, _ other: Int?) -> Int {
    guard let other, !scores[other].isNaN else { return place }
    return (isDescending ? scores[place] < scores[other] : scores[place] > scores[other]) ? place : other
  }

  func line(_ name: String) -> Chart {
    let places = best(name)
    let (texts, numbers) = values[name] ?? ([], nil)
    let (means, widths) = (places.map { scores[$0] }, places.map { spreads[$0] })
    guard let numbers else {
      return Chart { ErrorBarMark(x: places.map { texts[$0] }, y: means, error: widths) }.xLabel(name).yLabel(metric)
    }
    let own = places.map { numbers[$0] }
    return Chart {
      AreaMark(x: own, y: zip(means, widths).map(+), from: zip(means, widths).map(-)).opacity(0.2).color(.blue)
      LineMark(x: own, y: means).showingPoints().color(.blue)
    }.xLabel(name).yLabel(metric).xScale(Self.scale(own))
  }

  func plane(_ rows: String, _ columns: String) -> Chart {
    let (rowPlaces, columnPlaces) = (best(rows), best(columns))
    let (y, x) = (values[rows] ?? ([], nil), values[columns] ?? ([], nil))
    if rowPlaces.count * columnPlaces.count > 2 * scores.count, let up = y.numbers, let right = x.numbers {
      return Chart { PointMark(x: right, y: up, color: PlotColumn(numbers: scores, name: metric), size: 9, opacity: 1) }
        .xLabel(columns).yLabel(rows).xScale(Self.scale(right)).yScale(Self.scale(up))
    }
    var cells = [[Double]](
      repeating: [Double](repeating: .nan, count: columnPlaces.count), count: rowPlaces.count)
    for (row, own) in rowPlaces.enumerated() {
      for (column, other) in columnPlaces.enumerated() {
        let here = scores.indices.filter { y.texts[$0] == y.texts[own] && x.texts[$0] == x.texts[other] }
        let best = here.reduce(nil) { better($1, $0) }
        cells[row][column] = best.map { scores[$0] } ?? .nan
      }
    }
    return Chart {
      HeatmapMark(cells, rows: rowPlaces.map { y.texts[$0] }, columns: columnPlaces.map { x.texts[$0] }, ramp: .viridis)
    }.xLabel(columns).yLabel(rows)
  }

  /// Sizes count where numbers are above 0 and differ a hundred times.
  private static func scale(_ numbers: [Double]) -> ScaleKind {
    guard let low = numbers.min(), let high = numbers.max(), low > 0, high / low >= 100 else { return .linear }
    return .log
  }
}
