import MartletFrames
import MartletModels
import MartletNumerics
import MartletPlots

extension Chart {
  /// How the best value came down from question to question: a dot for each, a line for the best so far.
  ///
  ///     let found = try BayesianMinimizer(evaluations: 30, seed: 0).minimize(in: [-5...10, 0...15]) { branin($0[0], $0[1]) }
  ///     Chart.convergence(found)
  public static func convergence(_ found: BayesianMinimizer.Result) -> Chart {
    convergence(found.values, isDescending: true).yLabel("value").title("Least value so far")
  }

  /// How the best score of a search came up from trial to trial; of a search whose trials follow one another.
  ///
  ///     Chart.convergence(try BayesianSearch(method, trials: 20, folds: KFold(5), scoring: .r2).varying(…).fit(x, y))
  /// - Throws: `FrameError` when a parameter is called like the measure.
  public static func convergence<Estimator>(_ search: SearchModel<Estimator>) throws(FrameError) -> Chart {
    let scores = try search.results.column(search.metric).numbers().map { $0 ?? .nan }
    // The best is the least for measures of which less is better.
    let isDescending = search.bestScore < (scores.filter { !$0.isNaN }.max() ?? search.bestScore)
    return convergence(scores, isDescending: isDescending).yLabel(search.metric).title("Best \(search.metric) so far")
  }

  private static func convergence(_ values: [Double], isDescending: Bool) -> Chart {
    var best: [Double] = []
    for value in values {
      let last = best.last ?? value
      best.append(isDescending ? min(last, value) : max(last, value))
    }
    let trials = values.indices.map { Double($0 + 1) }
    return Chart {
      PointMark(x: trials, y: values, opacity: 0.6).color(.gray)
      LineMark(x: trials, y: best, interpolation: .stepAfter)
    }.xLabel("trial")
  }

  /// What a search in one dimension believes of its function: the mean of a Gaussian process through the questions so far,
  /// with a band that nineteen of twenty such functions stay in.
  ///
  ///     Chart.surrogate(found, over: 0...10)
  /// - Parameters:
  ///   - found: of a function of one number.
  ///   - range: from where to where it is drawn.
  ///   - kernel: how alike neighbouring values are; its length is fitted.
  /// - Throws: ``FitError`` of kind `parameter` for a function of several numbers, and as ``GaussianProcessRegressor`` does.
  public static func surrogate(
    _ found: BayesianMinimizer.Result, over range: ClosedRange<Double>, kernel: CovarianceKernel = .rbf(length: 1)
  ) throws(FitError) -> Chart {
    try SampleChecks.parameter(
      found.points.allSatisfy { $0.count == 1 }, "found", "in one dimension", "\(found.points.first?.count ?? 0)")
    let asked = found.points.map { $0[0] }
    let process = GaussianProcessRegressor(kernel: kernel, noise: 1e-6, standardizes: true)
    let model = try process.fit(Matrix(asked, shape: [asked.count, 1]), found.values)
    let places = (0...200).map { range.lowerBound + Double($0) / 200 * (range.upperBound - range.lowerBound) }
    let grid = Matrix(places, shape: [places.count, 1])
    let (means, deviations) = (try model.predict(grid), try model.predictDeviations(grid))
    let (low, high) = (
      zip(means, deviations).map { $0 - 1.96 * $1 }, zip(means, deviations).map { $0 + 1.96 * $1 }
    )
    return Chart {
      AreaMark(x: places, y: high, from: low).opacity(0.25)
      LineMark(x: places, y: means)
      PointMark(x: asked, y: found.values).color(.black)
    }.yLabel("value").title("What \(asked.count) questions tell")
  }
}
