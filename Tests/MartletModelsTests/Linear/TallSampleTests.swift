import MartletDatasets
import MartletModels
import MartletNumerics
import Testing

/// Many samples take another way to the same numbers.
@Suite struct TallSampleTests {
  private let x: Matrix
  private let y: [Double]

  init() {
    var random = PCG64(seed: 5)
    x = random.normals(shape: [20_011, 7]) * Matrix([1, 10, 0.01, 3, 1, 1e4, 1]) + Matrix([0, 5, 0, 1e3, 0, 0, 0])
    y = (x.sum(axis: 1)).scalars.map { $0 + random.standardNormal() }
  }

  /// The normal equations hold: residuals are orthogonal to every feature and to 1.
  private func isLeastSquares(_ model: LinearRegression.Model, _ weights: [Double]) throws -> Bool {
    let predicted = try model.predict(x)
    let missed = Matrix(zip(y, zip(predicted, weights)).map { ($0 - $1.0) * $1.1 })
    let centred = x - x.mean(axis: 0)
    let sizes = (centred * centred).sum(axis: 0).scalars.map { ($0 * missed.dot(missed)).squareRoot() }
    return zip((missed • centred).scalars, sizes).allSatisfy { abs($0) < 1e-10 * $1 } && abs(missed.mean()) < 1e-7
  }

  @Test func theNormalEquationsHold() throws {
    let model = try LinearRegression().fit(x, y)
    #expect(try isLeastSquares(model, y.map { _ in 1 }))
    let score = try model.score(x, y)
    #expect(model.rank == 7 && abs(model.trainingScore - score) < 1e-12)
    let values = try (x - x.mean(axis: 0)).singularValueDecomposition().values
    #expect(agree(model.singularValues, values.map { $0 }, within: 1e-9))
    let weights = y.indices.map { Double($0 % 3) }
    #expect(try isLeastSquares(LinearRegression().fit(x, y, weights: weights), weights))
  }

  /// The same whether samples are repeated or weighted, with few samples or many.
  @Test func aWeightIsARepetition() throws {
    let weights = y.indices.map { $0 < 7_000 ? 2.0 : $0 < 9_000 ? 0 : 1 }
    let places = y.indices.flatMap { [Int](repeating: $0, count: Int(weights[$0])) }
    let weighted = try LinearRegression().fit(x, y, weights: weights)
    let repeated = try LinearRegression().fit(x[rows: places], places.map { y[$0] })
    #expect(agree(weighted.coefficients, repeated.coefficients, within: 1e-9))
    let origin = try LinearRegression(fitsIntercept: false).fit(x, y)
    let score = try origin.score(x, y)
    #expect(origin.intercept == 0 && abs(origin.trainingScore - score) < 1e-12)
  }

  /// A repeated feature takes half of the weight, as with few samples.
  @Test func dependentFeaturesShare() throws {
    let doubled = Matrix.concatenated([x, x[.all, 0..<1]], axis: 1)
    let model = try LinearRegression().fit(doubled, y)
    #expect(model.rank == 7)
    #expect(abs(model.coefficients[0] - model.coefficients[7]) < 1e-9)
    let constant = try LinearRegression().fit(x * Matrix([1, 1, 0, 1, 1, 1, 1]), y)
    #expect(constant.rank == 6 && abs(constant.coefficients[2]) < 1e-12)
    #expect(try LinearRegression().fit(x, y.map { _ in 4 }).coefficients.allSatisfy { abs($0) < 1e-12 })
  }

  /// The gradient of the penalised likelihood vanishes, and threads make no difference.
  @Test func logisticRegressionsGradientVanishes() throws {
    let scaled = try StandardScaler().fit(x).transform(x)
    let labels = zip(scaled.column(0).scalars, y.indices).map { $0 > 0.3 * Double($1 % 5 - 2) }
    let method = LogisticRegression<Bool>(inverseRegularization: 0.5, tolerance: 1e-10)
    let model = try method.fit(scaled, labels)
    #expect(model.hasConverged)
    let missed = Matrix(
      zip(try model.predictProbabilities(scaled).column(1).scalars, labels).map { $0 - ($1 ? 1 : 0) })
    let gradient = (missed • scaled).scalars.enumerated().map { $1 + 2 * model.coefficients[0, $0] }
    #expect(gradient.allSatisfy { abs($0) < 1e-5 } && abs(missed.sum()) < 1e-5)
    let alone = try Parallel.$threadLimit.withValue(1) { try method.fit(scaled, labels) }
    #expect(alone.coefficients.scalars == model.coefficients.scalars)
    let line = try Parallel.$threadLimit.withValue(1) { try LinearRegression().fit(x, y) }
    #expect(try LinearRegression().fit(x, y) == line)
  }

  /// With a tolerance below what rounding allows, the fit ends, and says that it has arrived.
  @Test func anImpossibleToleranceEndsTheFit() throws {
    let titanic = try Datasets.titanic()
    let saved = try titanic["survived", Bool.self].values()
    let women = try titanic["sex", String.self].values().map { $0 == "female" ? 1.0 : 0 }
    let classes = try titanic["class", String.self].values().map { $0 == "third" ? 30.0 : $0 == "second" ? 1 : 0 }
    let x = Matrix.stacked([Matrix(women), Matrix(classes)], axis: 1)
    for tolerance in [1e-10, 0] {
      let model = try LogisticRegression<Bool>(inverseRegularization: .infinity, tolerance: tolerance).fit(x, saved)
      #expect(model.hasConverged && model.iterations < 200, "\(model.iterations) steps")
      #expect(model.description.contains("settled after"))
    }
  }
}
