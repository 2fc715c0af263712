import MartletDatasets
import MartletExplain
import MartletFrames
import MartletModels
import MartletNumerics
import MartletPlots
import Testing

/// Pictures of groups, orders and unusual samples.
@Suite struct GroupPictureTests {
  private let x: Matrix = {
    let rows: [[Double]] = (0..<24).map { place in
      let middle = Double(10 * (place % 3))
      return [middle + Double(place % 5) / 10, Double(place % 7) / 5]
    }
    return Matrix(rows)
  }()

  private func dots(_ svg: String) -> Int { svg.components(separatedBy: "<circle").count - 1 }

  @Test func everySampleHasADotAndEveryCentreACross() throws {
    let model = try KMeans(clusters: 3, seed: 0).fit(x)
    let svg = try Chart.clusters(model, x).svg
    let plain = try Chart.clusters(model.labels, x).svg
    #expect(dots(plain) >= 24 && svg.contains("3 groups") && svg.contains("feature 0"))
    #expect(svg != plain, "the centres are drawn")
    let noise = try DBSCAN(radius: 0.5, minimumSamples: 3).fit(Matrix.concatenated([x, Matrix([[100, 100]])]))
    #expect(try Chart.clusters(noise, Matrix.concatenated([x, Matrix([[100, 100]])])).svg.contains("noise"))
    let iris = try Datasets.iris()
    let table = try KMeans(clusters: 3, seed: 0).fit(iris, features: ["petalLength", "petalWidth"])
    #expect(try Chart.clusters(table, iris).svg.contains("petalWidth"))
    let all = try KMeans(clusters: 3, seed: 0).fit(iris)
    #expect(try Chart.clusters(all, iris).svg.contains("component 1 (92.5 %)"), "iris: 92.46 % by scikit-learn")
    // Groups of scaled features are drawn among scaled features.
    let chain = try StandardScaler().then(KMeans(clusters: 3, seed: 0)).fit(iris)
    let scaled = try chain.base.preprocessing.transform(iris.matrix(of: chain.features))
    #expect(try Chart.clusters(chain, iris).svg == Chart.clusters(chain.base.estimator, scaled).svg)
    #expect(throws: FitError.self) { try Chart.clusters([0, 1], x) }
    #expect(throws: FitError.self) { try Chart.clusters(model, x[.all, 0..<1]) }
  }

  @Test func kMeansIsShownStepByStep() throws {
    let start = CentreStart.given(x[rows: [0, 3, 6]])
    let model = try KMeans(clusters: 3, start: start, keepsHistory: true).fit(x)
    let grid = try ChartGrid.iterations(model, x, most: 3)
    #expect(grid.svg.contains("start") && grid.svg.contains("after \(model.iterations) iterations"))
    #expect(throws: FitError.self) { try ChartGrid.iterations(KMeans(clusters: 3, seed: 0).fit(x), x) }
    #expect(throws: FitError.self) { try ChartGrid.iterations(model, x, most: 1) }
  }

  /// An ellipse of one standard deviation about the mean has the covariance's width.
  @Test func mixturesHaveEllipses() throws {
    let model = try GaussianMixture(components: 3, seed: 0).fit(x)
    let svg = try Chart.mixture(model, x).svg
    #expect(svg.contains("3 components") && dots(svg) >= 24)
    #expect(
      try Chart.mixture(GaussianMixture(components: 2, covariance: .diagonal, seed: 0).fit(x), x).svg.contains("<path"))
    let iris = try Datasets.iris().matrix(except: "species")
    #expect(
      try Chart.mixture(GaussianMixture(components: 3, covariance: .tied, seed: 0).fit(iris), iris).svg.contains(
        "component 2"))
  }

  @Test func radiiAndOrders() throws {
    let svg = try Chart.kDistances(x, neighbors: 3, radius: 0.4).svg
    #expect(svg.contains("distance of neighbour 3") && svg.contains("radius"))
    #expect(throws: FitError.self) { try Chart.kDistances(x, neighbors: 0) }
    let order = try OPTICS(minimumSamples: 3).fit(x)
    #expect(try Chart.reachability(order, radius: 0.8).svg.contains("cluster"))
    #expect(try !Chart.reachability(order).svg.contains("cluster"))
    #expect(throws: FitError.self) { try Chart.reachability(order, radius: 0) }
    let gap = try GapStatistic(x, clusters: 1...5, references: 5, seed: 1)
    #expect(Chart.gap(gap).svg.contains("take \(gap.best)"))
  }

  @Test func anomaliesAreMarked() throws {
    let all = Matrix.concatenated([x, Matrix([[100, 100]])])
    let model = try LocalOutlierFactor(neighbors: 5).fit(all)
    let count = try model.isAnomaly(all).count { $0 }
    #expect(try Chart.anomalies(model, all).svg.contains("\(count) of 25 samples are unusual"))
    let series = try ResidualDetector(NaiveForecaster(period: 2)).fit([1, 5, 2, 4, 1, 9, 2, 5, 1, 5, 40, 4])
    #expect(Chart.anomalies(series).svg.contains("\(series.anomalies.count) of 12 values are unusual"))
    let iris = try Datasets.iris()
    let forest = try IsolationForest(trees: 10, contamination: .fraction(0.1), seed: 0).fit(iris)
    #expect(try Chart.anomalies(forest, iris).svg.contains("15 of 150 samples are unusual"))
  }
}

