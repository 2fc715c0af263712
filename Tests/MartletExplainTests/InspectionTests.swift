import MartletDatasets
import MartletExplain
import MartletFrames
import MartletModels
import MartletNumerics
import Testing

private struct InspectionReference: Decodable {
  struct Permutation: Decodable {
    let importances: [[Double]]
    let means, deviations: [Double]
  }
  struct Dependence: Decodable {
    let grid, average, values, valueAverage: [Double]
    let individual, grids, surface: [[Double]]
    let valueCount: Int
  }
  struct Effects: Decodable { let edges, effects: [Double] }
  let permutation: Permutation
  let dependence: Dependence
  let effects: Effects
}

@Suite struct InspectionTests {
  private let reference: InspectionReference
  private let forest: ForestRegressorModel
  private let x: Matrix
  private let y: [Double]

  init() throws {
    reference = try ReferenceFile.read("inspection")
    let data = try ShapleyReference.read().regression
    (forest, x, y) = (data.model, Matrix(data.x), data.y)
  }

  @Test func shufflesAsScikitLearn() throws {
    let importance = try permutationImportance(forest, x, y, scoring: .r2, repeats: 4, seed: 3)
    #expect(agree(importance.importances.scalars, reference.permutation.importances.flat, within: 1e-10))
    #expect(agree(importance.means, reference.permutation.means, within: 1e-10))
    #expect(agree(importance.standardDeviations, reference.permutation.deviations, within: 1e-10))
    #expect(agree([importance.baseline], [try forest.score(x, y)], within: 1e-12))
    let (low, high) = importance.intervals()[importance.order[0]]
    #expect(low < importance.means[importance.order[0]] && importance.means[importance.order[0]] < high)
    #expect(try importance.chart().svg.contains("feature 0"))
  }

  @Test func intervalsAreThoseOfStudent() throws {
    // 1, 2, 3: mean 2, standard error 1/√3, quantile 4.302652729696142 for two degrees of freedom.
    let importance = MeasuredImportanceExample.of([1, 2, 3])
    let (low, high) = importance.intervals()[0]
    #expect(agree([low, high], [2 - 4.302652729696142 / 3.0.squareRoot(), 2 + 4.302652729696142 / 3.0.squareRoot()]))
  }

  @Test func tablesAreShuffledColumnByColumn() throws {
    let people = try Datasets.titanic()
    let method = OneHotEncoder().then(LogisticRegression<Bool>())
    let model = try method.fit(people, target: "survived")
    let importance = try permutationImportance(model, people, seed: 1)
    #expect(Set(importance.featureNames) == ["class", "sex", "age"])
    #expect(try importance.frame["feature", String.self][0] == "sex")
    #expect(importance.metric == "accuracy")
  }

  @Test func dependenceIsThatOfScikitLearn() throws {
    let function = ModelFunction(forest)
    let one = try partialDependence(function, x, feature: "feature 0", resolution: 15)
    #expect(agree(one.grid, reference.dependence.grid, within: 1e-12))
    #expect(agree(one.average, reference.dependence.average, within: 1e-10))
    #expect(agree(one.individual[0..<10, .all].scalars, reference.dependence.individual.flat, within: 1e-10))
    let every = try partialDependence(function, x, feature: "feature 0", resolution: 1000)
    #expect(every.grid.count == reference.dependence.valueCount)
    #expect(agree(Array(every.grid.prefix(5)), reference.dependence.values, within: 1e-12))
    #expect(agree(Array(every.average.prefix(5)), reference.dependence.valueAverage, within: 1e-10))
    let two = try partialDependence(function, x, features: "feature 0", "feature 1", resolution: 6)
    #expect(agree(two.grids.flat, reference.dependence.grids.flat, within: 1e-12))
    #expect(agree(two.average.scalars, reference.dependence.surface.flat, within: 1e-10))
    #expect(two.chart().svg.contains("feature 1"))
  }

  @Test func centredLinesStartAtZero() throws {
    let function = ModelFunction { (x: Matrix) in (3 * x.column(0) + x.column(1)).reshaped(-1, 1) }
    let centred = try partialDependence(function, x, feature: "feature 0", resolution: 5).centred
    // All samples have the same line where features do not act together.
    for row in 0..<5 {
      #expect(
        agree(centred.individual.row(row).scalars, centred.grid.map { 3 * ($0 - centred.grid[0]) }, within: 1e-12))
    }
    #expect(centred.chart(showsSamples: true, most: 7).svg.components(separatedBy: "<title>sample").count - 1 == 7)
  }

  @Test func effectsAreThoseOfThePaper() throws {
    let effects = try accumulatedLocalEffects(ModelFunction(forest), x, feature: "feature 3", intervals: 10)
    #expect(agree(effects.edges, reference.effects.edges, within: 1e-12))
    #expect(agree(effects.effects, reference.effects.effects, within: 1e-10))
    #expect(effects.counts.reduce(0, +) == x.shape[0])
    let line = ModelFunction { (x: Matrix) in (3 * x.column(0) + x.column(3) * x.column(3)).reshaped(-1, 1) }
    let slope = try accumulatedLocalEffects(line, x, feature: "feature 0")
    let first = zip(slope.edges, slope.effects).map { $1 - 3 * $0 }
    // A straight line with slope 3, whatever goes along with the feature.
    #expect(agree(first, first.map { _ in first[0] }, within: 1e-10))
    #expect(throws: FitError.self) {
      try accumulatedLocalEffects(line, Matrix.ones(5, 4), feature: "feature 0")
    }
  }

  @Test func whatCanBeReplacedCostsNothing() throws {
    let first = x.column(0)
    // The second column repeats the first; the third alone says something of its own.
    let twice = Matrix.stacked([first, first, x.column(1)], axis: 1)
    let targets = (first + 2 * x.column(1)).scalars
    let importance = try dropColumnImportance(LinearRegression(), twice, targets, folds: KFold(4), scoring: .r2)
    #expect(agree(Array(importance.means.prefix(2)), [0, 0], within: 1e-9))
    #expect(importance.means[2] > 0.5)
    #expect(importance.importances.shape == [3, 4])
    #expect(throws: FitError.self) {
      try dropColumnImportance(LinearRegression(), first.reshaped(-1, 1), targets, folds: KFold(4), scoring: .r2)
    }
  }

  @Test func tablesGiveTheirColumns() throws {
    let patients = try Datasets.diabetes()
    let model = try LinearRegression().fit(patients, target: "progression", features: ["bmi", "age"])
    let dependence = try partialDependence(ModelFunction(model), patients, feature: "bmi", resolution: 4)
    let slope = (dependence.average[3] - dependence.average[0]) / (dependence.grid[3] - dependence.grid[0])
    #expect(agree([slope], [model.coefficients[0]]))
    #expect(dependence.frame.columnNames == ["bmi", "prediction"])
    #expect(throws: FitError.self) { try partialDependence(ModelFunction(model), patients, feature: "bmj") }
    #expect(throws: FitError.self) {
      try partialDependence(ModelFunction(model), patients, feature: "bmi", range: 0.5...0.5)
    }
  }
}

/// An importance of one feature that was measured as given.
private enum MeasuredImportanceExample {
  static func of(_ values: [Double]) -> PermutationImportance {
    PermutationImportance(
      featureNames: ["a"], importances: Matrix(values, shape: [1, values.count]), baseline: 1, metric: "R²")
  }
}
