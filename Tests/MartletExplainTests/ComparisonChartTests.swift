import MartletExplain
import MartletModels
import MartletNumerics
import MartletPlots
import Testing

/// Charts that compare models and losses.
@Suite struct ComparisonChartTests {
  /// Demšar (2006), figure 1: four variants of C4.5 on 14 data sets with these mean ranks differ by 1.25 at 5 %, so that the first
  /// two are apart from nothing but the last.
  @Test func bars() {
    let difference = ComparisonTest.nemenyiCriticalDifference(models: 4, dataSets: 14)
    #expect(abs(difference - 1.25) < 0.005)
    #expect(RankGroups.indistinguishable([1.964, 2.0, 2.893, 3.143], difference) == [0...3])
    #expect(RankGroups.indistinguishable([1, 2, 4, 5], 1.25) == [0...1, 2...3])
    #expect(RankGroups.indistinguishable([1, 2, 3], 0.5).isEmpty)
    #expect(RankGroups.indistinguishable([1, 1.5, 2, 3.1], 1.2) == [0...2, 2...3])
  }

  @Test func criticalDifferences() throws {
    let scores = Matrix([[0.9, 0.8, 0.95, 0.7], [0.7, 0.6, 0.8, 0.6], [0.8, 0.7, 0.9, 0.65]])
    let svg = try Chart.criticalDifference(["forest", "stump", "tree"], scores: scores).svg
    for text in ["forest", "stump", "tree", "mean rank", "Critical difference 1.66"] { #expect(svg.contains(text)) }
    #expect(throws: FitError.self) { try Chart.criticalDifference(["one"], scores: scores) }
  }

  @Test func lossSurfaces() throws {
    let svg = Chart.lossSurface(
      .logCosh, x: [0, 1, 2], y: [1, 3, 5], slopes: 0...4, intercepts: -1...3, path: Matrix([[0, 0], [2, 1]])
    ).svg
    #expect(svg.contains("Mean log-cosh loss") && svg.contains("slope") && svg.contains("intercept"))
  }

  @Test func likelihoodSurfaces() throws {
    let (hours, passed) = ([0.5, 1, 2, 3, 4, 5], [false, false, true, false, true, true])
    let surface = Chart.likelihoodSurface(
      x: hours, y: passed, slopes: -1...3, intercepts: -6...2, path: Matrix([[0, 0], [1, -2.5]]))
    let svg = surface.svg
    #expect(svg.contains("Mean log-loss") && svg.contains("slope") && svg.contains("intercept"))
  }
}

/// Charts of what searches and support vectors have found.
@Suite struct FoundChartTests {
  @Test func margins() throws {
    let x = Matrix([[0, 0], [1, 1], [3, 3], [4, 4], [0, 1], [4, 3]])
    let model = try SVC<Int>(inverseRegularization: 1e6, kernel: .linear).fit(x, [0, 0, 1, 1, 0, 1])
    let svg = try Chart.margins(model, x, [0, 0, 1, 1, 0, 1]).svg
    #expect(svg.contains("\(model.supportIndices.count) support vectors hold the margins apart"))
    #expect(svg.contains("stroke-dasharray"))
    #expect(throws: FitError.self) { try Chart.margins(model, x[.all, 0..<1], [0, 0, 1, 1, 0, 1]) }
    let three = try SVC<Int>().fit(x, [0, 0, 1, 1, 2, 2])
    #expect(throws: FitError.self) { try Chart.margins(three, x, [0, 0, 1, 1, 2, 2]) }
  }

  @Test func searches() throws {
    let search = BayesianMinimizer(evaluations: 9, initialEvaluations: 4, seed: 1)
    let found = try search.minimize(in: [0...10]) { ($0[0] - 3) * ($0[0] - 3) }
    #expect(Chart.convergence(found).svg.contains("Least value so far"))
    #expect(try Chart.surrogate(found, over: 0...10).svg.contains("What 9 questions tell"))
    let plane = try search.minimize(in: [0...10, 0...10]) { $0[0] + $0[1] }
    #expect(throws: FitError.self) { try Chart.surrogate(plane, over: 0...10) }
    let (x, y) = (Matrix((0..<40).map { Double($0) }, shape: [40, 1]), (0..<40).map { Double($0 % 7) })
    let model = try BayesianSearch(Ridge(), trials: 4, folds: KFold(4), scoring: .meanSquaredError, seed: 1)
      .varying(\.regularization, in: 0.1...10).fit(x, y)
    #expect(try Chart.convergence(model).svg.contains("so far"))
  }
}