/// Pictures of thresholds, searches, comparisons and curves.
@Suite struct JudgementPictureTests {
  private let ranking = BinaryRanking([0.9, 0.8, 0.7, 0.4, 0.2], [true, false, true, false, false])

  @Test func thresholdsHaveABest() {
    // From 0.7 up: both of two positives, one of three negatives: precision 2/3, recall 1, F1 0.8.
    #expect(Chart.thresholds(ranking).svg.contains("best F1: 0.800"))
    // A miss costs ten: from 0.7 up nothing is missed and one alarm is false; from 0.4 up two are.
    #expect(Chart.costs(ranking, falseAlarm: 1, miss: 10).svg.contains("cheapest: 0.700"))
    // A false alarm costs ten: only 0.9 is worth it.
    #expect(Chart.costs(ranking, falseAlarm: 10, miss: 1).svg.contains("cheapest: 0.900"))
    for svg in [Chart.gain(ranking).svg, Chart.lift(ranking).svg] { #expect(svg.contains("share of all samples")) }
  }

  @Test func searchesAreDrawnByTheirParameters() throws {
    let iris = try Datasets.iris()
    let search = GridSearch(SVC<String>(), folds: StratifiedKFold(3), scoring: .accuracy)
      .varying(\.inverseRegularization, over: [0.01, 1, 100])
    let one = try search.fit(iris, target: "species")
    #expect(try Chart.search(one).svg.contains("inverseRegularization"))
    #expect(try Chart.search(one).svg == Chart.search(one.base).svg && one.description.contains("3 trials"))
    let two = try search.varying(\.kernel.gamma, over: [0.01, 0.1]).fit(iris, target: "species").base
    let map = try Chart.search(two)
    #expect(map.svg.contains("kernel") && map.svg.contains("<rect"))
    #expect(try Chart.search(two, by: "kernel").svg != map.svg)
    #expect(throws: FitError.self) { try Chart.search(two, by: "depth") }
    #expect(throws: FitError.self) { try Chart.search(two, by: "kernel", "inverseRegularization", "kernel") }
    let drawn = try RandomizedSearch(SVC<String>(), trials: 5, seed: 1)
      .varying(\.inverseRegularization, from: .logUniform(0.01...100)).varying(
        \.tolerance, from: .logUniform(1e-5...1e-2)
      )
      .fit(iris, target: "species").base
    #expect(try Chart.search(drawn).svg.components(separatedBy: "<circle").count > 5)
  }

  @Test func modelsAreCompared() throws {
    let iris = try Datasets.iris()
    let (x, y) = (try iris.matrix(except: "species"), try iris["species", String.self].values())
    let found = try compare(
      ["line": AnyClassifier(LogisticRegression<String>()), "none": AnyClassifier(DummyClassifier<String>())], x, y,
      folds: StratifiedKFold(4), scoring: .accuracy)
    let svg = Chart.comparison(found).svg
    #expect(svg.contains("line") && svg.contains("none") && svg.contains("accuracy on 4 folds"))
    let data = try Datasets.diabetes()
    let parts = try BiasVariance.bootstrap(
      Ridge(), data.matrix(of: ["bmi"]), data.numbers("progression"), xTest: data.matrix(of: ["bmi"]),
      yTest: data.numbers("progression"), rounds: 5, seed: 1)
    #expect(Chart.biasVariance(["ridge": parts]).svg.contains("bias²"))
    #expect(parts.description.contains("variance") && parts.displayBundle()[.html] != nil)
  }

  @Test func regressionsAreCurvesAndMaps() throws {
    let data = try Datasets.diabetes()
    let one = try Ridge().fit(data, target: "progression", features: ["bmi"])
    let svg = try Chart.regression(one, data).svg
    #expect(svg.contains("bmi") && svg.contains("progression") && svg.contains("predicted"))
    let two = try DecisionTreeRegressor(maximumDepth: 2).fit(data, target: "progression", features: ["bmi", "s5"])
    #expect(try Chart.regression(two, data).svg.contains("Predicted progression"))
    let (x, y) = (try data.head(40).matrix(of: ["bmi"]), try data.head(40).numbers("progression"))
    let process = GaussianProcessRegressor(
      kernel: .rbf(length: 0.1), noise: 1, optimizes: false, standardizes: true)
    #expect(try Chart.regression(process.fit(x, y), x, y).svg.contains("95 % of such functions"))
    let ranges = try ConformalRegressor(Ridge(), coverage: 0.8, seed: 0).fit(x, y)
    #expect(try Chart.regression(ranges, x, y).svg.contains("80 % of new samples"))
    let three = try Ridge().fit(data, target: "progression", features: ["bmi", "s5", "bp"])
    #expect(throws: FitError.self) { try Chart.regression(three, data) }
  }
}
