import MartletDisplay
import MartletNumerics
import MartletPlots

extension TabularAgent: RichDisplayable {
  /// What each action is worth in each state: a row for each state, a column for each action. It is as high as its rows need.
  ///
  /// - Parameter actions: the columns' names; default 0, 1, 2, ….
  public func actionValueChart(actions: [String]? = nil) -> Chart {
    let (states, columns) = (actionValues.shape[0], actionValues.shape[1])
    return Chart { HeatmapMark(actionValues, columns: actions).fillingPlot() }
      .title("What actions are worth").xLabel("action").yLabel("state")
      .size(
        width: Double(min(max(160 + 60 * columns, 320), 800)), height: Double(min(max(120 + 18 * states, 260), 1_400)))
  }

  /// The mean return of the last episodes, as learning goes on.
  ///
  /// - Parameter window: over how many episodes the mean is taken; by default a fiftieth of all, at least 1.
  public func returnChart(window: Int? = nil) -> Chart { Chart.returns(returns, window: window) }

  /// The returns.
  public func displayBundle() -> DisplayBundle { returnChart().displayBundle() }
}

extension Chart {
  /// The mean return of the last episodes, by episode.
  ///
  ///     Chart.returns(agent.returns, window: 100)
  ///
  /// - Parameters:
  ///   - returns: the sum of rewards of each episode.
  ///   - window: over how many episodes the mean is taken; by default a fiftieth of all, at least 1.
  public static func returns(_ returns: [Double], window: Int? = nil) -> Chart {
    let width = max(1, min(window ?? max(1, returns.count / 50), returns.count))
    let (places, means) = RunningMean.points(returns, width: width)
    return Chart { LineMark(x: places, y: means) }
      .title("Return").subtitle(width == 1 ? "of each episode" : "mean of \(width) episodes").xLabel("episode")
      .yLabel("return")
  }
}

/// Means of the last few values.
enum RunningMean {
  /// At most 400 places with the mean of the values up to each.
  static func points(_ values: [Double], width: Int) -> (places: [Double], means: [Double]) {
    var sums = [0.0]
    for value in values { sums.append(sums[sums.count - 1] + value) }
    let step = max(1, values.count / 400)
    let ends = Array(stride(from: width, through: values.count, by: step))
    return (ends.map(Double.init), ends.map { (sums[$0] - sums[$0 - width]) / Double(width) })
  }
}
