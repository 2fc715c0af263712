import MartletModels
import MartletNumerics
import MartletPlots

extension Chart {
  /// The mean log-loss of every logistic curve through points of yes and no, over its slope and its intercept: minus the
  /// logarithm of the likelihood for each point, a valley with one lowest place, or none where a threshold separates the answers.
  ///
  ///     Chart.likelihoodSurface(x: hours, y: passed, slopes: -1...4, intercepts: -12...4)
  ///     Chart.likelihoodSurface(x: hours, y: passed, slopes: -1...4, intercepts: -12...4, path: steps)
  ///
  /// - Parameters:
  ///   - x, y: the points; as many of both, at least one. Stops the cell otherwise.
  ///   - slopes, intercepts: the curves `1 / (1 + exp(−intercept − slope · x))`.
  ///   - path: where a search has been, a slope and an intercept for each step: shape `[steps, 2]`.
  /// - Complexity: O(10⁴ · points).
  public static func likelihoodSurface(
    x: [Double], y: [Bool], slopes: ClosedRange<Double>, intercepts: ClosedRange<Double>, path: Matrix? = nil
  ) -> Chart {
    guard x.count == y.count, !x.isEmpty else {
      fatalError("Chart.likelihoodSurface needs as many x as y, at least one; found \(x.count) and \(y.count).")
    }
    let surface = ContourMark(x: slopes, y: intercepts, levels: 14, isFilled: true) { slope, intercept in
      let losses = zip(x, y).map { place, isYes in
        let score = intercept + slope * place
        // log(1 + exp(∓score)), without overflow.
        let wrong = isYes ? -score : score
        return max(wrong, 0) + log1p(exp(-abs(wrong)))
      }
      return losses.reduce(0, +) / Double(losses.count)
    }
    return surfaceChart(surface, path: path).title("Mean log-loss")
  }

  /// A surface over slopes and intercepts, and the way of a search on it.
  static func surfaceChart(_ surface: ContourMark, path: Matrix?) -> Chart {
    let chart = Chart {
      surface
      if let path {
        LineMark(x: path.column(0).scalars, y: path.column(1).scalars).showingPoints(size: 4).color(.red)
      }
    }
    return chart.xLabel("slope").yLabel("intercept")
  }
}
