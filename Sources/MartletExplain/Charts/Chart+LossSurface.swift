import MartletModels
import MartletNumerics
import MartletPlots

extension Chart {
  /// The mean loss of every line through points, over its slope and its intercept: the bowl that learning goes down into.
  ///
  ///     Chart.lossSurface(.squared, x: bmi, y: progression, slopes: 0...2_000, intercepts: 0...300)
  ///     Chart.lossSurface(.absolute, x: bmi, y: progression, slopes: 0...2_000, intercepts: 0...300, path: steps)
  ///
  /// - Parameters:
  ///   - loss: what a miss costs.
  ///   - x, y: the points; as many of both, at least one. Stops the cell otherwise.
  ///   - slopes, intercepts: the lines.
  ///   - path: where a search has been, a slope and an intercept for each step: shape `[steps, 2]`.
  /// - Complexity: O(10⁴ · points).
  public static func lossSurface(
    _ loss: RegressionLoss, x: [Double], y: [Double], slopes: ClosedRange<Double>, intercepts: ClosedRange<Double>,
    path: Matrix? = nil
  ) -> Chart {
    let surface = ContourMark(x: slopes, y: intercepts, levels: 14, isFilled: true) { slope, intercept in
      loss.mean(predicted: x.map { intercept + slope * $0 }, actual: y)
    }
    return surfaceChart(surface, path: path).title("Mean \(name(loss)) loss")
  }

  private static func name(_ loss: RegressionLoss) -> String {
    switch loss {
    case .squared: "squared"
    case .absolute: "absolute"
    case .huber: "Huber"
    case .quantile: "quantile"
    case .logCosh: "log-cosh"
    }
  }
}
